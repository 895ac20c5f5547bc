/** The mean of each unit, and its variance or standard deviation. */
export interface UnitStatistics {
  readonly mean: ArrayLike<number>;
  readonly std: ArrayLike<number>;
}

/** How far some statistics are from the true ones, as roots of mean squares over the units. */
export interface Drift {
  /** Between the means, in true standard deviations. */
  readonly mean: number;
  /** Between the standard deviations, as a share of the true ones. */
  readonly std: number;
}

/** A unit without any spread has no measure for its mean, and is left out; without a unit that has one, both are NaN. */
export function drift(kept: UnitStatistics, actual: UnitStatistics): Drift {
  const units = Array.from(actual.std, (_, i) => i).filter((i) => actual.std[i]! > 0);
  const rms = (errors: number[]) => Math.sqrt(errors.reduce((sum, x) => sum + x * x, 0) / errors.length);
  return {
    mean: rms(units.map((i) => (kept.mean[i]! - actual.mean[i]!) / actual.std[i]!)),
    std: rms(units.map((i) => kept.std[i]! / actual.std[i]! - 1)),
  };
}
