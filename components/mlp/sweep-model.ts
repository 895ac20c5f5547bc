/** The mean of up to `width` values around each; at the ends, of those that there are. */
export function movingMean(values: ArrayLike<number>, width: number): Float64Array {
  const half = Math.floor(width / 2);
  return Float64Array.from(values, (_, i) => {
    const from = Math.max(0, i - half);
    const to = Math.min(values.length, i + half + 1);
    let sum = 0;
    for (let k = from; k < to; k++) sum += values[k]!;
    return sum / (to - from);
  });
}

/** The place of the least value; undefined of none. */
export function argmin(values: ArrayLike<number>): number | undefined {
  let best: number | undefined;
  for (let i = 0; i < values.length; i++) if (best === undefined || values[i]! < values[best]!) best = i;
  return best;
}
