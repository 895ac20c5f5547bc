import { line } from 'd3-shape';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { polyline } from './polyline.ts';

/** With places in the place of distances. */
function absolute(path: string): string {
  let [x, y] = [0, 0];
  return path.replaceAll(/([Ml])(-?[\d.]+),?(-?[\d.]+)/g, (_, command: string, dx: string, dy: string) => {
    [x, y] = command === 'M' ? [Number(dx), Number(dy)] : [x + Number(dx), y + Number(dy)];
    return `${command.toUpperCase()}${x.toFixed(1)},${y.toFixed(1)}`;
  });
}

test('a polyline is the one of d3-shape, gaps included', () => {
  const place = fc.oneof(
    fc.integer({ min: -1e6, max: 1e6 }).map((x) => x / 10),
    fc.constant(Number.NaN),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(place, place), { maxLength: 20 }), (points) => {
      const theirs = line<[number, number]>().defined(([x, y]) => !Number.isNaN(x) && !Number.isNaN(y));
      expect(
        absolute(
          polyline(
            points,
            ([x]) => x,
            ([, y]) => y,
          ),
        ),
      ).toBe((theirs.digits(1)(points) ?? '').replaceAll(/-?[\d.]+/g, (place) => Number(place).toFixed(1)));
    }),
    { seed: 9 },
  );
});
