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

/** Units without any spread have no measure for their mean, and are left out, as are numbers that ran off; without another unit both are NaN. */
export function drift(kept: UnitStatistics, actual: UnitStatistics): Drift {
  const isMeasured = (i: number) =>
    actual.std[i]! > 0 && [actual.std[i], actual.mean[i], kept.mean[i], kept.std[i]].every(Number.isFinite);
  const units = Array.from(actual.std, (_, i) => i).filter(isMeasured);
  const rms = (errors: number[]) => Math.sqrt(errors.reduce((sum, x) => sum + x * x, 0) / errors.length);
  return {
    mean: rms(units.map((i) => (kept.mean[i]! - actual.mean[i]!) / actual.std[i]!)),
    std: rms(units.map((i) => kept.std[i]! / actual.std[i]! - 1)),
  };
}
