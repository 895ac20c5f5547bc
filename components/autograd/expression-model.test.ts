import { expect, test } from 'vitest';
import { parse } from '../../src/autograd/expression/parse.ts';
import { numberText } from '../../src/autograd/number-text.ts';
import { type Drawn, drawExpression, gradientsAfter } from './expression-model.ts';
import { isFault } from './fault.ts';
import { layoutGraph } from './graph-layout.ts';

const draw = (source: string, leaves: Record<string, number> = {}): Drawn => {
  const result = drawExpression(parse(source), new Map(Object.entries(leaves)));
  if (isFault(result)) throw new Error(result.message);
  return result;
};
const gradients = ({ order, names }: Drawn) =>
  Object.fromEntries(order.map((value) => [names.get(value)!.name, value.grad]));

test('each backward step tells its rule in symbols and numbers, and their product is what arrives', () => {
  const drawn = draw('d = a*b; e = a/c; d + e', { a: 6, b: -2, c: 3 });
  const told = drawn.steps.map((_, k) => gradientsAfter(drawn, k + 1)!);
  const byName = new Map(told.map(({ node, shares }) => [node.name, shares]));
  expect(byName.get('d')).toMatchObject([
    { input: 'a', rule: 'b', local: -2, arriving: 1, contribution: -2 },
    { input: 'b', rule: 'a', local: 6, arriving: 1, contribution: 6 },
  ]);
  expect(byName.get('e')).toMatchObject([
    { input: 'a', rule: '1/c', local: 1 / 3 },
    { input: 'c', rule: '−a/c²', local: -6 / 9 },
  ]);
  for (const shares of byName.values()) {
    for (const { local, arriving, contribution } of shares) expect(contribution).toBe(local * arriving);
  }
});

test('after k steps the gradients are those of k steps, forwards and back', () => {
  const drawn = draw('e = a + b; e * e', { a: 1, b: 2 });
  gradientsAfter(drawn, 2);
  expect(gradients(drawn)).toMatchObject({ a: 6, b: 6, e: 6 });
  gradientsAfter(drawn, 1);
  expect(gradients(drawn)).toMatchObject({ a: 0, b: 0, e: 6 });
  expect(gradientsAfter(drawn, 0)).toBeUndefined();
  expect(gradients(drawn)).toMatchObject({ a: 0, b: 0, e: 0, v1: 1 });
});

test('a name v1 of the reader’s own is not given twice', () => {
  const { names } = draw('v1 = a*a; v1 + a');
  const all = [...names.values()].map(({ name }) => name);
  expect(new Set(all).size).toBe(all.length);
});

test('a graph of more nodes than can be read is refused with their number', () => {
  const result = drawExpression(parse(Array(60).fill('a*2').join('+')), new Map());
  expect(isFault(result) && result.message).toMatch(/has \d+ nodes; the figure draws up to 80/);
});

test('the layout puts inputs above results, the first operand on the left, and no two nodes on each other', () => {
  for (const source of [
    'tanh(a*b + c)',
    'tanh(x1*w1 + x2*w2 + b)',
    'e = a + b; e * e',
    'd = a*b; e = a + b; d*e',
    '1/(1+exp(-x))',
  ]) {
    const { shape } = draw(source);
    const { nodes, edges, width, height } = layoutGraph(shape);
    for (const { from, to } of edges) expect(nodes[from]!.y).toBeLessThan(nodes[to]!.y);
    for (const [i, a] of nodes.entries()) {
      expect(a.x - a.width / 2).toBeGreaterThanOrEqual(0);
      expect(a.x + a.width / 2).toBeLessThanOrEqual(width);
      expect(a.y).toBeLessThan(height);
      for (const b of nodes.slice(i + 1)) {
        expect(Math.abs(a.y - b.y) >= 64 || Math.abs(a.x - b.x) >= (a.width + b.width) / 2, source).toBe(true);
      }
    }
  }
  const { shape } = draw('tanh(a*b + c)');
  const { nodes } = layoutGraph(shape);
  expect(nodes[0]!.x).toBeLessThan(nodes[1]!.x);
});

test('numbers are short, and keep their sign and size', () => {
  expect([0, 1, -0.5, 1 / 3, 12345.678, 1e6, -1e-7, 100, 0.00123].map(numberText)).toEqual([
    '0',
    '1',
    '−0.5',
    '0.3333',
    '12345.7',
    '1.00e6',
    '−1.00e−7',
    '100',
    '0.00123',
  ]);
});
