import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeLabels } from './place-labels.ts';

const BOX = { left: 0, right: 500, top: 0, bottom: 300 };
const RADIUS = 9;

test('no label covers another one or a point, and none leaves the box, also where points coincide', () => {
  const spot = fc.record({ x: fc.integer({ min: 30, max: 470 }), y: fc.integer({ min: 30, max: 270 }) });
  const near = fc.tuple(spot, fc.integer({ min: 1, max: 4 })).map(([at, n]) => new Array(n).fill(at));
  fc.assert(
    fc.property(fc.array(near, { maxLength: 4 }), (groups) => {
      const points = groups.flat();
      const labels = placeLabels(points, RADIUS, BOX);
      expect(labels).toHaveLength(points.length);
      for (const [i, label] of labels.entries()) {
        expect(label.x - RADIUS).toBeGreaterThanOrEqual(BOX.left);
        expect(label.x + RADIUS).toBeLessThanOrEqual(BOX.right);
        for (const other of labels.slice(0, i))
          expect(Math.hypot(label.x - other.x, label.y - other.y)).toBeGreaterThanOrEqual(2 * RADIUS);
        for (const point of points)
          expect(Math.hypot(label.x - point.x, label.y - point.y)).toBeGreaterThanOrEqual(RADIUS);
      }
    }),
  );
});
