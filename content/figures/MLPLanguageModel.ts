/**
 * What the sentences of content/posts/MLPLanguageModel.mdx quote, computed by the code that the post is about, or taken from
 * the recorded runs. What the sentences say of these numbers beyond their digits is tested beside this file.
 */
import { readFileSync } from 'node:fs';
import { enableProdMode } from '@tensorflow/tfjs-core';
import { vowelDistances } from '../../components/mlp/embedding-model.ts';
import { argmin, movingMean } from '../../components/mlp/sweep-model.ts';
import { fixed } from '../../components/prose/format.ts';
import fullNotebook from '../../reference/fixtures/full_mlp_raw.json' with { type: 'json' };
import fullScaled from '../../reference/fixtures/full_mlp_scaled.json' with { type: 'json' };
import fixture from '../../reference/fixtures/mlp.json' with { type: 'json' };
import { Value } from '../../src/autograd/index.ts';
import type { Examples } from '../../src/engines/engine.ts';
import { openHost } from '../../src/engines/tfjs/hosts/cpu.ts';
import { initialize, mlp, parametersOf, sizeOf } from '../../src/networks/index.ts';
import { TorchGenerator } from '../../src/random/index.ts';
import { bigramProbabilities, countBigrams, sampleWord } from '../../src/text/bigram.ts';
import { type ContextTable, contextTables } from '../../src/text/context-counts.ts';
import { splitWords, Vocabulary, type Windows } from '../../src/text/index.ts';
import { drawMinibatches, prepareData } from '../../src/training/language-model/data.ts';
import { sweptRates } from '../../src/training/rate-sweep/settings.ts';
import embeddingRun from '../runs/embedding-map.json' with { type: 'json' };
import sweepRun from '../runs/learning-rate-finder.json' with { type: 'json' };
import namesRun from '../runs/mlp.json' with { type: 'json' };
import dinosaursRun from '../runs/mlp-dinosaurs.json' with { type: 'json' };
import makemoreRun from '../runs/mlp-makemore.json' with { type: 'json' };
import makemoreNotebookRun from '../runs/mlp-makemore-notebook.json' with { type: 'json' };
import makemoreTablesRecord from '../runs/mlp-makemore-tables.json' with { type: 'json' };
import namesNotebookRun from '../runs/mlp-notebook.json' with { type: 'json' };
import sizesRun from '../runs/mlp-sizes.json' with { type: 'json' };

// Without this TensorFlow.js advises every build of the site to install something.
enableProdMode();

/** Over how many steps the sweep is smoothed, in its figure as here. */
export const SMOOTHED = 50;
/** The notebooks’ seed. */
export const SEED = 2147483647;
/** How many symbols there are. */
export const K = 27;

const words = readFileSync('content/corpora/names.txt', 'utf8').trimEnd().split('\n');
const vocabulary = new Vocabulary(words);
const split = splitWords(words, 42);

const sum = (list: ArrayLike<number>): number => Array.from(list).reduce((total, x) => total + x, 0);
const mean = (list: ArrayLike<number>): number => sum(list) / list.length;
/** The root of the mean square. */
const rms = (list: ArrayLike<number>): number => Math.sqrt(mean(Array.from(list, (x) => x * x)));

type Run = typeof namesRun;

/** The loss on the dev split that a run measured at a step. */
export const devAt = (run: Pick<Run, 'dev'>, step: number): number => run.dev.losses[run.dev.steps.indexOf(step)]!;

/** The step from which on a run’s dev loss stays below that of its bigram table. */
export const belowBigramFrom = ({ dev, baselines }: Pick<Run, 'dev' | 'baselines'>): number =>
  firstBelow(dev, baselines.bigram);
/** The step from which on a dev loss stays below some loss. */
const firstBelow = ({ steps, losses }: Run['dev'], level: number): number =>
  steps[losses.findLastIndex((loss) => loss >= level) + 1]!;

/** The mean of the minibatch losses between two steps, as far as the recorded curve resolves it. */
export const minibatchMean = ({ curve }: Pick<Run, 'curve'>, from: number, to: number): number =>
  mean(curve.values.slice(Math.ceil(from / curve.every), Math.floor(to / curve.every)));

/** “Count what follows every context”: tables of counts over longer and longer contexts. */
const tablesOf = (list: readonly string[]): ContextTable[] => contextTables(list, [1, 2, 3, 4, 5], 42);
const lowest = (list: readonly ContextTable[]): ContextTable =>
  list.reduce((one, other) => (other.dev < one.dev ? other : one));

export const tables = tablesOf(words);
/** “The best of these tables”. */
export const bestTable = lowest(tables);
/** The same for the makemore list, which is not the site’s to ship, and for the dinosaurs. */
export const makemoreTables: readonly ContextTable[] = makemoreTablesRecord.tables;
export const bestMakemoreTable = lowest(makemoreTables);
export const bestDinosaurTable = lowest(
  tablesOf(readFileSync('content/corpora/dinosaurs.txt', 'utf8').trimEnd().split('\n')),
);

/** The step from which on the recorded run stays below the best of the tables. */
export const belowBestFrom = firstBelow(namesRun.dev, bestTable.dev);

/** How many contexts of three characters have no dot after a letter. */
export const threeCharacters = sum([0, 1, 2, 3].map((letters) => (K - 1) ** letters));

/** “A table for three symbols, with two numbers each”: the rows of `.`, `a` and `n`. */
export const TINY_SYMBOLS = ['.', 'a', 'n'];
export const TINY_TABLE = [
  [0.5, -0.3],
  [1.2, 0.4],
  [-0.7, 0.9],
];
/** One-hot of a symbol, and its product with the table, column by column. */
export const oneHot = (symbol: string): number[] => TINY_SYMBOLS.map((each) => Number(each === symbol));
export const embedded = (symbol: string): number[] =>
  [0, 1].map((column) => sum(oneHot(symbol).map((x, row) => x * TINY_TABLE[row]![column]!)));

/** “The context `ana`”: its one-hot rows, three gradients that arrive at its places, and what the table gets of them. */
export const anaRows = [...'ana'].map(oneHot);
export const anaGradients = [
  [0.1, -0.2],
  [0.3, 0.1],
  [0.2, 0.4],
];
export const anaProduct = TINY_SYMBOLS.map((_, symbol) =>
  [0, 1].map((column) => sum(anaRows.map((row, place) => row[symbol]! * anaGradients[place]![column]!))),
);

/** The notebook’s network: its tensors and how many numbers they hold. */
export const network = mlp();
export const tensors = parametersOf(network).map(({ shape }) => ({ shape, size: sizeOf(shape) }));
export const parameters = sum(tensors.map(({ size }) => size));
/** “One more character of context costs …”. */
export const perCharacter = sum(parametersOf(mlp({ block: 4 })).map(({ shape }) => sizeOf(shape))) - parameters;
/** “With six characters of context …”: an exercise. */
export const parametersOfSix = sum(parametersOf(mlp({ block: 6 })).map(({ shape }) => sizeOf(shape)));

/**
 * “Three ways to the same loss”: two logits in single precision, 0 for the target and `gap` for the other, by softmax and then
 * a logarithm, the same with the largest logit taken off, and both in one.
 */
export function threeWays(gap: number): { apart: number; shifted: number; fused: number } {
  const single = Math.fround;
  const twoSteps = (z: readonly number[]) => {
    const powers = z.map((each) => single(Math.exp(each)));
    return single(-Math.log(single(powers[0]! / single(sum(powers)))));
  };
  const largest = Math.max(0, gap);
  const shifted = [0 - largest, gap - largest];
  const total = single(sum(shifted.map((each) => single(Math.exp(each)))));
  return { apart: twoSteps([0, gap]), shifted: twoSteps(shifted), fused: -shifted[0]! + single(Math.log(total)) };
}
/** A loss for a cell of a table, infinite ones too. */
export const lossText = (loss: number): string => (loss === Number.POSITIVE_INFINITY ? '∞' : fixed(loss, 3));

/** The largest number in single precision, and its logarithm: where exp overflows. */
export const LARGEST_SINGLE = (2 - 2 ** -23) * 2 ** 127;
export const SMALLEST_SINGLE = 2 ** -149;

/** “The first minibatch of the makemore list”: what the network makes of it before its first update. */
async function atStart(init: 'notebook' | 'scaled') {
  const net = mlp({ init });
  const initial = initialize(net, new TorchGenerator(SEED));
  const engine = await (await openHost()).open(net, { parameters: initial, buffers: [] });
  const { X0, Y0 } = fixture.raw;
  const examples = { contexts: Int32Array.from(X0.flat()), targets: Int32Array.from(Y0) };
  const { loss, activations } = await engine.inspect(examples, { activations: true });
  engine.dispose();
  const [, , sums, units, logits] = activations.map(({ values }) => values);
  const saturated = units!.filter((h) => Math.abs(h) > 0.97).length / units!.length;
  /** The probability of the likeliest symbol, on average. */
  const certainty = mean(
    Y0.map((_, row) => {
      const z = logits!.subarray(row * K, (row + 1) * K);
      return 1 / sum(z.map((each) => Math.exp(each - Math.max(...z))));
    }),
  );
  return { loss, sums: rms(sums!), saturated, logits: rms(logits!), certainty };
}
export const start = { notebook: await atStart('notebook'), scaled: await atStart('scaled') };

/** “How far is the gradient of a minibatch from the true one?”: measured on the network as it starts. */
export const noise = await (async () => {
  const POOL = 4096;
  const generator = new TorchGenerator(SEED);
  const engine = await (await openHost()).open(network, { parameters: initialize(network, generator), buffers: [] });
  const gradientOf = async (examples: Examples) =>
    (await engine.inspect(examples)).gradients.flatMap((one) => Array.from(one));
  const pool = drawMinibatches(prepareData(words, 3).train, generator, 1, POOL);
  const whole: Windows = { ...pool, count: POOL };
  const full = await gradientOf(whole);
  const length = Math.hypot(...full);
  const rows: { batch: number; rounds: number; noise: number; downhill: number }[] = [];
  for (const [batch, rounds] of [
    [1, 300],
    [8, 100],
    [32, 60],
    [128, 25],
    [512, 10],
  ] as const) {
    const squares: number[] = [];
    let downhill = 0;
    for (let round = 0; round < rounds; round++) {
      const gradient = await gradientOf(drawMinibatches(whole, generator, 1, batch));
      squares.push(sum(gradient.map((g, i) => (g - full[i]!) ** 2)));
      if (sum(gradient.map((g, i) => g * full[i]!)) > 0) downhill += 1;
    }
    rows.push({ batch, rounds, noise: Math.sqrt(mean(squares)), downhill });
  }
  engine.dispose();
  return { pool: POOL, length, rows };
})();
/** “At which batch size are noise and gradient equally long?”: an exercise, from the row of 32. */
export const equalBatch = (() => {
  const { batch, noise: at32 } = noise.rows.find(({ batch }) => batch === 32)!;
  return batch * (at32 / noise.length) ** 2;
})();

/** What PyTorch gets on the makemore list: the dev loss in the end, and the loss after 1,000 steps in both precisions. */
export const pytorch = {
  notebook: fullNotebook.final.dev,
  scaled: fullScaled.final.dev,
  single: fixture.raw.loss_f32['1000'],
  double: fixture.raw.loss_f64['1000'],
};

/** How long the gradient of C is on the first minibatch of the makemore list, by PyTorch. */
export const tableGradient = { notebook: fixture.raw.grads_step0[0]!.l2, scaled: fixture.scaled.grads_step0[0]!.l2 };

/** The sweep as its figure smooths it: at which rate the smoothed loss is lowest, and what it is at others. */
export const sweep = (() => {
  const rates = sweptRates(sweepRun.settings);
  const smooth = movingMean(sweepRun.losses, SMOOTHED);
  const lowest = argmin(smooth)!;
  /** The smoothed loss at a rate. */
  const at = (rate: number) => smooth[rates.findIndex((each) => each >= rate)]!;
  return {
    ...sweepRun.settings,
    factor: rates[1]! / rates[0]!,
    lowest: { rate: rates[lowest]!, loss: smooth[lowest]! },
    at,
    last: smooth.at(-1)!,
    uniform: sweepRun.uniform,
  };
})();

/** The excess of the loss at which noisy descent on a parabola comes to rest: rate · v / (2 (2 − rate · κ)). */
export const excess = (rate: number, curvature: number, variance: number): number =>
  (rate * variance) / (2 * (2 - rate * curvature));
/** “κ = 2, v = 1, a rate of 0.1”: an exercise. */
export const excessExercise = excess(0.1, 2, 1);

/** “the decay at step 100,000”: minibatch and dev losses on both sides of it. */
export const decay = {
  step: namesRun.settings.decay,
  minibatchBefore: minibatchMean(namesRun, 90_000, 100_000),
  minibatchAfter: minibatchMean(namesRun, 101_000, 110_000),
  devBefore: devAt(namesRun, 100_000),
  devAfter: devAt(namesRun, 105_000),
};

/** A run with its lowest dev loss. */
const lowestDev = ({ dev }: Pick<Run, 'dev'>): { step: number; loss: number } => {
  const loss = Math.min(...dev.losses);
  return { step: dev.steps[dev.losses.indexOf(loss)]!, loss };
};
export const dinosaurs = { ...dinosaursRun, lowest: lowestDev(dinosaursRun), beforeDecay: devAt(dinosaursRun, 50_000) };
export const namesLowest = lowestDev(namesRun);
export { makemoreNotebookRun, makemoreRun, namesNotebookRun, namesRun };

/** “Where the characters settle”: distances in the map, and how much two letters’ followers differ. */
export const map = (() => {
  const { symbols, embedding } = embeddingRun;
  const place = (letter: string): [number, number] => {
    const i = symbols.indexOf(letter);
    return [embedding[2 * i]!, embedding[2 * i + 1]!];
  };
  const distance = (a: string, b: string): number => Math.hypot(...place(a).map((x, axis) => x - place(b)[axis]!));
  const followers = bigramProbabilities(countBigrams(split.train, vocabulary), 0);
  const row = (letter: string) => {
    const i = vocabulary.symbols.indexOf(letter);
    return followers.subarray(i * K, (i + 1) * K);
  };
  /** Half the sum of the differences between the two letters’ rows: 0 where the same follows both, 1 where nothing does. */
  const difference = (a: string, b: string): number => sum(row(a).map((p, k) => Math.abs(p - row(b)[k]!))) / 2;
  const letters = symbols.slice(1);
  const pairs = letters
    .flatMap((a, i) => letters.slice(0, i).map((b) => [b, a] as const))
    .map(([a, b]) => ({ a, b, distance: distance(a, b), difference: difference(a, b) }))
    .sort((one, other) => one.distance - other.distance);
  const isVowel = (letter: string) => 'aeiou'.includes(letter);
  const differenceOf = (group: typeof pairs) => mean(group.map((each) => each.difference));
  return {
    ...vowelDistances(embedding, 2, symbols)!,
    pairs,
    /** The letters by their distance from another, the nearest first. */
    neighbors: (letter: string) =>
      letters.filter((each) => each !== letter).sort((a, b) => distance(letter, a) - distance(letter, b)),
    loneliest: [...symbols].sort((a, b) => solitude(b) - solitude(a))[0]!,
    differences: {
      vowels: differenceOf(pairs.filter(({ a, b }) => isVowel(a) && isVowel(b))),
      mixed: differenceOf(pairs.filter(({ a, b }) => isVowel(a) !== isVowel(b))),
      consonants: differenceOf(pairs.filter(({ a, b }) => !isVowel(a) && !isVowel(b))),
      nearer: differenceOf(pairs.slice(0, pairs.length / 2)),
      farther: differenceOf(pairs.slice(pairs.length / 2)),
    },
  };

  /** How far a symbol is from its nearest neighbor. */
  function solitude(symbol: string): number {
    return Math.min(...symbols.filter((each) => each !== symbol).map((each) => distance(symbol, each)));
  }
})();
export { embeddingRun };

/** A row of the tables of sizes: one setting changed. */
export function size(changed: { hidden?: number; embedding?: number; block?: number }) {
  const isDefault = Object.entries(changed).every(
    ([name, value]) => namesRun.settings[name as 'hidden' | 'embedding' | 'block'] === value,
  );
  const wanted = JSON.stringify(isDefault ? {} : changed);
  const run = sizesRun.runs.find((each) => JSON.stringify(each.changed) === wanted);
  if (!run) throw new Error(`There is no recorded run with ${wanted}.`);
  return { parameters: run.parameters, ...run.final };
}
export const sizesSteps = sizesRun.steps;
export const sizesDecay = sizesRun.decay;

/** “Five names of each”: those of the recorded run, and five that the bigram table draws with the same random numbers. */
export const drawn = (() => {
  const table = bigramProbabilities(countBigrams(split.train, vocabulary), 1);
  const generator = new TorchGenerator(SEED + 10);
  const row = (before: number) => Float32Array.from(table.subarray(before * K, (before + 1) * K));
  const bigram = Array.from({ length: namesRun.samples.length }, () =>
    vocabulary.decode(sampleWord(row, generator, 'exponential').slice(0, -1)),
  );
  return { network: namesRun.samples, bigram };
})();

/** The targets of a name of the dev split on average, its closing dot included. */
export const charactersPerName = namesRun.counts.dev / split.dev.length;
/** How many times as probable as to the bigram table such a name is to the network. */
export const timesAsProbable = Math.exp(charactersPerName * (namesRun.baselines.bigram - namesRun.final.dev));
/** … and as to the best of the tables. */
export const timesAsProbableAsBest = Math.exp(charactersPerName * (bestTable.dev - namesRun.final.dev));
/** “A name of nine letters”: an exercise, for the dinosaurs’ lowest dev loss and for their last. */
export const dinosaurRatio = Math.exp(10 * (dinosaursRun.baselines.bigram - dinosaurs.lowest.loss));
export const dinosaurRatioInTheEnd = Math.exp(10 * (dinosaursRun.baselines.bigram - dinosaursRun.final.dev));
/** “at x = 5 the slope is …”: an exercise. */
export const [lossAtFive, slopeAtFive] = (() => {
  const x = new Value(5);
  const loss = x.tanh().neg().exp().add(1).log();
  loss.backward();
  return [loss.data, x.grad];
})();

/** The lists as the runs saw them: examples to learn from, and the losses in the end. */
export const gaps = [
  { name: 'dinosaurs', run: dinosaursRun },
  { name: 'names', run: namesRun },
  { name: 'makemore', run: makemoreRun },
].map(({ name, run }) => ({ name, words: run.counts.words, examples: run.counts.train, ...run.final }));
