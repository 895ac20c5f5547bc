/** The hand-derived backward pass on the notebook’s own case, against what PyTorch’s autograd made of it. */
import { expect, test } from 'vitest';
import fixture from '../../reference/fixtures/backprop_n32.json' with { type: 'json' };
import { drawnParameters, X, Y } from '../../tools/notebook-backprop.ts';
import { type Beginning, backwardPass, forwardPass, lossOf } from './passes.ts';
import { STEPS } from './steps.ts';
import type { Tensor } from './tensor.ts';

/** The drawn parameters depend on the platform’s logarithm and cosine: to a unit or two in the last place they are PyTorch’s. */
const TOLERANCE = 1e-6;
const { n32_f32: single, n32_f64: double } = fixture;

const doubled = ({ shape, data }: { shape: readonly number[]; data: ArrayLike<number> }): Tensor => ({
  shape,
  data: Float64Array.from(data),
});
const beginning: Beginning = {
  parameters: Object.fromEntries(
    Object.entries(drawnParameters).map(([name, drawn]) => [name, doubled(drawn)]),
  ) as Beginning['parameters'],
  X: doubled({ shape: [32, 3], data: X.flat() }),
  Y: doubled({ shape: [32], data: Y }),
};
const forward = forwardPass(beginning);
const gradients = backwardPass(forward);

const total = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0);
const l2 = (values: Float64Array): number => Math.sqrt(total(values.map((x) => x * x)));
const expectNear = (actual: number, expected: number): void =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(TOLERANCE);

test('the parameters are those that PyTorch drew', () => {
  expect(Object.keys(drawnParameters)).toEqual(fixture.param_order);
  for (const [i, { shape, data }] of Object.values(drawnParameters).entries()) {
    const expected = single.init[i]!;
    expect(shape).toEqual(expected.shape);
    expectNear(total(Float64Array.from(data)), expected.sum);
    expectNear(l2(Float64Array.from(data)), expected.l2);
    for (const [k, x] of expected.first.entries()) expectNear(data[k]!, x);
  }
});

test('the loss is PyTorch’s', () => {
  expectNear(lossOf(forward), double.loss);
});

test.for(STEPS.map(({ name }) => name as keyof typeof double.grads))('d%s', (name) => {
  const { shape, data } = gradients.get(name)!;
  expectNear(total(data), double.grads[name].sum);
  expectNear(l2(data), double.grads[name].l2);
  expect(shape).toEqual(single.grads[name].shape);
  for (const [i, x] of single.grads[name].first.entries()) expectNear(data[i]!, x);
});
