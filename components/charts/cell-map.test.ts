import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runsOf } from './CellMap.tsx';

/** The cells that rectangles of a path cover. */
function covered(path: string, columns: number): number[] {
  return [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)].flatMap(([, x, y, width, back]) => {
    expect(width).toBe(back);
    return Array.from({ length: Number(width) }, (_, i) => Number(y) * columns + Number(x) + i);
  });
}

test('the rectangles cover the filled cells and no others, and none reaches into the next row', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.uniqueArray(fc.nat(80)), (columns, places) => {
      const filled = places.toSorted((a, b) => a - b);
      const path = runsOf(filled, columns);
      expect(covered(path, columns)).toEqual(filled);
      for (const [, x, , width] of path.matchAll(/M(\d+) (\d+)h(\d+)/g))
        expect(Number(x) + Number(width)).toBeLessThanOrEqual(columns);
    }),
  );
});
