import { type Normalized, normalize, normalizeBackward } from '../../src/backprop/batch-norm.ts';
import { shortNumber } from './short-number.ts';

/** As in PyTorch’s BatchNorm1d. */
export const EPS = 1e-5;

export interface NormalizedBatch extends Normalized {
  /** The slope of one normalized number with respect to each number. */
  readonly slopes: readonly number[];
}

/** @param of whose slopes, counted from 0. */
export function normalizedBatch(numbers: readonly number[], of: number): NormalizedBatch {
  const normalized = normalize(numbers, EPS);
  const one = numbers.map((_, i) => (i === of ? 1 : 0));
  return { ...normalized, slopes: normalizeBackward(one, normalized) };
}

/** What is to be seen, in words. */
export function describeBatch({ mean, variance, deviation, slopes, values }: NormalizedBatch, of: number): string {
  const name = `x̂${SUBSCRIPTS[of]}`;
  if (variance < EPS)
    return `The five are ${variance === 0 ? '' : 'almost '}equal: there is no spread to divide by, only the 10⁻⁵ that is added to the variance. The root of the sum is ${shortNumber(deviation)}, and dividing by it makes the slope of ${name} at its own number ${shortNumber(slopes[of]!)}.`;
  const alone = 1 / deviation;
  return `Mean ${shortNumber(mean)}, standard deviation ${shortNumber(Math.sqrt(variance))}. Raise number ${of + 1} a little, with mean and deviation held, and ${name} would rise ${shortNumber(alone)} times as far. But it takes both along, and ${shortNumber(slopes[of]!)} is left. The five slopes add up to 0${Math.abs(values[of]!) > 1.6 ? '; this number is so far out that it stretches the spread as fast as it moves' : ''}.`;
}

export const SUBSCRIPTS = ['₁', '₂', '₃', '₄', '₅'] as const;
