/** Autograd’s gradients by the 26 tensors, against PyTorch’s and against those derived by hand. */
import '@tensorflow/tfjs-backend-cpu';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import tiny from '../../../reference/fixtures/backprop_tiny.json' with { type: 'json' };
import { drawnParameters, X, Y } from '../../../tools/notebook-backprop.ts';
import { type Beginning, backwardPass, forwardPass, lossOf } from '../../backprop/passes.ts';
import { STEPS } from '../../backprop/steps.ts';
import type { Tensor } from '../../backprop/tensor.ts';
import type { Examples } from '../engine.ts';
import { startBackend } from './host.ts';
import { type BackpropParameters, type TappedGradients, tappedGradients, type Values } from './tapped-gradients.ts';

beforeAll(() => startBackend('cpu'));

type Nested = number | readonly Nested[];

/** The shape and the numbers of a fixture’s nested lists. */
function flat(nested: Nested): { shape: number[]; data: number[] } {
  const shape: number[] = [];
  for (let level: Nested = nested; Array.isArray(level); level = level[0]!) shape.push(level.length);
  return { shape, data: [nested].flat(9) as number[] };
}

const examplesOf = (contexts: readonly (readonly number[])[], targets: readonly number[]): Examples => ({
  contexts: Int32Array.from(contexts.flat()),
  targets: Int32Array.from(targets),
});

/** These two are 0 but for rounding, whatever the network, so their own largest is no measure: that of what they are the sum of is. */
const MEASURED_BY: Readonly<Record<string, string>> = { logit_maxes: 'norm_logits', b1: 'hprebn' };

const largest = (values: ArrayLike<number>): number => Math.max(...Array.from(values, Math.abs));

/** The greatest difference in each of the 26, by the largest that is expected there. */
function errors(
  { gradients }: TappedGradients,
  expected: (name: string) => { shape: readonly number[]; data: ArrayLike<number> },
) {
  expect(Object.keys(gradients)).toEqual(STEPS.map(({ name }) => name));
  return STEPS.map(({ name }) => {
    const { shape, data } = gradients[name]!;
    const right = expected(name);
    expect(shape, name).toEqual(right.shape);
    const error = largest(data.map((x, i) => x - right.data[i]!));
    return [name, error / largest(expected(MEASURED_BY[name] ?? name).data)] as const;
  });
}

describe('a small case whose gradients PyTorch computed in double precision', () => {
  const parameters = Object.fromEntries(
    Object.entries(tiny.params).map(([name, nested]): [string, Values] => {
      const { shape, data } = flat(nested);
      return [name, { shape, data: Float32Array.from(data) }];
    }),
  ) as BackpropParameters;

  test('within 1e-5 of the largest', async () => {
    const tapped = await tappedGradients(parameters, examplesOf(tiny.X, tiny.Y));
    expect(tapped.loss).toBeCloseTo(tiny.loss, 6);
    for (const [name, error] of errors(tapped, (each) => flat(tiny.grad[each as keyof typeof tiny.grad])))
      expect(error, name).toBeLessThan(1e-5);
  });

  test('no tensor is left', async () => {
    const before = memory().numTensors;
    for (let i = 0; i < 3; i++) await tappedGradients(parameters, examplesOf(tiny.X, tiny.Y));
    expect(memory().numTensors).toBe(before);
  });
});

test('the notebook’s case: within 1e-6 of the gradients derived by hand, in double precision', async () => {
  const doubled = (shape: readonly number[], data: Iterable<number>): Tensor => ({
    shape,
    data: Float64Array.from(data),
  });
  const forward = forwardPass({
    parameters: Object.fromEntries(
      Object.entries(drawnParameters).map(([name, { shape, data }]) => [name, doubled(shape, data)]),
    ) as Beginning['parameters'],
    X: doubled([32, 3], X.flat()),
    Y: doubled([32], Y),
  });
  const byHand = backwardPass(forward);
  const tapped = await tappedGradients(drawnParameters, examplesOf(X, Y));
  expect(Math.abs(tapped.loss - lossOf(forward))).toBeLessThan(1e-6);
  for (const [name, error] of errors(tapped, (each) => byHand.get(each)!)) expect(error, name).toBeLessThan(1e-6);
});
