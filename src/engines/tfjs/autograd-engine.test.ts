/** The two ways back, by hand and by TensorFlow.js’s autograd: the same numbers from the same network. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { env, memory } from '@tensorflow/tfjs-core';
import { describe, expect, test, vi } from 'vitest';
import { drawExamples, drawState } from '../../../tools/drawn-network.ts';
import { buffersOf, deepBatchNorm, mlp, type Network, parametersOf, waveNet } from '../../networks/index.ts';
import type { Engine, Examples } from '../engine.ts';
import { AutogradEngine } from './autograd-engine.ts';
import { TfjsEngine } from './engine.ts';
import { startBackend } from './host.ts';

env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
vi.setConfig({ testTimeout: 60_000 });

const BATCH = 16;
const RATES = [0.1, 0.1, 0.05, 0, 0.1, 0.1];
const TOLERANCE = 1e-5;

const NETWORKS: [string, Network, number][] = [
  ['mlp', mlp({ hidden: 24 }), 3],
  ['mlp with BatchNorm', mlp({ hidden: 24, batchNorm: true }), 3],
  ['deepBatchNorm', deepBatchNorm({ hidden: 20, depth: 3 }), 3],
  ['waveNet', waveNet({ embedding: 6, hidden: 16 }), 8],
  ['waveNet over the batch alone', waveNet({ embedding: 6, hidden: 16, over: 'batch' }), 8],
];

async function openBoth(backend: 'cpu' | 'wasm', network: Network) {
  await startBackend(backend);
  const [hand, autograd] = [new TfjsEngine(backend, network), new AutogradEngine(backend, network)];
  for (const engine of [hand, autograd]) await engine.load(drawState(network, 2));
  return { hand, autograd };
}

const firstOf = ({ contexts, targets }: Examples, block: number): Examples => ({
  contexts: contexts.subarray(0, BATCH * block),
  targets: targets.subarray(0, BATCH),
});

const largest = (values: Float32Array): number => Math.max(...values.map(Math.abs));

/** The greatest difference of a number from its counterpart, by the largest of its tensor. */
function difference(ours: readonly Float32Array[], theirs: readonly Float32Array[]): number {
  expect(ours.map(({ length }) => length)).toEqual(theirs.map(({ length }) => length));
  return Math.max(0, ...ours.map((one, i) => largest(one.map((x, k) => x - theirs[i]![k]!)) / largest(theirs[i]!)));
}

describe.for(['cpu', 'wasm'] as const)('on %s', (backend) => {
  describe.for(NETWORKS)('%s', ([, network, block]) => {
    const examples = drawExamples(network, RATES.length * BATCH, block, 3);
    const first = firstOf(examples, block);

    test('the gradients are those derived by hand', async () => {
      const { hand, autograd } = await openBoth(backend, network);
      const wanted = { activations: true };
      const [ours, theirs] = [await autograd.inspect(first, wanted), await hand.inspect(first, wanted)];
      const far = [
        Math.abs(ours.loss - theirs.loss),
        difference(ours.gradients, theirs.gradients),
        difference(
          ours.activations.map(({ values }) => values),
          theirs.activations.map(({ values }) => values),
        ),
        difference(
          ours.activations.map(({ gradient }) => gradient),
          theirs.activations.map(({ gradient }) => gradient),
        ),
      ];
      expect(Math.max(...far)).toBeLessThan(TOLERANCE);
      const alone = await autograd.inspect(first);
      expect(alone).toEqual({ ...ours, activations: [] });
      for (const engine of [hand, autograd]) engine.dispose();
    });

    test('several steps lead to the same losses, parameters and running statistics', async () => {
      const { hand, autograd } = await openBoth(backend, network);
      const outcome = async (engine: Engine) => ({
        losses: await engine.train({ ...examples, rates: RATES }),
        ...(await engine.state()),
        logits: await engine.logits(first.contexts),
      });
      const [ours, theirs] = [await outcome(autograd), await outcome(hand)];
      const far = [
        difference([ours.losses], [theirs.losses]),
        difference(ours.parameters, theirs.parameters),
        difference(ours.buffers, theirs.buffers),
        difference([ours.logits], [theirs.logits]),
      ];
      expect(Math.max(...far)).toBeLessThan(TOLERANCE);
      for (const engine of [hand, autograd]) engine.dispose();
    });

    test('no tensor is left', async () => {
      await startBackend(backend);
      const before = memory().numTensors;
      const engine = new AutogradEngine(backend, network);
      await engine.load(drawState(network, 2));
      const opened = memory().numTensors;
      expect(opened - before).toBe(parametersOf(network).length + buffersOf(network).length);
      for (let i = 0; i < 3; i++) {
        await engine.train({ ...examples, rates: RATES });
        await engine.inspect(first);
        await engine.inspect(first, { activations: true });
        await engine.loss(first);
      }
      expect(memory().numTensors).toBe(opened);
      engine.dispose();
      expect(memory().numTensors).toBe(before);
    });
  });
});

test('to inspect changes nothing', async () => {
  const [, network, block] = NETWORKS[1]!;
  const { autograd } = await openBoth('cpu', network);
  await autograd.inspect(drawExamples(network, BATCH, block, 3), { activations: true });
  expect(await autograd.state()).toEqual(drawState(network, 2));
  autograd.dispose();
});
