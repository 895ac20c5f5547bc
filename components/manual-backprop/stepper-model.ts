import { distance, largest, type Tensor } from '../../src/backprop/tensor.ts';
import type { TensorLook } from '../../src/training/gradient-exercise/judge-in-worker.ts';
import type { StepperRecord } from '../../src/training/gradient-exercise/record.ts';
import { scientific } from '../prose/format.ts';

/** A gradient by hand beside that by autograd. */
export type Comparison = StepperRecord['tensors'][string];

/** Undefined before both were computed. */
export function comparisonOf(
  name: string,
  looks: Readonly<Record<string, TensorLook>> | undefined,
  byAutograd: Readonly<Record<string, Tensor>> | undefined,
): Comparison | undefined {
  if (!looks || !byAutograd) return undefined;
  const { gradient } = looks[name]!;
  return { shape: gradient.shape, largest: largest(gradient), difference: distance(gradient, byAutograd[name]!) };
}

/** With three digits, or two and a power of ten. */
export function inDigits(x: number): string {
  if (x === 0) return '0';
  const size = Math.abs(x);
  return size < 1e-3 || size >= 1e6 ? scientific(x, 1) : x.toPrecision(3).replace('-', '−');
}
