import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { env, setBackend, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mlp, parametersOf, sizeOf } from '../../networks/index.ts';
import { TorchGenerator } from '../../random/index.ts';
import { crossEntropy } from './cross-entropy.ts';
import { tfjsHost } from './host.ts';

env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);

/** −log softmax, in double precision. */
function negativeLogLikelihood(logits: readonly number[], target: number): number {
  const largest = Math.max(...logits);
  return largest + Math.log(logits.reduce((total, x) => total + Math.exp(x - largest), 0)) - logits[target]!;
}

/** softmax − one-hot. */
const byLogits = (logits: readonly number[], target: number): number[] =>
  logits.map((_, i) => Math.exp(-negativeLogLikelihood(logits, i)) - (i === target ? 1 : 0));

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;
const times = <T>(length: number, one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(one, { minLength: length, maxLength: length });
const rowsOf = (values: Float32Array, columns: number): number[][] =>
  Array.from({ length: values.length / columns }, (_, row) => [...values.subarray(row * columns, (row + 1) * columns)]);

describe.for(['cpu', 'wasm'] as const)('on %s', (backend) => {
  test('the loss and its gradient are those of softmax and logarithm, however large the logits', async () => {
    await setBackend(backend);
    const logit = fc.float({ min: -3e4, max: 3e4, noNaN: true });
    const size = fc.record({ rows: fc.integer({ min: 1, max: 33 }), columns: fc.integer({ min: 2, max: 30 }) });
    const batches = size.chain(({ rows, columns }) =>
      times(rows, fc.record({ logits: times(columns, logit), target: fc.nat(columns - 1) })),
    );
    fc.assert(
      fc.property(batches, fc.constantFrom(1, 1e-3, 1e-4), (drawn, scale) => {
        const batch = drawn.map(({ logits, target }) => ({
          logits: logits.map((x) => Math.fround(x * scale)),
          target,
        }));
        const targets = Int32Array.from(batch, ({ target }) => target);
        const { loss, gradient } = crossEntropy(tensor2d(batch.map(({ logits }) => logits)), tensor1d(targets));
        const expected = mean(batch.map(({ logits, target }) => negativeLogLikelihood(logits, target)));
        expect(Math.abs(loss.dataSync()[0]! - expected)).toBeLessThan(1e-5 * Math.max(1, expected));
        const gradients = [...gradient().dataSync()];
        for (const [i, value] of batch.flatMap(({ logits, target }) => byLogits(logits, target)).entries())
          expect(Math.abs(gradients[i]! * batch.length - value)).toBeLessThan(1e-5);
      }),
      { numRuns: 50 },
    );
  });

  test.for([1, 31, 4096, 4097, 9000])('the loss of %i examples is the mean over their logits', async (count) => {
    const network = mlp({ hidden: 8 });
    const generator = new TorchGenerator(3);
    const parameters = parametersOf(network).map(({ shape }) => generator.randn(sizeOf(shape)));
    const engine = await tfjsHost(backend).open(network, { parameters, buffers: [] });
    const contexts = generator.randint(0, 27, count * 3);
    const targets = generator.randint(0, 27, count);
    const losses = rowsOf(await engine.logits(contexts), 27).map((row, i) => negativeLogLikelihood(row, targets[i]!));
    expect(losses).toHaveLength(count);
    const error = (await engine.loss({ contexts, targets })) - mean(losses);
    expect(Math.abs(error) / mean(losses)).toBeLessThan(1e-5);
    engine.dispose();
  });
});
