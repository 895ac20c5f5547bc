/** The mean of `width` values around each; at the ends, of those that there are. */
export function movingMean(values: ArrayLike<number>, width: number): Float64Array {
  const count = Math.max(1, Math.floor(width));
  const before = Math.floor(count / 2);
  return Float64Array.from(values, (_, i) => {
    const from = Math.max(0, i - before);
    const to = Math.min(values.length, i - before + count);
    let sum = 0;
    for (let k = from; k < to; k++) sum += values[k]!;
    return sum / (to - from);
  });
}

/** The place of the least number; undefined where there is none. */
export function argmin(values: ArrayLike<number>): number | undefined {
  let best: number | undefined;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i]) && (best === undefined || values[i]! < values[best]!)) best = i;
  }
  return best;
}
