/** What PyTorch computed: the known answer by which an engine proves itself, and a hundred steps of the notebooks’ runs. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { env, memory } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import tiny from '../../reference/fixtures/backprop_tiny.json' with { type: 'json' };
import deepFixture from '../../reference/fixtures/deep_bn.json' with { type: 'json' };
import mlpFixture from '../../reference/fixtures/mlp.json' with { type: 'json' };
import waveFixture from '../../reference/fixtures/wavenet.json' with { type: 'json' };
import { distance, l2 } from '../../tools/drawn-network.ts';
import { fusedHost, nodeHost } from '../../tools/node-engine.ts';
import { drawExamples, examplesOf, hasMakemore, NotebookGenerator, notebookSplits } from '../../tools/notebook.ts';
import { deepBatchNorm, initialBuffers, initialize, mlp, type Network, waveNet } from '../networks/index.ts';
import { type Engine, EngineError, type EngineHost, type Examples, type Inspection } from './engine.ts';
import answer from './known-answer.json' with { type: 'json' };
import { PROOF_NETWORK, prove } from './proof.ts';
import { tfjsHost } from './tfjs/host.ts';

env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);

const HOSTS = [tfjsHost('cpu'), tfjsHost('wasm'), nodeHost, fusedHost].map((host, i) => ({
  ...host,
  title: i < 3 ? host.name : `${host.name}, fused`,
}));
const BATCH = 32;
/** The fixture’s names in the order of the layers. */
const ORDER = ['C', 'W1', 'b1', 'bngain', 'bnbias', 'W2', 'b2'] as const;
/** What leaves each layer of the proof. */
const OUTS = ['emb', 'embcat', 'hprebn', 'hpreact', 'h', 'logits'] as const;

const flat = (nested: unknown): number[] => [nested].flat(3) as number[];
const nineDigits = (values: number[]): number[] => values.map((x) => Math.round(x * 1e9) / 1e9 + 0);
const sum = (values: Iterable<number>): number => [...values].reduce((total, x) => total + x, 0);
const mapArrays = (arrays: readonly Float32Array[], change: Change): Float32Array[] =>
  arrays.map((values, i) => values.map((x) => change(x, i)));

test('the known answer is PyTorch’s, to nine digits, in the order of the layers', () => {
  expect(answer.contexts).toEqual(flat(tiny.X));
  expect(answer.targets).toEqual(tiny.Y);
  expect(answer.parameters).toEqual(ORDER.map((name) => flat(tiny.params[name])));
  expect([answer.loss]).toEqual(nineDigits([tiny.loss]));
  expect(answer.gradients).toEqual(ORDER.map((name) => nineDigits(flat(tiny.grad[name]))));
});

/** What an engine does otherwise than it should, given the honest one. */
type Lies = (honest: Engine) => Partial<Engine>;
type Change = (x: number, parameter: number) => number;

/** A host whose engines answer otherwise than they should, and how many of them are open. */
function hostOfLiars(lies: Lies) {
  const inner = tfjsHost('cpu');
  const host: EngineHost & { opened: number; disposed: number } = {
    ...inner,
    opened: 0,
    disposed: 0,
    async open(network, state) {
      const engine = await inner.open(network, state);
      host.opened += 1;
      const honest: Engine = {
        name: engine.name,
        network,
        load: (given) => engine.load(given),
        train: (minibatches) => engine.train(minibatches),
        logits: (contexts) => engine.logits(contexts),
        loss: (examples) => engine.loss(examples),
        inspect: (examples, wanted) => engine.inspect(examples, wanted),
        state: () => engine.state(),
        parameter: (index) => engine.parameter(index),
        dispose: () => {
          host.disposed += 1;
          engine.dispose();
        },
      };
      return { ...honest, ...lies(engine) };
    },
  };
  return host;
}

/** Numbers changed on their way out: what was inspected, what a step left of the parameters, the losses of training. */
const inInspection =
  (change: (honest: Inspection) => Partial<Inspection>): Lies =>
  (engine) => ({
    async inspect(examples) {
      const honest = await engine.inspect(examples);
      return { ...honest, ...change(honest) };
    },
  });
const inGradients = (change: Change): Lies =>
  inInspection(({ gradients }) => ({ gradients: mapArrays(gradients, change) }));
const inState =
  (change: Change): Lies =>
  (engine) => ({
    async state() {
      const { parameters, buffers } = await engine.state();
      return { parameters: mapArrays(parameters, change), buffers };
    },
  });
const inLosses =
  (change: (x: number) => number): Lies =>
  (engine) => ({ train: async (minibatches) => (await engine.train(minibatches)).map((x) => change(x)) });
const everywhere =
  (change: (x: number) => number): Lies =>
  (engine) => ({
    ...inState(change)(engine),
    ...inLosses(change)(engine),
    ...inInspection(({ loss, gradients }) => ({ loss: change(loss), gradients: mapArrays(gradients, change) }))(engine),
  });

/** Eleven bits of mantissa, as half precision has them. */
function half(x: number): number {
  if (x === 0) return 0;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(x))) - 10);
  return Math.round(x / unit) * unit;
}
const LIES: [string, Lies][] = [
  ...ORDER.map((name, which): [string, Lies] => [
    `whose gradient of ${name} is a percent off`,
    // That of b1, a bias before the normalization, is 0.
    inGradients((x, parameter) => (parameter === which ? 1.01 * x + (name === 'b1' ? 0.01 : 0) : x)),
  ]),
  ['that steps a percent too far', (engine) => ({ train: (all) => engine.train({ ...all, rates: [1.01] }) })],
  ['that does not step', (engine) => ({ train: (all) => engine.train({ ...all, rates: [0] }) })],
  ['that answers NaN', everywhere(() => Number.NaN)],
  ['whose step leaves one NaN', inState((x, parameter) => (parameter === 2 ? Number.NaN : x))],
  ['whose gradients are rounded to half precision', inGradients(half)],
  ['whose parameters are rounded to half precision', inState(half)],
  ['that answers 0, as a lost context does', everywhere(() => 0)],
  ['whose loss is a percent off', inInspection(({ loss }) => ({ loss: 1.01 * loss }))],
  ['whose losses while it trains are 0', inLosses(() => 0)],
];

describe('an engine proves itself', () => {
  test.for(HOSTS)('on $title', async (host) => {
    await host.open(PROOF_NETWORK, initial()).then((engine) => engine.dispose());
    const before = memory().numTensors;
    await prove(host);
    expect(memory().numTensors).toBe(before);
  });

  test('through a wrapper that changes nothing', async () => {
    const host = hostOfLiars(() => ({}));
    await prove(host);
    expect([host.opened, host.disposed]).toEqual([1, 1]);
  });

  test.for(LIES)('and one is refused %s', async ([, lies]) => {
    const host = hostOfLiars(lies);
    const error = await prove({ ...host, name: 'webgl' }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(EngineError);
    expect(error.message).toBe('The engine “WebGL” computes wrong gradients on this machine, and is not used.');
    expect([host.opened, host.disposed]).toEqual([1, 1]);
  });

  test('and what its host says is passed on', async () => {
    const gone = new EngineError('The card is gone.');
    await expect(prove({ ...tfjsHost('cpu'), open: () => Promise.reject(gone) })).rejects.toBe(gone);
  });
});

const examples: Examples = { contexts: Int32Array.from(answer.contexts), targets: Int32Array.from(answer.targets) };
const initial = () => ({
  parameters: answer.parameters.map((values) => Float32Array.from(values)),
  buffers: initialBuffers(PROOF_NETWORK),
});

test.for(HOSTS)('what leaves each layer, and its gradient, are PyTorch’s on $title', async ({ open }) => {
  const engine = await open(PROOF_NETWORK, initial());
  const { activations } = await engine.inspect(examples, { activations: true });
  engine.dispose();
  expect(activations).toHaveLength(OUTS.length);
  for (const [i, name] of OUTS.entries()) {
    const [values, gradient] = [flat(tiny.forward[name]), flat(tiny.grad[name])];
    expect(distance(activations[i]!.values, values) / l2(values), name).toBeLessThan(1e-6);
    expect(distance(activations[i]!.gradient, gradient) / l2(gradient), `gradient of ${name}`).toBeLessThan(1e-6);
  }
});

test('an engine whose card was lost says so, whatever it is asked', async () => {
  const gone = new EngineError('The card is gone.');
  let isGone = false;
  const check = () => {
    if (isGone) throw gone;
  };
  const engine = await tfjsHost('cpu', { check }).open(PROOF_NETWORK, initial());
  const ask: (() => Promise<unknown>)[] = [
    () => engine.train({ ...examples, rates: [1] }),
    () => engine.inspect(examples),
    () => engine.loss(examples),
    () => engine.logits(examples.contexts),
    () => engine.state(),
    () => engine.parameter(0),
  ];
  for (const question of ask) await expect(question()).resolves.toBeDefined();
  isGone = true;
  for (const question of ask) await expect(question()).rejects.toBe(gone);
});

/** What PyTorch left of a tensor. */
type Remains = { readonly sum: number; readonly l2: number; readonly first?: readonly number[] };
interface Fixture {
  readonly loss_f32: Record<string, number>;
  readonly logits0_row0?: readonly number[];
  readonly gradients: readonly Remains[];
  /** After so many steps. */
  readonly parameters?: Record<number, readonly Remains[]>;
  readonly buffers?: Record<number, readonly Remains[]>;
  /** On the dev split, after 1001 steps. */
  readonly dev?: number;
}

const SEED = 2147483647;
const { raw, scaled, batchnorm } = mlpFixture;
/** The parameters of the MLP that is left as drawn depend, after a hundred steps, on the order of PyTorch’s additions. */
const afterTen = (one: typeof raw | typeof waveFixture) => ({ 1: one.params_after_1, 10: one.params_after_10 });
const afterHundred = (one: typeof raw | typeof waveFixture) => ({ ...afterTen(one), 100: one.params_after_100 });
const statistics = (layers: readonly { readonly mean: Remains; readonly var: Remains }[]): Remains[] =>
  layers.flatMap(({ mean, var: variance }) => [mean, variance]);
/** That notebook lists gain and bias of its normalization last. */
const byLayer = ([embedding, weight, out, outBias, gain, bias]: readonly Remains[]): Remains[] =>
  [embedding, weight, gain, bias, out, outBias] as Remains[];
const inBatchNorm = {
  1: byLayer(batchnorm.params_after_1),
  10: byLayer(batchnorm.params_after_10),
  100: byLayer(batchnorm.params_after_100),
};

/** Large weights magnify the last digits. */
const NOTEBOOK = mlp({ init: 'notebook' });
const RUNS: [string, Network, number, number, Fixture][] = [
  ['mlp, notebook', NOTEBOOK, 3, SEED, { ...raw, gradients: raw.grads_step0, parameters: afterTen(raw) }],
  [
    'mlp, scaled',
    mlp(),
    3,
    SEED,
    {
      ...scaled,
      gradients: scaled.grads_step0,
      parameters: afterHundred(scaled),
      dev: scaled.dev_after_1001_f32,
    },
  ],
  [
    'mlp with batch normalization',
    mlp({ batchNorm: true }),
    3,
    SEED,
    {
      loss_f32: batchnorm.loss_f32,
      gradients: byLayer(batchnorm.grads_step0),
      parameters: inBatchNorm,
      buffers: { 100: [batchnorm.running_mean_after_100, batchnorm.running_std_after_100] },
      dev: batchnorm.dev_after_1001_running_f32,
    },
  ],
  [
    'deepBatchNorm',
    deepBatchNorm(),
    3,
    SEED,
    {
      loss_f32: deepFixture.train_loss_f32,
      gradients: deepFixture.train_grads_step0,
      buffers: { 100: statistics(deepFixture.running_after_100) },
      dev: deepFixture.dev_after_1001_eval_f32,
    },
  ],
  [
    'waveNet',
    waveNet(),
    8,
    waveFixture.seed,
    {
      ...waveFixture,
      gradients: waveFixture.grads_step0,
      parameters: afterHundred(waveFixture),
      buffers: { 1: statistics(waveFixture.running_after_1), 100: statistics(waveFixture.running_after_100) },
      dev: waveFixture.dev_after_1001_eval_f32,
    },
  ],
];

/** Of single precision; of the MLP that is left as drawn, what PyTorch’s own runs on two processors differ by. */
function lossTolerance(network: Network, step: number): number {
  if (network !== NOTEBOOK || step <= 1) return 1e-5;
  return step <= 10 ? 1e-4 : 1e-3;
}

/** Tolerances of some units in the last place of single precision; `first` and `sum` are taken by the norm. */
function expectRemains(values: Float32Array, { sum: total, l2: norm, first = [] }: Remains, title: string): void {
  expect(Math.abs(l2(values) - norm) / norm, `norm of ${title}`).toBeLessThan(2e-6);
  expect(Math.abs(sum(values) - total) / norm, `sum of ${title}`).toBeLessThan(1e-5);
  expect(distance(values.subarray(0, first.length), first) / norm, `beginning of ${title}`).toBeLessThan(2e-6);
}

describe.skipIf(!hasMakemore).for(HOSTS)('steps on the makemore list, on $title, are PyTorch’s', ({ name, open }) => {
  /** The kernels are fast enough for all that PyTorch recorded. */
  const marks = name === 'simd' ? [1, 10, 100, 1001] : [1, 10, 100];

  test.for(RUNS)('%s', { timeout: 60_000 }, async ([, network, block, seed, fixture]) => {
    const { loss_f32, logits0_row0, gradients, parameters = {}, buffers = {} } = fixture;
    const generator = new NotebookGenerator(seed);
    const initial = { parameters: initialize(network, generator), buffers: initialBuffers(network) };
    const engine = await open(network, initial);
    const { train, dev } = notebookSplits(block);
    const losses: number[] = [];
    for (const mark of marks) {
      const steps = mark - losses.length;
      const examples = drawExamples(train, generator, steps * BATCH, block);
      if (mark === 1) {
        const inspection = await engine.inspect(examples, { activations: true });
        const logits = inspection.activations.at(-1)!.values.subarray(0, 27);
        if (logits0_row0) expect(distance(logits, logits0_row0) / l2(logits0_row0)).toBeLessThan(2e-6);
        expect(inspection.gradients).toHaveLength(gradients.length);
        for (const [i, one] of gradients.entries()) expectRemains(inspection.gradients[i]!, one, `gradient ${i}`);
      }
      losses.push(...(await engine.train({ ...examples, rates: Array(steps).fill(0.1) })));
      const state = await engine.state();
      for (const [i, one] of (buffers[mark] ?? []).entries())
        expectRemains(state.buffers[i]!, one, `buffer ${i} after ${mark}`);
      for (const [i, one] of (parameters[mark] ?? []).entries())
        expectRemains(state.parameters[i]!, one, `parameter ${i} after ${mark}`);
    }
    for (const [step, loss] of Object.entries(loss_f32).filter(([step]) => Number(step) < losses.length)) {
      if (network === NOTEBOOK && step === '1000') continue; // Chaotic by then.
      expect(Math.abs(losses[Number(step)]! - loss), `loss at ${step}`).toBeLessThan(
        lossTolerance(network, Number(step)),
      );
    }
    if (fixture.dev && losses.length === 1001)
      expect(Math.abs((await engine.loss(examplesOf(dev, block))) - fixture.dev), 'dev loss').toBeLessThan(1e-5);
    engine.dispose();
  });
});
