import type { Point } from '../../autograd/points.ts';

/** Drawn points lie within this distance of the origin, on a grid fine enough for a pointer. */
export const EXTENT = 2;
const CELLS = 128;
export const MAX_POINTS = 200;

/** The nearest place that a link can hold. */
export const snap = (x: number): number => fromCell(toCell(x));

/** Drawn points as text for an address: a side (a or b), then x and y as two hexadecimal digits each. */
export function encodePoints(points: readonly Point[]): string {
  const hex = (x: number) => toCell(x).toString(16).padStart(2, '0');
  return points.map(({ x, y, label }) => `${label > 0 ? 'a' : 'b'}${hex(x)}${hex(y)}`).join('');
}

/** Reads `encodePoints` back. What is no point is left out. */
export function decodePoints(text: string): Point[] {
  const points: Point[] = [];
  for (const [, side, x, y] of text.matchAll(/([ab])([0-9a-f]{2})([0-9a-f]{2})/g)) {
    if (points.length === MAX_POINTS) break;
    points.push({
      x: fromCell(Number.parseInt(x!, 16)),
      y: fromCell(Number.parseInt(y!, 16)),
      label: side === 'a' ? 1 : -1,
    });
  }
  return points;
}

const toCell = (x: number): number =>
  Math.round(((Math.min(EXTENT, Math.max(-EXTENT, x)) + EXTENT) / (2 * EXTENT)) * CELLS);
const fromCell = (cell: number): number => (Math.min(cell, CELLS) / CELLS) * 2 * EXTENT - EXTENT;
