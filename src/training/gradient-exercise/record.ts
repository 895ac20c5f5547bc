import { lossOf } from '../../backprop/passes.ts';
import { STEPS } from '../../backprop/steps.ts';
import { distance, largest, type Tensor } from '../../backprop/tensor.ts';
import { prepareData } from '../language-model/data.ts';
import { gradientsByAutograd } from './autograd.ts';
import { BLOCK, notebookCase } from './case.ts';

/** A tensor with as many digits as a map can show. */
export interface RoundedTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** What the stepper draws before anyone presses a button, and what the post says of it. */
export interface StepperRecord {
  readonly loss: number;
  /** Of each tensor: the largest number of its gradient by hand, and the largest difference to that by autograd. */
  readonly tensors: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly largest: number; readonly difference: number }>
  >;
  /** The tensor that the backward pass begins with. */
  readonly first: {
    readonly value: RoundedTensor;
    readonly gradient: RoundedTensor;
    readonly byAutograd: RoundedTensor;
  };
}

const DIGITS = 4;
const rounded = ({ shape, data }: Tensor): RoundedTensor => ({
  shape,
  data: Array.from(data, (x) => Number(x.toPrecision(DIGITS))),
});

/** @param words of the list that the minibatch is drawn from. */
export async function recordStepper(words: readonly string[]): Promise<StepperRecord> {
  const { forward, gradients } = notebookCase(prepareData(words, BLOCK));
  const theirs = await gradientsByAutograd(forward);
  const tensors = Object.fromEntries(
    STEPS.map(({ name }) => {
      const gradient = gradients.get(name)!;
      const difference = distance(gradient, theirs[name]!);
      return [name, { shape: gradient.shape, largest: largest(gradient), difference }];
    }),
  );
  const { name } = STEPS[0]!;
  return {
    loss: lossOf(forward),
    tensors,
    first: {
      value: rounded(forward.get(name)!),
      gradient: rounded(gradients.get(name)!),
      byAutograd: rounded(theirs[name]!),
    },
  };
}
