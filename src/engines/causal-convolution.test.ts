/** The same network context by context and over a whole text; the engines compute the first. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawState } from '../../tools/drawn-network.ts';
import { nodeHost } from '../../tools/node-engine.ts';
import { waveNet } from '../networks/index.ts';
import { evaluateConvolution, evaluateTrees } from './causal-convolution.ts';

const SYMBOLS = 27;
const BLOCK = 8;

/** A word between its dots, and its contexts one by one. */
function textOf(word: readonly number[]): { text: Int32Array; contexts: Int32Array } {
  const text = Int32Array.from([...new Array<number>(BLOCK).fill(0), ...word]);
  const contexts = Array.from({ length: word.length + 1 }, (_, i) => Array.from(text.subarray(i, i + BLOCK)));
  return { text, contexts: Int32Array.from(contexts.flat()) };
}
const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a).toHaveLength(b.length);
  return Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i]!)));
};
const anyWord = fc.array(fc.integer({ min: 0, max: SYMBOLS - 1 }), { maxLength: 30 });

describe.for([
  ['by pairs', waveNet({ embedding: 10, hidden: 24 })],
  ['all at once', waveNet({ embedding: 10, hidden: 24, join: 'all' })],
] as const)('%s', ([, network]) => {
  const state = drawState(network, 3);

  test('the convolution is the tree, at every position of any word', () => {
    fc.assert(
      fc.property(anyWord, (word) => {
        const { text, contexts } = textOf(word);
        const [trees, convolution] = [
          evaluateTrees(network, state, contexts),
          evaluateConvolution(network, state, text),
        ];
        expect(convolution.count).toBe(word.length + 1);
        expect(farthest(convolution.logits, trees.logits)).toBeLessThan(1e-12);
      }),
      { numRuns: 200 },
    );
  });

  test('the trees are what an engine computes', async () => {
    const engine = await nodeHost.open(network, state);
    const { contexts } = textOf([5, 13, 13, 1]);
    const logits = await engine.logits(contexts);
    expect(farthest(evaluateTrees(network, state, contexts).logits, logits)).toBeLessThan(1e-5);
  });
});

test('the work is counted: seven joins a context in the tree, three a position in the convolution', () => {
  const [embedding, hidden, letters] = [24, 128, 12];
  const network = waveNet({ embedding, hidden });
  const state = drawState(network, 3);
  const { text, contexts } = textOf(new Array<number>(letters).fill(1));
  const places = letters + 1;
  const [first, later, out] = [2 * embedding * hidden, 2 * hidden * hidden, hidden * SYMBOLS];
  expect(evaluateTrees(network, state, contexts).multiplications).toBe(places * (4 * first + 2 * later + later + out));
  // At the beginning of a text, lower layers have to reach back further than the word.
  expect(evaluateConvolution(network, state, text).multiplications).toBe(
    (places + 6) * first + (places + 4) * later + places * (later + out),
  );
});

test('where each position has statistics of its own, it is no convolution', () => {
  const network = waveNet({ embedding: 4, hidden: 6, over: 'batch' });
  const { text } = textOf([1, 2]);
  expect(() => evaluateConvolution(network, drawState(network, 1), text)).toThrow('no convolution');
});
