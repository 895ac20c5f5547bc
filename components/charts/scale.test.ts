import * as d3 from 'd3-scale';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaleLinear, scaleLog } from './scale.ts';

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
/** Ends that differ by enough to be drawn. */
const pair = (number: fc.Arbitrary<number>) =>
  fc
    .tuple(number, number)
    .filter(([a, b]) => Math.abs(a - b) > 1e-3 * (Math.abs(a) + Math.abs(b)) && Math.abs(a - b) > 1e-6);

const near = (ours: number, theirs: number, size: number) =>
  expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1e-9 * (1 + size));

test('a linear scale places, inverts, ticks and rounds as d3-scale does', () => {
  fc.assert(
    fc.property(
      pair(finite),
      pair(finite),
      finite,
      fc.boolean(),
      fc.integer({ min: 2, max: 12 }),
      (domain, range, value, clamp, count) => {
        if (domain[0] > domain[1]) domain.reverse(); // As all axes here grow.
        for (const nice of [undefined, count]) {
          const ours = scaleLinear(domain, range, { clamp, ...(nice !== undefined && { nice }) });
          const theirs = d3.scaleLinear(domain, range).clamp(clamp);
          if (nice !== undefined) theirs.nice(nice);
          expect(ours.domain()).toEqual(theirs.domain());
          expect(ours.ticks(count)).toEqual(theirs.ticks(count));
          const size = Math.abs(theirs(value)) + Math.abs(range[0]) + Math.abs(range[1]);
          near(ours(value), theirs(value), size);
          if (!clamp) near(ours.invert(ours(value)), value, 1e6 * Math.abs(domain[0]) + 1e6);
        }
      },
    ),
    { seed: 9 },
  );
});

test('a logarithmic scale places and inverts as d3-scale does', () => {
  fc.assert(
    fc.property(pair(positive), pair(finite), positive, fc.boolean(), (domain, range, value, clamp) => {
      const ours = scaleLog(domain, range, { clamp });
      const theirs = d3.scaleLog(domain, range).clamp(clamp);
      near(ours(value), theirs(value), 1e4 * (Math.abs(range[0]) + Math.abs(range[1])));
      const place = (range[0] + range[1]) / 2;
      near(ours.invert(place) / theirs.invert(place), 1, 1);
    }),
    { seed: 9 },
  );
});

test('what has no extent stands in the middle, as in d3-scale', () => {
  expect(scaleLinear([3, 3], [0, 10])(3)).toBe(d3.scaleLinear([3, 3], [0, 10])(3));
  expect(scaleLog([3, 3], [0, 10])(3)).toBe(d3.scaleLog([3, 3], [0, 10])(3));
});
