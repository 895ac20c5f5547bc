import { expect, test } from 'vitest';
import { principalAxes, project } from './principal-axes.ts';

test('of points on a tilted ellipse, the axes are those of the ellipse', () => {
  const tilt = Math.PI / 6;
  const points = Array.from({ length: 360 }, (_, i) => {
    const [a, b] = [5 * Math.cos((i * Math.PI) / 180), 2 * Math.sin((i * Math.PI) / 180)];
    return [7 + a * Math.cos(tilt) - b * Math.sin(tilt), -3 + a * Math.sin(tilt) + b * Math.cos(tilt)];
  }).flat();
  const [first, second] = principalAxes(points, 2, 2);
  expect(Math.abs(first![0]!)).toBeCloseTo(Math.cos(tilt), 9);
  expect(Math.abs(second![0]!)).toBeCloseTo(Math.sin(tilt), 9);
  const places = project(points, 2, [first!, second!]);
  const along = places.filter((_, i) => i % 2 === 0);
  expect(Math.max(...along)).toBeCloseTo(5, 6);
  expect(along.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 9);
});

test('the trace of the covariance is what all axes carry, each less than the one before', () => {
  const points = Array.from({ length: 27 * 4 }, (_, i) => Math.sin(1.7 * i * i + 0.3 * i) * [4, 2, 1, 0.5][i % 4]!);
  const places = project(points, 4, principalAxes(points, 4, 4));
  const variances = [0, 1, 2, 3].map((axis) =>
    places.filter((_, i) => i % 4 === axis).reduce((sum, x) => sum + x * x, 0),
  );
  const unit = (axis: number) => Float64Array.from({ length: 4 }, (_, i) => Number(i === axis));
  const total = project(points, 4, [0, 1, 2, 3].map(unit)).reduce((sum, x) => sum + x * x, 0);
  expect(variances.reduce((sum, x) => sum + x, 0)).toBeCloseTo(total, 6);
  expect(variances).toEqual(variances.toSorted((a, b) => b - a));
});

test('points that are all the same have no axes', () => {
  expect(project([1, 2, 1, 2], 2, principalAxes([1, 2, 1, 2], 2, 2))).toEqual(new Float64Array(4));
});
