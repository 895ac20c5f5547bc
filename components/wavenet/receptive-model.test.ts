import { describe, expect, test } from 'vitest';
import { outputShapes, waveNet } from '../../src/networks/index.ts';
import { BLOCK } from '../../src/training/wavenet/receptive-field.ts';
import { above, below, nodesOf, rootOf, sharedJoins, textOf } from './receptive-model.ts';

const text = textOf('christopher');
const end = BLOCK + 9 - 1;
const joinsOf = (ids: Iterable<string>) => [...ids].filter((id) => !id.startsWith('0:'));

describe('the tree', () => {
  test('has as many nodes at each level as the network leaves positions', () => {
    const nodes = nodesOf('pairs', text.length, end);
    const positions = outputShapes(waveNet(), 1, BLOCK)
      .filter((_, i) => waveNet()[i]!.kind === 'Embedding' || waveNet()[i]!.kind === 'Tanh')
      .map((shape) => (shape.length === 3 ? shape[1]! : 1));
    expect([0, 1, 2, 3].map((level) => nodes.filter((node) => node.level === level).length)).toEqual(positions);
  });

  test('its root sees the whole context, and each node twice as many characters as those it joins', () => {
    for (const view of ['pairs', 'all', 'everywhere'] as const) {
      const nodes = nodesOf(view, text.length, end);
      const root = nodes.find(({ id }) => id === rootOf(view, end))!;
      expect([root.from, root.at]).toEqual([end - BLOCK + 1, end]);
      const leaves = [...below(nodes, root.id)].filter((id) => id.startsWith('0:'));
      expect(leaves).toHaveLength(BLOCK);
      for (const node of nodes) {
        const seen = [...below(nodes, node.id)].filter((id) => id.startsWith('0:')).map((id) => Number(id.slice(2)));
        expect([Math.min(...seen), Math.max(...seen)]).toEqual([node.from, node.at]);
        expect(seen).toHaveLength(node.at - node.from + 1);
      }
    }
  });

  test('a character goes into one node of each level', () => {
    const nodes = nodesOf('pairs', text.length, end);
    for (const leaf of nodes.filter(({ level }) => level === 0))
      expect(joinsOf(above(nodes, leaf.id)).map((id) => Number(id[0]))).toEqual([1, 2, 3]);
  });
});

describe('every place', () => {
  test('contains the tree of each place', () => {
    const all = nodesOf('everywhere', text.length, end);
    for (let place = BLOCK - 1; place < text.length; place++) {
      const tree = nodesOf('pairs', text.length, place);
      expect(new Set(tree.map(({ id }) => id))).toEqual(below(all, rootOf('everywhere', place)));
    }
  });

  test('the joins that a tree has in common with others are counted', () => {
    const trees = Array.from({ length: text.length - BLOCK + 1 }, (_, i) =>
      joinsOf(nodesOf('pairs', text.length, BLOCK - 1 + i).map(({ id }) => id)),
    );
    for (const [i, tree] of trees.entries()) {
      const others = new Set(trees.filter((_, k) => k !== i).flat());
      expect(sharedJoins(text.length, BLOCK - 1 + i)).toEqual({
        own: 7,
        shared: tree.filter((id) => others.has(id)).length,
      });
    }
  });
});
