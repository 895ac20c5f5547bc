import { expect, test } from 'vitest';
import { levelPaths } from './LevelMap.tsx';

test('each cell is in the level of its size, on the side of its sign', () => {
  const paths = levelPaths([0, 1, -1, 0.5, -0.26, 0.01], 3, 1);
  expect(paths).toHaveLength(16);
  expect(paths[15]).toBe('M1 0h1v1h-1z');
  expect(paths[0]).toBe('M2 0h1v1h-1z');
  expect(paths[11]).toBe('M0 1h1v1h-1z');
  expect(paths[6]).toBe('M1 1h1v1h-1z');
  expect(paths.filter((path) => path !== '')).toHaveLength(4);
});

test('what is larger than the limit is drawn at full strength, and what is no number is not', () => {
  const paths = levelPaths([5, Number.NaN, Number.NEGATIVE_INFINITY], 3, 1);
  expect(paths[15]).toBe('M0 0h1v1h-1z');
  expect(paths[0]).toBe('M2 0h1v1h-1z');
  expect(paths.filter((path) => path !== '')).toHaveLength(2);
});
