/**
 * What the sentences of content/posts/BatchNorm.mdx quote, computed by the code that the post is about, or taken from the
 * recorded runs. What the sentences say of these numbers beyond their digits is tested beside this file.
 */
import { readFileSync } from 'node:fs';
import { enableProdMode } from '@tensorflow/tfjs-core';
import { fixed } from '../../components/prose/format.ts';
import deepFixture from '../../reference/fixtures/deep_bn.json' with { type: 'json' };
import { normalize, normalizeBackward } from '../../src/backprop/batch-norm.ts';
import { drift } from '../../src/diagnostics/drift.ts';
import { deadUnits, SATURATED, saturation, spread } from '../../src/diagnostics/statistics.ts';
import type { Engine, Examples, NetworkState } from '../../src/engines/engine.ts';
import { simdHost } from '../../src/engines/simd/host.ts';
import { openHost } from '../../src/engines/tfjs/hosts/cpu.ts';
import { batchNorm1d, deepBatchNorm, mlp, type Network, parametersOf } from '../../src/networks/index.ts';
import { TorchGenerator } from '../../src/random/index.ts';
import { fromSafetensors } from '../../src/training/export/safetensors.ts';
import { layerHealth, weightHealth } from '../../src/training/health.ts';
import { drawMinibatches, prepareData } from '../../src/training/language-model/data.ts';
import { drawInitial } from '../../src/training/language-model/initial.ts';
import batchesRecord from '../runs/batchnorm-batches.json' with { type: 'json' };
import gainsRecord from '../runs/batchnorm-gains.json' with { type: 'json' };
import mlpNormRun from '../runs/batchnorm-mlp.json' with { type: 'json' };
import mlpNormMakemoreRun from '../runs/batchnorm-mlp-makemore.json' with { type: 'json' };
import deepRun from '../runs/deep-batchnorm.json' with { type: 'json' };
import deepMakemoreRun from '../runs/deep-batchnorm-makemore.json' with { type: 'json' };
import mlpRun from '../runs/mlp.json' with { type: 'json' };
import mlpMakemoreRun from '../runs/mlp-makemore.json' with { type: 'json' };
import mlpMakemoreRawRun from '../runs/mlp-makemore-notebook.json' with { type: 'json' };
import mlpRawRun from '../runs/mlp-notebook.json' with { type: 'json' };

// Without this TensorFlow.js advises every build of the site to install something.
enableProdMode();

export {
  deepMakemoreRun,
  deepRun,
  mlpMakemoreRawRun,
  mlpMakemoreRun,
  mlpNormMakemoreRun,
  mlpNormRun,
  mlpRawRun,
  mlpRun,
};

/** The notebooks’ seed. */
export const SEED = 2147483647;
/** How many symbols there are. */
export const K = 27;
/** PyTorch’s gain for tanh. */
export const GAIN = 5 / 3;
export const { eps: EPS, momentum: MOMENTUM } = batchNorm1d(1);
export { SATURATED };

const words = readFileSync('content/corpora/names.txt', 'utf8').trimEnd().split('\n');
const { train } = prepareData(words, 3);

const sum = (list: ArrayLike<number>): number => Array.from(list).reduce((total, x) => total + x, 0);
const mean = (list: ArrayLike<number>): number => sum(list) / list.length;
/** The root of the mean square. */
const rms = (list: ArrayLike<number>): number => Math.sqrt(mean(Array.from(list, (x) => x * x)));

async function withEngine<T>(network: Network, state: NetworkState, use: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await (await openHost()).open(network, state);
  try {
    return await use(engine);
  } finally {
    engine.dispose();
  }
}

/** A network with the seed’s numbers, and what it makes of its first minibatch before the first step. */
async function atStart(network: Network, batch = 32) {
  const { generator, state } = drawInitial(network, SEED);
  const examples = drawMinibatches(train, generator, 1, batch);
  const inspection = await withEngine(network, state, (engine) => engine.inspect(examples, { activations: true }));
  return { state, examples, ...inspection };
}

/** “Sure of itself”: the MLP of the previous post on the first minibatch, as drawn and scaled. */
async function mlpStart(init: 'notebook' | 'scaled') {
  const network = mlp({ init });
  const { loss, activations, gradients, examples } = await atStart(network);
  const [, , sums, units, logits] = activations.map(({ values }) => values);
  const rows = Array.from({ length: examples.targets.length }, (_, i) => logits!.subarray(i * K, (i + 1) * K));
  const slopes = units!.map((h) => 1 - h * h);
  return {
    loss,
    sums: rms(sums!),
    /** The root of the mean square distance of a logit from the mean of its row. */
    logits: rms(rows.flatMap((row) => Array.from(row, (z) => z - mean(row)))),
    saturated: saturation(units!),
    dead: deadUnits(units!, 200).length,
    /** On how many of the examples the unit that is saturated most often is so. */
    most: Math.max(
      ...Array.from({ length: 200 }, (_, j) =>
        sum(Array.from(examples.targets, (_, i) => Number(Math.abs(units![i * 200 + j]!) > SATURATED))),
      ),
    ),
    slope: mean(slopes),
    weightGradient: Math.hypot(...gradients[1]!),
  };
}
export const start = { raw: await mlpStart('notebook'), scaled: await mlpStart('scaled') };

/** What is left of a gradient at the edge of saturation, and below two such units: an exercise. */
export const edgeSlope = 1 - SATURATED ** 2;
export const slopeExercise = edgeSlope ** 2;
/** From where on tanh is 1 in single precision: above 1 - 2⁻²⁵ a number is rounded to 1. */
export const ONE_FROM = Math.atanh(1 - 2 ** -25);
/** “300 inputs with a mean square of 0.5”: an exercise. */
export const fanInExercise = 1 / Math.sqrt(300 * 0.5);

/** The different contexts of the train split, and how many examples have each. */
const contextCounts = (() => {
  const counts = new Map<string, number>();
  for (let i = 0; i < train.count; i++) {
    const key = train.contexts.subarray(3 * i, 3 * i + 3).join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return {
    contexts: Int32Array.from([...counts.keys()].flatMap((key) => key.split(',').map(Number))),
    counts: Float64Array.from(counts.values()),
  };
})();
export const differentContexts = contextCounts.counts.length;

/** What enters each BatchNorm1d if the whole train split were one batch, its contexts weighted by how often they occur. */
export interface Statistics {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/**
 * A network forward in double precision on the different contexts of the train split.
 * @returns the statistics of the split where it is normalized, by that split itself; and what leaves the first tanh.
 */
export function forwardTrainSplit(
  network: Network,
  state: NetworkState,
): { statistics: Statistics[]; units: Float64Array } {
  const { contexts, counts } = contextCounts;
  const rows = counts.length;
  const total = sum(counts);
  const statistics: Statistics[] = [];
  let units: Float64Array | undefined;
  let place = 0;
  let x = Float64Array.from(contexts);
  for (const layer of network) {
    const columns = x.length / rows;
    if (layer.kind === 'Embedding') {
      const table = state.parameters[place++]!;
      const out = new Float64Array(x.length * layer.out);
      for (const [i, symbol] of x.entries()) {
        out.set(table.subarray(symbol * layer.out, (symbol + 1) * layer.out), i * layer.out);
      }
      x = out;
    } else if (layer.kind === 'Linear') {
      const weight = state.parameters[place++]!;
      const bias = layer.bias ? state.parameters[place++]! : new Float32Array(layer.out);
      const out = new Float64Array(rows * layer.out);
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < layer.out; j++) out[r * layer.out + j] = bias[j]!;
        for (let i = 0; i < columns; i++) {
          const from = x[r * columns + i]!;
          for (let j = 0; j < layer.out; j++) out[r * layer.out + j]! += from * weight[i * layer.out + j]!;
        }
      }
      x = out;
    } else if (layer.kind === 'Tanh') {
      x = x.map(Math.tanh);
      units ??= x;
    } else if (layer.kind === 'BatchNorm1d') {
      const [gamma, beta] = [state.parameters[place++]!, state.parameters[place++]!];
      const now = { mean: new Float64Array(columns), variance: new Float64Array(columns) };
      for (let j = 0; j < columns; j++) {
        for (let r = 0; r < rows; r++) now.mean[j]! += (counts[r]! / total) * x[r * columns + j]!;
        for (let r = 0; r < rows; r++) {
          now.variance[j]! += (counts[r]! / (total - 1)) * (x[r * columns + j]! - now.mean[j]!) ** 2;
        }
      }
      statistics.push(now);
      x = x.map((value, i) => {
        const j = i % columns;
        return (gamma[j]! * (value - now.mean[j]!)) / Math.sqrt(now.variance[j]! + layer.eps) + beta[j]!;
      });
    }
  }
  return { statistics, units: units! };
}

/** Units of the raw MLP that every context of the train split saturates. */
export const deadEverywhere = (() => {
  const network = mlp({ init: 'notebook' });
  return deadUnits(forwardTrainSplit(network, drawInitial(network, SEED).state).units, 200).length;
})();

/** “How the loss grows with the spread of the logits”: logits drawn with that spread, whatever the target is. */
export const spreads = (() => {
  const ROWS = 20_000;
  const z = new TorchGenerator(SEED).randn(ROWS * K);
  return [0.1, 0.5, 1, 2, 5, 10].map((s) => {
    let loss = 0;
    for (let r = 0; r < ROWS; r++) {
      let total = 0;
      for (let j = 0; j < K; j++) total += Math.exp(s * z[r * K + j]!);
      loss += Math.log(total) - s * z[r * K]!;
    }
    return { s, loss: loss / ROWS, approximation: Math.log(K) + (s * s) / 2 };
  });
})();
/** How far the largest of 27 standard normal numbers is above 0 on average: the integral of z · 27 φ(z) Φ(z)²⁶. */
export const largestOf27 = (() => {
  const step = 1e-3;
  let below = 0;
  let total = 0;
  for (let z = -9; z < 9; z += step) {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    below += (density * step) / 2;
    total += z * K * density * below ** (K - 1) * step;
    below += (density * step) / 2;
  }
  return total;
})();
/** “Logits with a spread of 0.6”: an exercise. */
export const startExercise = Math.log(K) + 0.6 ** 2 / 2;

/** Averages of a function of a standard normal number. */
export function average(f: (z: number) => number): number {
  const step = 1e-3;
  let total = 0;
  for (let z = -9; z < 9; z += step) total += f(z + step / 2) * Math.exp(-((z + step / 2) ** 2) / 2) * step;
  return total / Math.sqrt(2 * Math.PI);
}
/** The spread of a wide layer of tanh after one whose spread is `before`: σ → root of the average of tanh²(gσz). */
export const spreadAfter = (gain: number, before: number): number =>
  Math.sqrt(average((z) => Math.tanh(gain * before * z) ** 2));
/** Where that settles. */
export function fixedPoint(gain: number): number {
  let sigma = 1;
  for (let i = 0; i < 200; i++) sigma = spreadAfter(gain, sigma);
  return sigma;
}
/** By what a layer multiplies the spread of the gradient on its way back, where the spread of the activations has settled. */
export const backFactor = (gain: number, sigma: number): number =>
  gain * Math.sqrt(average((z) => (1 - Math.tanh(gain * sigma * z) ** 2) ** 2));
export const theory = [1, GAIN, 3].map((gain) => {
  const sigma = gain > 1 ? fixedPoint(gain) : 0;
  return { gain, sigma, back: backFactor(gain, sigma) };
});
/** The first layers of gain 1, by the map: the inputs are standard normal. */
export const shrinking = Array.from({ length: 5 }).reduce<number[]>(
  (list) => [...list, spreadAfter(1, list.at(-1) ?? 1)],
  [],
);
/** The gain at which sums with a spread of 1 give sums with a spread of 1 again. */
export const gainForOne = 1 / spreadAfter(1, 1);
/** Which share of the mean square ReLU leaves. */
export const reluShare = average((z) => Math.max(0, z) ** 2);

/** The deep net before its first step, at some gain. */
export async function lab(gain: number, batchNorm: boolean) {
  const network = deepBatchNorm({ gain, batchNorm });
  const { loss, activations, gradients, state } = await atStart(network);
  const layers = layerHealth(network, activations);
  const weights = weightHealth(network, state.parameters, gradients, 0.1);
  const backPerLayer = (layers[0]!.gradient.std / layers.at(-1)!.gradient.std) ** (1 / (layers.length - 1));
  return { gain, loss, layers, weights, backPerLayer };
}
export const GAINS = [0.5, 1, GAIN, 3];
export const tenWithout = await lab(10, false);
export const without = await Promise.all(GAINS.map((gain) => lab(gain, false)));
/** The same with BatchNorm. */
export const withNorm = await Promise.all(GAINS.map((gain) => lab(gain, true)));

/** “Before its first step”: the ratios of the linear layers at a gain of 0.5, an exercise. */
export const smallGain = without[0]!.weights.slice(1).map(({ updateToData }) => updateToData);

/** “Five numbers”. */
export const FIVE = [-1, 0.5, 2, 3, 1.5];
export const five = normalize(FIVE, EPS);
/** The loss pulls the fourth of them upwards. */
export const PULLED = 3;
export const fiveGradient = normalizeBackward(
  FIVE.map((_, i) => Number(i === PULLED)),
  five,
);
/** How far the mean pulls the 3 in where another number moves up, and how far the spread puts it out: for each number. */
export const pullOfMean = -1 / FIVE.length / five.deviation;
export const pullOfSpread = five.values.map((x) => (-x * five.values[PULLED]!) / (FIVE.length - 1) / five.deviation);
/** “Normalize 2, 4, 6, 8 and 10”: an exercise. */
export const normalizeExercise = normalize([2, 4, 6, 8, 10], 0).values[4]!;
/** “0.9 to the power of 20”: an exercise. */
export const shareExercise = (1 - MOMENTUM) ** 20;
/** The rate that moves a ratio from −4.2 at 0.01 to −3: an exercise. */
export const rateExercise = 0.01 * 10 ** (4.2 - 3);

/** The probability that two examples drawn at random have the same context. */
export const sameContext = (() => {
  const total = sum(contextCounts.counts);
  const shares = Array.from(contextCounts.counts, (count) => (count / total) ** 2);
  return { any: sum(shares), largest: Math.max(...shares), begins: Math.max(...contextCounts.counts) / total };
})();

/** The deep net before its first step on two examples. */
export async function two(contexts: readonly string[], targets: string) {
  const network = deepBatchNorm();
  const index = (symbol: string) => deepRun.symbols.indexOf(symbol);
  const examples: Examples = {
    contexts: Int32Array.from([...contexts.join('')].map(index)),
    targets: Int32Array.from([...targets].map(index)),
  };
  const { state } = drawInitial(network, SEED);
  const { gradients, activations } = await withEngine(network, state, (engine) =>
    engine.inspect(examples, { activations: true }),
  );
  const weights = gradients.filter((_, i) => parametersOf(network)[i]!.shape.length === 2);
  return {
    weights: weights.map((gradient) => Math.hypot(...gradient)),
    activations: activations.map(({ gradient }) => Math.hypot(...gradient)),
  };
}

/** The recorded deep net. */
export const trainedNetwork = deepBatchNorm();
export const trained = fromSafetensors(readFileSync('content/runs/deep-batchnorm.safetensors'), trainedNetwork);
/** How far its running statistics are from those of the train split taken as one batch, layer by layer. */
export const drifts = forwardTrainSplit(trainedNetwork, trained).statistics.map(({ mean: center, variance }, i) => {
  const [runningMean, runningVariance] = [trained.buffers[2 * i]!, trained.buffers[2 * i + 1]!];
  return drift(
    { mean: runningMean, std: runningVariance.map(Math.sqrt) },
    { mean: center, std: variance.map(Math.sqrt) },
  );
});
export const worstDrift = {
  mean: Math.max(...drifts.map(({ mean: each }) => each)),
  std: Math.max(...drifts.map(({ std }) => std)),
};
/** Over how many minibatches an average with this momentum reaches: as many plain ones would be as noisy. */
export const reach = (momentum: number): number => (2 - momentum) / momentum;

/** How many times as long as at the start the weight matrices of the recorded deep net are in the end; C is left out. */
export const growth = parametersOf(trainedNetwork).flatMap(({ shape }, i) => {
  if (shape.length !== 2 || i === 0) return [];
  const before = drawInitial(trainedNetwork, SEED).state.parameters[i]!;
  return [Math.hypot(...trained.parameters[i]!) / Math.hypot(...before)];
});

/** “What is `.an` followed by?”: the probability of n by the recorded deep net, in evaluation and in changing company. */
export const company = await (async () => {
  const [context, target] = ['.an', 'n'].map((text) => Array.from(text, (symbol) => deepRun.symbols.indexOf(symbol)));
  const COMPANIES = 300;
  const probability = (logits: Float32Array) => {
    const powers = Array.from(logits.subarray(0, K), (z) => Math.exp(z));
    return powers[target![0]!]! / sum(powers);
  };
  const generator = new TorchGenerator(SEED);
  // Nine hundred passes: on the project’s kernels, since the build waits for them.
  const kernels = new WebAssembly.Module(readFileSync('src/engines/simd/kernels.wasm'));
  const engine = await simdHost(kernels).open(trainedNetwork, trained);
  const alone = probability(await engine.logits(Int32Array.from(context!)));
  const rows: { batch: number; lowest: number; highest: number; std: number }[] = [];
  for (const batch of [4, 32, 128]) {
    const found: number[] = [];
    for (let i = 0; i < COMPANIES; i++) {
      const examples = drawMinibatches(train, generator, 1, batch);
      examples.contexts.set(context!);
      const { activations } = await engine.inspect(examples, { activations: true });
      found.push(probability(activations.at(-1)!.values));
    }
    rows.push({ batch, lowest: Math.min(...found), highest: Math.max(...found), std: spread(found).std });
  }
  return { companies: COMPANIES, alone, rows };
})();

/** The update-to-data ratios of the recorded net's linear layers at a step, as powers of ten; C is left out. */
export function ratiosAt(step: number): number[] {
  const { steps, values } = deepRun.health.ratios;
  const i = steps.findLastIndex((each) => each <= step);
  return values.slice(1).map((list) => list[i]!);
}
export const saturatedInTheEnd = deepRun.health.layers.map(({ saturation: share }) => share);
/** PyTorch’s, after 1,000 steps on the makemore list. */
export const ratiosAt1000 = deepFixture.stats_iteration_1000.weights.map((each) => each.log10_update_ratio);

/** A bias before a BatchNorm1d: the largest gradient of any, beside that of a weight. */
export const uselessBias = await (async () => {
  const network = deepBatchNorm().map((layer) =>
    layer.kind === 'Linear' ? ({ ...layer, bias: true, initialBias: 'zeros' } as const) : layer,
  );
  const { gradients } = await atStart(network);
  const largest = (of: 'bias' | 'weight') =>
    parametersOf(network).reduce((most, { layer, name }, i) => {
      const counts = network[layer]!.kind === 'Linear' && name === of;
      return counts ? gradients[i]!.reduce((one, g) => Math.max(one, Math.abs(g)), most) : most;
    }, 0);
  return { bias: largest('bias'), weight: largest('weight') };
})();

/** The step at which the deep net with the notebooks’ seed first meets a minibatch of one context with different targets. */
export function firstCollision(batch: number): { step: number; context: string } {
  const { generator } = drawInitial(trainedNetwork, SEED);
  for (let step = 0; ; step++) {
    const { contexts, targets } = drawMinibatches(train, generator, 1, batch);
    const rows = Array.from(targets, (_, i) => contexts.subarray(3 * i, 3 * i + 3).join());
    if (new Set(rows).size === 1 && new Set(targets).size > 1) {
      return { step, context: Array.from(contexts.subarray(0, 3), (i) => deepRun.symbols[i]).join('') };
    }
  }
}
export const collisions = { two: firstCollision(2), four: firstCollision(4) };
/** What BatchNorm1d multiplies a gradient by where there is no spread. */
export const largestFactor = 1 / Math.sqrt(EPS);
/** With two examples, by what the gradient is multiplied where their variance is `variance`. */
export const factorOfTwo = (variance: number): number => EPS / (variance + EPS) ** 1.5;
/** Two examples that begin a name, differently: the gradient of the loss by what enters each BatchNorm1d, the last first. */
export const collision = await (async () => {
  const { activations, weights } = await two(['...', '...'], 'ab');
  const entering = trainedNetwork.flatMap((layer, i) => (layer.kind === 'BatchNorm1d' ? [activations[i - 1]!] : []));
  return { logits: activations.at(-1)!, entering: entering.reverse(), weights };
})();

/** A row of the tables of gains and batches. */
interface Recorded {
  readonly changed: Readonly<Record<string, unknown>>;
  readonly step: number;
  readonly final?: { readonly train: number; readonly dev: number; readonly test: number };
}
function recorded(runs: readonly Recorded[], name: 'gain' | 'batch', value: number) {
  const of = (norm: 'on' | 'off') => {
    const run = runs.find(({ changed }) => changed[name] === value && changed.norm === norm);
    if (!run) throw new Error(`There is no recorded run with ${name} ${value}, norm ${norm}.`);
    return run;
  };
  return { off: of('off'), on: of('on') };
}
export const gainRuns = [0.5, 1, GAIN, 3, 10].map((gain) => ({ gain, ...recorded(gainsRecord.runs, 'gain', gain) }));
export const batchRuns = [2, 4, 8, 16, 32, 128].map((batch) => ({
  batch,
  ...recorded(batchesRecord.runs, 'batch', batch),
}));
/** By how much the dev loss is higher with BatchNorm, at a batch size where both runs reached their end. */
export function gapAt(size: number): number {
  const { off, on } = batchRuns.find(({ batch }) => batch === size)!;
  return on.final!.dev - off.final!.dev;
}
export const { steps: shortSteps, decay: shortDecay } = gainsRecord;
/** A loss in the end, or when there was none any more. */
export const lossOf = ({ final, step }: Recorded, split: 'train' | 'dev' = 'dev', digits = 4): string =>
  final ? fixed(final[split], final[split] < 10 ? digits : 1) : `not a number from step ${fixed(step, 0)}`;

/** The step from which on the raw MLP’s dev loss stays below that of guessing uniformly. */
export const belowUniformFrom = (() => {
  const { dev, baselines } = mlpRawRun;
  return dev.steps[dev.losses.findLastIndex((loss) => loss >= baselines.uniform) + 1]!;
})();
/** The loss on the dev split that a run measured at a step. */
export const devAt = (run: { dev: { steps: number[]; losses: number[] } }, step: number): number =>
  run.dev.losses[run.dev.steps.indexOf(step)]!;
