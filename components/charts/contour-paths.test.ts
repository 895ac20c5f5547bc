import { expect, test } from 'vitest';
import { contourPaths } from './contour-paths.ts';

/** Samples of a function over [-1, 1]², from corner to corner, rows from low y to high y. */
const sample = (side: number, f: (x: number, y: number) => number) => {
  const at = (i: number) => (2 * i) / (side - 1) - 1;
  return Float32Array.from({ length: side * side }, (_, i) => f(at(i % side), at(Math.floor(i / side))));
};
const pointsOf = (path: string) => path.match(/[\d.-]+ [\d.-]+/g)!.map((point) => point.split(' ').map(Number));

test('the line where x is a number stands at that x, from the bottom of the square to its top', () => {
  const [path] = contourPaths(
    sample(9, (x) => x),
    [0.1],
    200,
  );
  // Beside the line, the path runs around the square outside of it.
  const onLine = pointsOf(path!).filter((point) => point.every((z) => z >= 0 && z <= 200));
  for (const [x] of onLine) expect(x).toBe(110);
  expect(onLine.map(([, y]) => y!).toSorted((a, b) => a - b)).toEqual([0, 25, 50, 75, 100, 125, 150, 175, 200]);
});

test('high y is drawn at the top, and every threshold has its path', () => {
  const paths = contourPaths(
    sample(9, (_, y) => y),
    [-0.5, 0.5],
    200,
  );
  const lowest = paths.map((path) => Math.max(...pointsOf(path).map(([, y]) => y!)));
  expect(lowest).toEqual([150, 50]);
});

test('a circle is a circle', () => {
  const [path] = contourPaths(
    sample(65, (x, y) => 0.5 - Math.hypot(x, y)),
    [0],
    200,
  );
  for (const [x, y] of pointsOf(path!)) expect(Math.abs(Math.hypot(x! - 100, y! - 100) - 50)).toBeLessThan(0.5);
});
