import { line } from 'd3-shape';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { polyline } from './polyline.ts';

test('a polyline is the one of d3-shape, gaps included', () => {
  const place = fc.oneof(fc.integer({ min: -1e6, max: 1e6 }), fc.constant(Number.NaN));
  fc.assert(
    fc.property(fc.array(fc.tuple(place, place), { maxLength: 20 }), (points) => {
      const theirs = line<[number, number]>().defined(([x, y]) => !Number.isNaN(x) && !Number.isNaN(y));
      expect(
        polyline(
          points,
          ([x]) => x,
          ([, y]) => y,
        ),
      ).toBe(theirs(points) ?? '');
    }),
    { seed: 9 },
  );
});
