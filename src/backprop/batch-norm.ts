/** Numbers that were normalized, and what they were normalized by. */
export interface Normalized {
  readonly mean: number;
  /** Unbiased: the squares are divided by n - 1. */
  readonly variance: number;
  /** The root of the variance and what was added to it; the numbers were divided by this. */
  readonly deviation: number;
  readonly values: readonly number[];
}

/**
 * Takes off the mean of some numbers and divides by their standard deviation, as BatchNorm1d does with the column of a unit.
 * @param eps added to the variance, so that equal numbers are not divided by 0.
 */
export function normalize(x: readonly number[], eps: number): Normalized {
  const n = x.length;
  const mean = sum(x) / n;
  const variance = sum(x.map((each) => (each - mean) ** 2)) / (n - 1);
  const deviation = Math.sqrt(variance + eps);
  return { mean, variance, deviation, values: x.map((each) => (each - mean) / deviation) };
}

/**
 * The gradient by the numbers, from that by the normalized ones. Every number has a part in the mean and in the deviation,
 * so each gets a share of what comes back to any of them: what they have in common is taken off, and what points along the
 * normalized numbers.
 */
export function normalizeBackward(gradient: readonly number[], { values, deviation }: Normalized): number[] {
  const n = values.length;
  const common = sum(gradient) / n;
  const along = sum(gradient.map((each, i) => each * values[i]!)) / (n - 1);
  return gradient.map((each, i) => (each - common - values[i]! * along) / deviation);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
