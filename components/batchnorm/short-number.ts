import { scientific } from '../prose/format.ts';

/** Three digits that count, for a label: as a power of ten where a decimal would be long. */
export function shortNumber(x: number): string {
  if (Number.isNaN(x)) return 'no number';
  if (!Number.isFinite(x)) return x < 0 ? '−∞' : '∞';
  const size = Math.abs(x);
  if (size !== 0 && (size < 0.001 || size >= 10_000)) return scientific(x, 1);
  return String(Number(x.toPrecision(3))).replace('-', '−');
}

/** As many digits as a comparison with another program needs: six that count. */
export function preciseNumber(x: number): string {
  if (!Number.isFinite(x)) return shortNumber(x);
  const size = Math.abs(x);
  if (size !== 0 && size < 0.0001) return scientific(x, 5);
  return x.toPrecision(6).replace('-', '−');
}
