/** (f(x + h) - f(x - h)) / 2h: the slope of f at x, up to terms of h squared. */
export const centralDifference = (f: (x: number) => number, x: number, h: number): number =>
  (f(x + h) - f(x - h)) / (2 * h);

/**
 * How far a central difference is expected to be off: truncation, h^2/6 |f'''(x)|, and rounding, eps |f(x)| / h, with eps
 * the gap between doubles near 1.
 *
 * Source: Press, Teukolsky, Vetterling and Flannery, Numerical Recipes, third edition, section 5.7.
 * @param size |f(x)|
 * @param thirdDerivative |f'''(x)|
 */
export function expectedErrors(
  size: number,
  thirdDerivative: number,
  h: number,
): { truncation: number; rounding: number } {
  return { truncation: (h ** 2 / 6) * thirdDerivative, rounding: (Number.EPSILON * size) / h };
}

/** The step at which the sum of both errors is smallest. */
export const bestStep = (size: number, thirdDerivative: number): number =>
  Math.cbrt((3 * Number.EPSILON * size) / thirdDerivative);
