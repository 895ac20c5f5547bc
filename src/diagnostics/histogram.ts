/** How many of some numbers lie in each of equally wide bins between two bounds. */
export interface Histogram {
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
}

/** What lies beyond a bound is counted in the bin beside it; a NaN is not counted. @throws RangeError for bounds that are infinite or hold nothing. */
export function histogram(values: ArrayLike<number>, low: number, high: number, bins: number): Histogram {
  if (!(low < high && Number.isFinite(high - low))) throw new RangeError(`No bins fit between ${low} and ${high}.`);
  const counts = Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    const bin = Math.floor((bins * (value - low)) / (high - low));
    counts[Math.min(bins - 1, Math.max(0, bin))]! += 1;
  }
  return { low, high, counts };
}
