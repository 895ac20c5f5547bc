import { expect, test } from 'vitest';
import { STEPS } from '../../src/backprop/steps.ts';
import { NODE_HEIGHT } from './TensorGraph.tsx';
import { layoutTensors } from './tensor-graph-layout.ts';

const { nodes, edges, width, height } = layoutTensors();

test('every tensor and the loss has its place, and none covers another', () => {
  expect(nodes.map(({ name }) => name).toSorted()).toEqual([...STEPS.map(({ name }) => name), 'loss'].toSorted());
  for (const one of nodes) {
    expect(one.x - one.width / 2).toBeGreaterThanOrEqual(0);
    expect(one.x + one.width / 2).toBeLessThanOrEqual(width);
    expect(one.y + NODE_HEIGHT / 2).toBeLessThanOrEqual(height);
    for (const other of nodes) {
      if (one === other) continue;
      const apart =
        Math.abs(one.x - other.x) >= (one.width + other.width) / 2 || Math.abs(one.y - other.y) >= NODE_HEIGHT;
      expect(apart, `${one.name} and ${other.name}`).toBe(true);
    }
  }
});

test('a tensor is drawn above what it is used in; counts, logits, bndiff and hprebn are used twice', () => {
  const y = new Map(nodes.map((node) => [node.name, node.y]));
  for (const { from, to } of edges) expect(y.get(from)!, `${from} to ${to}`).toBeLessThan(y.get(to)!);
  const twice = STEPS.filter(({ name }) => edges.filter(({ from }) => from === name).length === 2);
  expect(twice.map(({ name }) => name)).toEqual(['counts', 'logits', 'bndiff', 'hprebn']);
});
