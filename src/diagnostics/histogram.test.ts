import fc from 'fast-check';
import { expect, test } from 'vitest';
import { histogram } from './histogram.ts';

test('a number lies in the bin whose edges it lies between, the lower one counted in', () => {
  const number = fc.integer({ min: -300, max: 300 }).map((n) => n / 128);
  fc.assert(
    fc.property(fc.array(number), fc.constantFrom(1, 4, 8, 16), (values, bins) => {
      const expected = Array.from({ length: bins }, (_, i) => {
        const lower = i === 0 ? Number.NEGATIVE_INFINITY : -2 + (4 * i) / bins;
        const upper = i === bins - 1 ? Number.POSITIVE_INFINITY : -2 + (4 * (i + 1)) / bins;
        return values.filter((x) => lower <= x && x < upper).length;
      });
      expect(histogram(values, -2, 2, bins).counts).toEqual(expected);
    }),
  );
});

test('what is infinite lies at the end, what is no number nowhere', () => {
  const { counts } = histogram([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.9], 0, 1, 2);
  expect(counts).toEqual([1, 2]);
  expect(() => histogram([], 1, 1, 2)).toThrow('No bins fit between 1 and 1.');
  expect(() => histogram([], 0, Number.POSITIVE_INFINITY, 2)).toThrow(RangeError);
});
