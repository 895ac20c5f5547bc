import { expect, test } from 'vitest';
import micrograd from '../../reference/fixtures/micrograd.json' with { type: 'json' };
import { evaluate } from './expression/evaluate.ts';
import { parse } from './expression/parse.ts';
import { topologicalOrder } from './graph.ts';
import { MLP } from './mlp.ts';
import { Value } from './value.ts';

/** |actual - expected|, relative above 1. */
const distance = (actual: number, expected: number) => Math.abs(actual - expected) / Math.max(1, Math.abs(expected));

test.for(Object.entries(micrograd.expressions))('PyTorch agrees to 1e-12 with the expression %s', ([, fixture]) => {
  const inputs: Record<string, number> = fixture.inputs;
  const { end, leaves, names } = evaluate(parse(fixture.expr.join('\n')), (name) => inputs[name]!);
  const values = new Map([...names].map(([value, name]) => [name, value.data]));
  for (const [name, expected] of Object.entries(fixture.values)) {
    expect(distance(values.get(name)!, expected), name).toBeLessThanOrEqual(1e-12);
  }
  expect(end.data).toBe(values.get('out'));
  for (const [name, expected] of Object.entries(fixture.grads)) {
    expect(distance(leaves.get(name)!.grad, expected), `d out / d ${name}`).toBeLessThanOrEqual(1e-12);
  }
});

const nets = [
  ['tanh_all_layers', { hidden: 'tanh', output: 'tanh' }],
  ['relu_hidden_linear_out', { hidden: 'relu', output: 'linear' }],
] as const;

test.for(nets)('21 updates of the 3-4-4-1 net %s run as in PyTorch', ([name, activations]) => {
  const fixture = micrograd.mlp[name];
  const net = new MLP(3, [4, 4, 1], { uniform: () => 0 }, activations);
  const recorded = fixture.weights.flatMap(({ W, b }) => W.flatMap((row, neuron) => [...row, b[neuron]!]));
  net.parameters().forEach((parameter, i) => {
    parameter.data = recorded[i]!;
  });
  const predict = () => micrograd.mlp.xs.map((x) => net.forward(x)[0]!);
  expect(predict().map((p) => p.data)).toEqual(fixture.pred0.map((p) => expect.closeTo(p, 12)));

  for (const [update, expected] of fixture['losses_lr0.05'].entries()) {
    const loss = predict()
      .map((p, i) => p.sub(micrograd.mlp.ys[i]!).pow(2))
      .reduce((sum, term) => sum.add(term));
    expect(distance(loss.data, expected), `loss of update ${update}`).toBeLessThanOrEqual(1e-12);
    net.zeroGrad();
    loss.backward();
    if (update === 0) {
      const grads = fixture.grads0.flatMap(({ W, b }) => W.flatMap((row, neuron) => [...row, b[neuron]!]));
      net.parameters().forEach((parameter, i) => {
        expect(distance(parameter.grad, grads[i]!)).toBeLessThanOrEqual(1e-12);
      });
    }
    for (const parameter of net.parameters()) parameter.data -= 0.05 * parameter.grad;
  }
  predict().forEach((p, i) => {
    expect(distance(p.data, fixture.pred_after_21_updates[i]!)).toBeLessThanOrEqual(1e-12);
  });
});

test('predict() says what forward() says', () => {
  let draws = 0;
  const random = {
    uniform: () => {
      draws += 1;
      return Math.sin(1.7 * draws);
    },
  };
  for (const hidden of ['tanh', 'relu'] as const) {
    const net = new MLP(2, [5, 3, 2], random, { hidden, output: 'linear' });
    const outputs = net.forward([0.3, -1.2]).map((v) => v.data);
    expect(net.predict([0.3, -1.2])).toEqual(outputs.map((y) => expect.closeTo(y, 14)));
  }
});

test('a chain of 100,000 operations neither exhausts the call stack nor visits a value twice', () => {
  const a = new Value(1);
  let sum: Value = a;
  for (let i = 0; i < 100_000; i++) sum = sum.add(a);
  expect(topologicalOrder(sum)).toHaveLength(100_001);
  sum.backward();
  expect(a.grad).toBe(100_001);
});

test('gradients add up over two backward passes until they are set to 0', () => {
  const a = new Value(3);
  const square = a.mul(a);
  square.backward();
  square.grad = 0;
  square.backward();
  expect(a.grad).toBe(12);
});
