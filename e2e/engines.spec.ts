// Each engine in a worker of a real browser, against PyTorch's losses and gradients.
import { existsSync, readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import config from '../playwright.config.ts';
import deep from '../reference/fixtures/deep_bn.json' with { type: 'json' };
import mlpFixture from '../reference/fixtures/mlp.json' with { type: 'json' };
import wave from '../reference/fixtures/wavenet.json' with { type: 'json' };
import type { EngineName, NetworkState } from '../src/engines/engine.ts';
import { deepBatchNorm, initialBuffers, initialize, mlp, type Network, waveNet } from '../src/networks/index.ts';
import { TorchGenerator } from '../src/random/index.ts';
import { splitWords, Vocabulary, windows } from '../src/text/index.ts';
import type { Harness, Trained } from './engines/functions.ts';
import { serveHarness } from './engines/serve.ts';

const NAMES = new URL('../../shared/data/names.txt', import.meta.url);
const ENGINES: readonly EngineName[] = ['simd', 'cpu', 'wasm', 'webgl', 'webgpu'];
const BATCH = 32;

interface Fixture {
  readonly loss_f32: Record<string, number>;
  readonly dev_after_1001_f32?: number;
  readonly grads_step0: readonly { readonly l2: number; readonly first: readonly number[] }[];
}

interface Case {
  readonly network: Network;
  readonly block: number;
  readonly seed: number;
  readonly fixture: Fixture;
  /** The iterations whose losses are compared, on an engine that the processor emulates and on others. */
  readonly emulated: readonly number[];
  readonly native: readonly number[];
}

const CASES: Record<string, Case> = {
  'mlp, scaled': {
    network: mlp(),
    block: 3,
    seed: 2147483647,
    fixture: mlpFixture.scaled,
    emulated: [0, 1, 10, 100],
    native: [0, 1, 10, 100, 1000],
  },
  'mlp, notebook': {
    network: mlp({ init: 'notebook' }),
    block: 3,
    seed: 2147483647,
    fixture: mlpFixture.raw,
    emulated: [0, 1],
    native: [0, 1],
  },
  deepBatchNorm: {
    network: deepBatchNorm(),
    block: 3,
    seed: 2147483647,
    fixture: { loss_f32: deep.train_loss_f32, grads_step0: deep.train_grads_step0 },
    emulated: [0, 1, 10],
    native: [0, 1, 10, 100],
  },
  waveNet: { network: waveNet(), block: 8, seed: wave.seed, fixture: wave, emulated: [0, 1], native: [0, 1, 10, 100] },
};

// Chromium offers WebGPU without a graphics card only when told to.
test.use({
  launchOptions: {
    ...config.use!.launchOptions!,
    args: [...config.use!.launchOptions!.args!, '--enable-unsafe-webgpu'],
  },
});
test.describe.configure({ mode: 'serial', timeout: 300_000 });

const server = serveHarness();

interface Prepared {
  readonly state: NetworkState;
  readonly contexts: Int32Array;
  readonly targets: Int32Array;
  readonly dev: { readonly contexts: Int32Array; readonly targets: Int32Array };
}

/** Initial parameters and minibatches in the notebook’s order of draws, and the first `rows` of the dev split. */
function prepare({ network, block, seed }: Case, steps: number, rows: number): Prepared {
  const words = readFileSync(NAMES, 'utf8').trimEnd().split('\n');
  const vocabulary = new Vocabulary(words);
  const split = splitWords(words, 42);
  const train = windows(split.train, vocabulary, block);
  const generator = new TorchGenerator(seed);
  const state = { parameters: initialize(network, generator), buffers: initialBuffers(network) };
  const contexts = new Int32Array(steps * BATCH * block);
  const targets = new Int32Array(steps * BATCH);
  for (let row = 0; row < steps * BATCH; row += BATCH) {
    for (const [k, i] of generator.randint(0, train.count, BATCH).entries()) {
      contexts.set(train.contexts.subarray(i * block, (i + 1) * block), (row + k) * block);
      targets[row + k] = train.targets[i]!;
    }
  }
  const dev = windows(split.dev, vocabulary, block);
  return {
    state,
    contexts,
    targets,
    dev: { contexts: dev.contexts.slice(0, rows * block), targets: dev.targets.slice(0, rows) },
  };
}

/** Typed arrays do not survive the way into the page and back as they are. */
async function trainInPage(page: Page, name: EngineName, network: Network, prepared: Prepared, batch: number) {
  const plain = (arrays: readonly Float32Array[]) => arrays.map((values) => [...values]);
  const { state, contexts, targets, dev } = prepared;
  return page.evaluate(
    async ({ name, network, batch, parameters, buffers, contexts, targets, dev }) => {
      const { harness } = globalThis as unknown as { harness: Harness };
      const floats = (lists: number[][]) => lists.map((list) => Float32Array.from(list));
      const trained = await harness.train(
        name,
        network,
        { parameters: floats(parameters), buffers: floats(buffers) },
        {
          contexts: Int32Array.from(contexts),
          targets: Int32Array.from(targets),
          rates: new Float32Array(targets.length / batch).fill(0.1),
        },
        batch,
        { contexts: Int32Array.from(dev.contexts), targets: Int32Array.from(dev.targets) },
      );
      const lists = (arrays: readonly Float32Array[]) => arrays.map((values) => [...values]);
      return {
        isEmulated: trained.isEmulated,
        gradients: lists(trained.first.gradients),
        activations: trained.first.activations.map((one) => one.values.length),
        losses: [...trained.losses],
        devLoss: trained.devLoss,
        parameters: lists(trained.state.parameters),
        tensors: trained.tensors as Trained['tensors'],
      };
    },
    {
      name,
      network,
      batch,
      parameters: plain(state.parameters),
      buffers: plain(state.buffers),
      contexts: [...contexts],
      targets: [...targets],
      dev: { contexts: [...dev.contexts], targets: [...dev.targets] },
    },
  );
}

const l2 = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
const distance = (a: readonly number[], b: readonly number[]): number => l2(a.map((x, i) => x - b[i]!));

test.beforeEach(async ({ page }) => {
  test.skip(!existsSync(NAMES), 'the makemore list is not there (../shared/data/names.txt)');
  await server.open(page);
});

for (const [title, one] of Object.entries(CASES)) {
  /** What the first engine found; the others are held against it number by number, and it against PyTorch. */
  let reference: number[][] | undefined;

  for (const name of ENGINES) {
    test(`${title} on ${name}: the losses and gradients are PyTorch’s`, async ({ page }) => {
      const isNative = name !== 'webgl' && name !== 'webgpu';
      const marks = isNative ? one.native : one.emulated;
      const prepared = prepare(one, marks.at(-1)! + 1, isNative ? 22655 : 4096);
      const trained = await trainInPage(page, name, one.network, prepared, BATCH);
      console.log(`${title} on ${name}${trained.isEmulated ? ' (emulated)' : ''}: dev ${trained.devLoss.toFixed(6)}`);
      for (const mark of marks) {
        const error = Math.abs(trained.losses[mark]! - one.fixture.loss_f32[mark]!);
        expect(error, `loss at step ${mark}`).toBeLessThan(name === 'simd' && title !== 'mlp, notebook' ? 1e-5 : 1e-4);
      }
      for (const [i, { l2: norm, first }] of one.fixture.grads_step0.entries()) {
        const gradient = trained.gradients[i]!;
        expect(Math.abs(l2(gradient) - norm) / norm, `norm of gradient ${i}`).toBeLessThan(1e-5);
        for (const [k, value] of first.entries()) expect(Math.abs(gradient[k]! - value) / norm).toBeLessThan(1e-5);
        if (reference) expect(distance(gradient, reference[i]!) / norm, `gradient ${i}`).toBeLessThan(1e-5);
      }
      if (isNative && one.fixture.dev_after_1001_f32 && marks.at(-1) === 1000)
        expect(Math.abs(trained.devLoss - one.fixture.dev_after_1001_f32), 'dev loss').toBeLessThan(1e-4);
      reference ??= trained.gradients;
      expect(trained.activations).toHaveLength(one.network.length);
      expect(trained.tensors.open).toBeLessThan(40);
      expect(trained.tensors.disposed).toBeLessThanOrEqual(4);
    });
  }
}
