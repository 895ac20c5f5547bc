/** The engine against TensorFlow.js’s own derivatives, plain formulas, and its contract; proof.test.ts has PyTorch’s numbers. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { distance, drawExamples, drawState, l2 } from '../../../tools/drawn-network.ts';
import {
  type BatchNorm1d,
  buffersOf,
  deepBatchNorm,
  initialBuffers,
  initialize,
  mlp,
  type Network,
  outputShapes,
  parametersOf,
  vocabularySize,
  waveNet,
} from '../../networks/index.ts';
import { TorchGenerator } from '../../random/index.ts';
import type { Examples, NetworkState } from '../engine.ts';
import { startBackend, tfjsHost } from './host.ts';

tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
vi.setConfig({ testTimeout: 60_000 });

const BACKENDS = ['cpu', 'wasm'] as const;
type Backend = (typeof BACKENDS)[number];
const BATCH = 32;

/**
 * A network as PyTorch has it, in operations that TensorFlow.js can differentiate: activations are (batch, positions,
 * channels), and what leaves layer i has `taps[i]` added, by which one differentiates to have the gradient of that activation.
 */
function plainLogits(
  network: Network,
  contexts: tf.Tensor2D,
  parameters: tf.Tensor[],
  taps: tf.Tensor[],
  running: tf.Tensor[] = [],
): tf.Tensor {
  const left = [...parameters];
  const statistics = [...running];
  let x: tf.Tensor = contexts;
  for (const [i, layer] of network.entries()) {
    const [batch, positions, channels] = x.shape as [number, number, number];
    if (layer.kind === 'Embedding') x = tf.gather(left.shift()!, x as tf.Tensor2D);
    if (layer.kind === 'FlattenConsecutive') x = tf.reshape(x, [batch, positions / layer.n, channels * layer.n]);
    if (layer.kind === 'Linear') x = tf.sum(tf.mul(tf.expandDims(x, 3), left.shift()!), 2);
    if (layer.kind === 'Linear' && layer.bias) x = tf.add(x, left.shift()!);
    if (layer.kind === 'Tanh') x = tf.tanh(x);
    if (layer.kind === 'BatchNorm1d') {
      const { mean, variance } = tf.moments(x, [0, 1]);
      const rows = batch * positions;
      const center = statistics.shift() ?? mean;
      const spread = statistics.shift() ?? tf.mul(variance, rows / (rows - 1));
      x = tf.div(tf.sub(x, center), tf.sqrt(tf.add(spread, layer.eps)));
      x = tf.add(tf.mul(x, left.shift()!), left.shift()!);
    }
    if (taps[i]) x = tf.add(x, taps[i]);
  }
  return tf.squeeze(x, [1]);
}

const tensorsOf = (network: Network, state: NetworkState, which: 'parameters' | 'buffers'): tf.Tensor[] =>
  (which === 'parameters' ? parametersOf : buffersOf)(network).map(({ shape }, i) =>
    tf.tensor(state[which][i]!.slice(), [...shape]),
  );

/** TensorFlow.js’s gradients by every parameter, then by what leaves every layer. */
async function autograd(network: Network, state: NetworkState, { contexts, targets }: Examples) {
  await startBackend('cpu'); // WASM cannot differentiate a gather.
  return tf.tidy(() => {
    const batch = targets.length;
    const block = contexts.length / batch;
    const weights = tensorsOf(network, state, 'parameters');
    const taps = outputShapes(network, batch, block).map((shape) =>
      tf.zeros(shape.length === 3 ? shape : [shape[0]!, 1, shape[1]!]),
    );
    const expected = tf.oneHot(tf.tensor1d(targets.slice(), 'int32'), vocabularySize(network));
    const loss = (...tensors: tf.Tensor[]): tf.Tensor => {
      const rows = tf.tensor2d(contexts.slice(), [batch, block], 'int32');
      const logits = plainLogits(network, rows, tensors.slice(0, weights.length), tensors.slice(weights.length));
      return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), expected), 1)));
    };
    const gradients = tf
      .grads(loss)([...weights, ...taps])
      .map((one) => one.dataSync().slice());
    return { loss: loss(...weights, ...taps).dataSync()[0]!, gradients };
  });
}

/**
 * The greatest distance of a gradient from its counterpart, by the counterpart’s norm. Where what it is the sum of has
 * cancelled, single precision cannot do better than by the norm of that: `floor` of the greatest gradient of an activation.
 */
async function gradientError(
  backend: Backend,
  network: Network,
  state: NetworkState,
  examples: Examples,
  floor: number,
): Promise<number> {
  const theirs = await autograd(network, state, examples);
  const engine = await tfjsHost(backend).open(network, state);
  const { loss, gradients, activations } = await engine.inspect(examples, { activations: true });
  engine.dispose();
  expect(loss).toBeCloseTo(theirs.loss, 4);
  const ours = [...gradients, ...activations.map(({ gradient }) => gradient)];
  expect(ours).toHaveLength(theirs.gradients.length);
  const norms = theirs.gradients.map(l2);
  const least = floor * Math.max(...norms.slice(-network.length));
  return Math.max(...ours.map((one, i) => distance(one, theirs.gradients[i]!) / Math.max(least, norms[i]!)));
}

const SMALL: [string, Network, number][] = [
  ['mlp', mlp({ hidden: 24 }), 3],
  ['deepBatchNorm', deepBatchNorm({ hidden: 20, depth: 3 }), 3],
  ['waveNet', waveNet({ embedding: 6, hidden: 16 }), 8],
];
const withBatchNorm = (network: Network, change: Partial<BatchNorm1d>): Network =>
  network.map((layer) => (layer.kind === 'BatchNorm1d' ? { ...layer, ...change } : layer));

const sizes = {
  batch: fc.constantFrom(2, 3, 31, 33),
  hidden: fc.constantFrom(1, 5, 17),
  symbols: fc.integer({ min: 2, max: 30 }),
  embedding: fc.integer({ min: 1, max: 5 }),
  seed: fc.nat(),
};
const block = fc.integer({ min: 1, max: 4 });
const depth = fc.integer({ min: 1, max: 3 });
const ofAnyShape: Record<string, fc.Arbitrary<{ network: Network; block: number; batch: number; seed: number }>> = {
  mlp: fc.record({ ...sizes, block }).map((s) => ({ ...s, network: mlp(s) })),
  deepBatchNorm: fc.record({ ...sizes, block, depth }).map((s) => ({ ...s, network: deepBatchNorm(s) })),
  waveNet: fc.record({ ...sizes, levels: depth }).map((s) => ({ ...s, network: waveNet(s), block: 2 ** s.levels })),
};

describe.for(BACKENDS)('on %s the gradients of parameters and activations are TensorFlow.js’s own', (backend) => {
  test.for(SMALL)('%s', async ([, network, block]) => {
    const parameters = initialize(network, new TorchGenerator(1));
    for (const state of [{ parameters, buffers: initialBuffers(network) }, drawState(network, 2)]) {
      const error = await gradientError(backend, network, state, drawExamples(network, BATCH, block, 3), 0);
      expect(error).toBeLessThan(1e-5);
    }
  });

  test.for(Object.entries(ofAnyShape))('%s of any shape', async ([, shapes]) => {
    // Variances of almost nothing would magnify rounding: hence the large eps.
    const property = fc.asyncProperty(shapes, async ({ network, block, batch, seed }) => {
      const examples = drawExamples(network, batch, block, seed + 1);
      const steady = withBatchNorm(network, { eps: 1 });
      const error = await gradientError(backend, steady, drawState(network, seed), examples, 1);
      expect(error).toBeLessThan(1e-5);
    });
    await fc.assert(property, { numRuns: 60, seed: 1 });
  });
});

describe.for(BACKENDS)('on %s', (backend) => {
  const [, network, block] = SMALL[1]!;
  const rates = [0.5, 0, 0.25, 1];
  const examples = drawExamples(network, rates.length * BATCH, block, 5);
  const one = (step: number): Examples => ({
    contexts: examples.contexts.slice(step * BATCH * block, (step + 1) * BATCH * block),
    targets: examples.targets.slice(step * BATCH, (step + 1) * BATCH),
  });
  const open = () => tfjsHost(backend).open(network, drawState(network, 4));

  test('one call of n steps is n calls of one', async () => {
    const [together, apart] = [await open(), await open()];
    const losses = await together.train({ ...examples, rates });
    expect(losses).toHaveLength(rates.length);
    for (const [i, rate] of rates.entries())
      expect((await apart.train({ ...one(i), rates: [rate] }))[0]).toBe(losses[i]);
    expect(await together.state()).toEqual(await apart.state());
    expect(await together.parameter(3)).toEqual((await apart.state()).parameters[3]);
  });

  test('a step takes its own rate times the gradient off; to inspect changes nothing', async () => {
    const engine = await open();
    for (const [i, rate] of rates.entries()) {
      const before = structuredClone(await engine.state());
      const { loss, gradients, activations } = await engine.inspect(one(i));
      expect(activations).toEqual([]);
      expect(await engine.state()).toEqual(before);
      expect([...(await engine.train({ ...one(i), rates: [rate] }))]).toEqual([loss]);
      const { parameters, buffers } = await engine.state();
      for (const [k, values] of before.parameters.entries()) {
        const expected = values.map((x, j) => x - rate * gradients[k]![j]!);
        expect(distance(parameters[k]!, expected)).toBeLessThan(1e-6 * l2(expected));
      }
      for (const [k, values] of before.buffers.entries()) expect(buffers[k]).not.toEqual(values);
    }
  });

  test('the running statistics take their share of each minibatch, with the unbiased variance', async () => {
    const slow = withBatchNorm(network, { momentum: 0.3 });
    const state = drawState(slow, 4);
    const engine = await tfjsHost(backend).open(slow, state);
    const { activations } = await engine.inspect(one(0), { activations: true });
    await engine.train({ ...one(0), rates: [0.1] });
    const { buffers } = await engine.state();
    for (const [i, { layer, name }] of buffersOf(slow).entries()) {
      const columns = state.buffers[i]!.length;
      const expected = state.buffers[i]!.map((old, column) => {
        const values = activations[layer - 1]!.values.filter((_, k) => k % columns === column);
        const mean = values.reduce((a, b) => a + b) / values.length;
        const variance = values.reduce((total, x) => total + (x - mean) ** 2, 0) / (values.length - 1);
        return 0.7 * old + 0.3 * (name === 'running_mean' ? mean : variance);
      });
      expect(distance(buffers[i]!, expected)).toBeLessThan(1e-6 * l2(expected));
    }
  });

  test('evaluation normalizes by the running statistics', async () => {
    const state = drawState(network, 4);
    const engine = await open();
    const logits = await engine.logits(examples.contexts);
    await startBackend('cpu');
    const expected = tf.tidy(() => {
      const contexts = tf.tensor2d(examples.contexts.slice(), [examples.targets.length, block], 'int32');
      const [parameters, buffers] = [tensorsOf(network, state, 'parameters'), tensorsOf(network, state, 'buffers')];
      return plainLogits(network, contexts, parameters, [], buffers).dataSync();
    });
    expect(distance(logits, expected)).toBeLessThan(1e-6 * l2(expected));
  });

  test('an engine takes other numbers for its own, and does not share them', async () => {
    const engine = await open();
    const losses = await engine.train({ ...examples, rates });
    const given = drawState(network, 8);
    await engine.load(given);
    for (const values of Object.values(given).flat()) values.fill(7);
    expect(await engine.state()).toEqual(drawState(network, 8));
    const first = drawState(network, 4);
    await engine.load(first);
    expect(await engine.train({ ...examples, rates })).toEqual(losses);
    expect(first).toEqual(drawState(network, 4));
  });

  test('three hundred steps keep no tensor more than ten, and dispose gives all back', async () => {
    const before = tf.memory().numTensors;
    const engine = await open();
    const opened = tf.memory().numTensors;
    expect(opened - before).toBe(parametersOf(network).length + buffersOf(network).length);
    const exercise = async (steps: number) => {
      for (let i = 0; i < steps; i++) await engine.train({ ...one(i % rates.length), rates: [0.01] });
      await engine.load(drawState(network, 4));
      await engine.inspect(one(0), { activations: true });
      await engine.loss(examples);
      await engine.logits(examples.contexts);
    };
    await exercise(10);
    expect(tf.memory().numTensors).toBe(opened);
    await exercise(300);
    expect(tf.memory().numTensors).toBe(opened);
    engine.dispose();
    engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('what was read belongs to the reader', async () => {
    const engine = await open();
    (await engine.parameter(0)).fill(7);
    for (const values of Object.values(await engine.state()).flat()) values.fill(7);
    expect(await engine.state()).toEqual(drawState(network, 4));
  });
});
