import { expect, test } from 'vitest';
import { drift } from './drift.ts';

test('statistics that are the true ones have not drifted', () => {
  const one = { mean: [1, -2], std: [0.5, 3] };
  expect(drift(one, one)).toEqual({ mean: 0, std: 0 });
});

test('means are compared by the true deviation, deviations as shares', () => {
  // Off by 1 and 2 deviations, and by 100 % and 0 %: roots of (1 + 4) / 2 and of (1 + 0) / 2.
  const { mean, std } = drift({ mean: [1, 6], std: [2, 3] }, { mean: [0, 0], std: [1, 3] });
  expect(mean).toBeCloseTo(Math.sqrt(2.5), 12);
  expect(std).toBeCloseTo(Math.sqrt(0.5), 12);
});

test('a unit without spread is left out, and without another nothing is known', () => {
  expect(drift({ mean: [1, 5], std: [2, 1] }, { mean: [0, 0], std: [1, 0] })).toEqual({ mean: 1, std: 1 });
  expect(drift({ mean: [5], std: [1] }, { mean: [0], std: [0] }).mean).toBeNaN();
  const ranOff = { mean: [1, 5], std: [2, Number.POSITIVE_INFINITY] };
  expect(drift(ranOff, { mean: [0, 0], std: [1, Number.POSITIVE_INFINITY] })).toEqual({ mean: 1, std: 1 });
});
