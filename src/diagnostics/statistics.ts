/** What one looks at first in many numbers. */
export interface Spread {
  readonly mean: number;
  /** The unbiased standard deviation, as `torch.std`. */
  readonly std: number;
}

/** In double precision, in two passes; without numbers, or with one alone, there is no spread, and `std` is NaN. */
export function spread(values: ArrayLike<number>): Spread {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]!;
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i]! - mean) ** 2;
  return { mean, std: n > 1 ? Math.sqrt(squares / (n - 1)) : Number.NaN };
}

/** Beyond it a tanh counts as saturated, as in the makemore notebook. */
export const SATURATED = 0.97;

/** Which share of the outputs of tanh lies in its flat tails. */
export const saturation = (outputs: ArrayLike<number>): number => saturatedPlaces(outputs).length / outputs.length;

/** The places of the outputs of tanh that lie in its flat tails, ascending. */
export function saturatedPlaces(outputs: ArrayLike<number>): number[] {
  const places: number[] = [];
  for (let i = 0; i < outputs.length; i++) if (Math.abs(outputs[i]!) > SATURATED) places.push(i);
  return places;
}

/**
 * The units, columns of outputs (rows, columns), that are saturated for every row: no example of the minibatch moves them.
 * @returns their places, ascending.
 */
export function deadUnits(outputs: ArrayLike<number>, columns: number): number[] {
  const rows = outputs.length / columns;
  return Array.from({ length: columns }, (_, column) => column).filter((column) => {
    for (let row = 0; row < rows; row++) if (!(Math.abs(outputs[row * columns + column]!) > SATURATED)) return false;
    return rows > 0;
  });
}

/** How large the gradient of a weight is beside the weight: the quotient of their standard deviations. */
export const gradientToData = (gradient: Spread, weight: Spread): number => gradient.std / weight.std;

/** How large one update at this rate is beside the weight, as a power of ten; about -3 is healthy. */
export const updateToData = (gradient: Spread, weight: Spread, rate: number): number =>
  Math.log10(rate * gradientToData(gradient, weight));
