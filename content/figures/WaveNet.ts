/**
 * What the sentences of content/posts/WaveNet.mdx quote, computed by the code that the post is about, or taken from the recorded
 * runs. What the sentences say of these numbers beyond their digits is tested beside this file.
 */
import { readFileSync } from 'node:fs';
import torchLarge from '../../reference/fixtures/full_wavenet.json' with { type: 'json' };
import torchSizes from '../../reference/fixtures/wavenet_sizes.json' with { type: 'json' };
import { evaluateConvolution, evaluateTrees } from '../../src/engines/causal-convolution.ts';
import type { Examples, NetworkState } from '../../src/engines/engine.ts';
import { simdHost } from '../../src/engines/simd/host.ts';
import {
  buffersOf,
  countParameters,
  mlp,
  type Network,
  outputShapes,
  parametersOf,
  sizeOf,
  waveNet,
} from '../../src/networks/index.ts';
import type { WaveNetOptions } from '../../src/networks/wave-net.ts';
import type { TorchGenerator } from '../../src/random/index.ts';
import { type ContextTable, contextTables } from '../../src/text/context-counts.ts';
import { splitWords, Vocabulary, windows } from '../../src/text/index.ts';
import { batchNormTable } from '../../src/training/batchnorm/settings.ts';
import { fromSafetensors } from '../../src/training/export/safetensors.ts';
import { drawMinibatches, prepareData } from '../../src/training/language-model/data.ts';
import { drawInitial } from '../../src/training/language-model/initial.ts';
import { sampleWords } from '../../src/training/language-model/sample.ts';
import { SAMPLES } from '../../src/training/language-model/settings.ts';
import { writeLink } from '../../src/training/link.ts';
import { mlpTrainingTable } from '../../src/training/mlp/settings.ts';
import { defaultsOf, type SettingsOf, type SettingsTable } from '../../src/training/settings.ts';
import { type Predicted, predict, receptiveFieldTable } from '../../src/training/wavenet/receptive-field.ts';
import { waveNetTable } from '../../src/training/wavenet/settings.ts';
import mlpNormNames from '../runs/batchnorm-mlp.json' with { type: 'json' };
import mlpNormMakemore from '../runs/batchnorm-mlp-makemore.json' with { type: 'json' };
import deepNames from '../runs/deep-batchnorm.json' with { type: 'json' };
import deepMakemore from '../runs/deep-batchnorm-makemore.json' with { type: 'json' };
import manualNames from '../runs/manual-mlp.json' with { type: 'json' };
import manualMakemore from '../runs/manual-mlp-makemore.json' with { type: 'json' };
import mlpNames from '../runs/mlp.json' with { type: 'json' };
import mlpMakemore from '../runs/mlp-makemore.json' with { type: 'json' };
import mlpRawMakemore from '../runs/mlp-makemore-notebook.json' with { type: 'json' };
import makemoreTablesRecord from '../runs/mlp-makemore-tables.json' with { type: 'json' };
import mlpRawNames from '../runs/mlp-notebook.json' with { type: 'json' };
import largeNames from '../runs/wavenet.json' with { type: 'json' };
import mistakenNames from '../runs/wavenet-batch-only.json' with { type: 'json' };
import mistakenMakemore from '../runs/wavenet-batch-only-makemore.json' with { type: 'json' };
import flatNames from '../runs/wavenet-flat.json' with { type: 'json' };
import flatMakemore from '../runs/wavenet-flat-makemore.json' with { type: 'json' };
import largeMakemore from '../runs/wavenet-makemore.json' with { type: 'json' };
import pairsNames from '../runs/wavenet-pairs.json' with { type: 'json' };
import pairsMakemore from '../runs/wavenet-pairs-makemore.json' with { type: 'json' };
import stoppedNames from '../runs/wavenet-stopped.json' with { type: 'json' };

/** The list of the site, and how it is cut. */
const words = readFileSync('content/corpora/names.txt', 'utf8').trimEnd().split('\n');
const vocabulary = new Vocabulary(words);
const split = splitWords(words, 42);
/** How many symbols there are, and how many characters the networks of this post see. */
export const K = vocabulary.size;
export const BLOCK = 8;
export const BATCH = largeMakemore.settings.batch;

const sum = (list: ArrayLike<number>): number => Array.from(list).reduce((total, x) => total + x, 0);

/** The runs of the two lists, by what is joined in them. `short` is the MLP with BatchNorm, which sees three characters. */
export const makemore = {
  short: mlpNormMakemore,
  flat: flatMakemore,
  mistaken: mistakenMakemore,
  pairs: pairsMakemore,
  large: largeMakemore,
};
export const names = {
  short: mlpNormNames,
  flat: flatNames,
  mistaken: mistakenNames,
  pairs: pairsNames,
  large: largeNames,
  stopped: stoppedNames,
};
/** The log at the end of makemore’s fifth notebook: dev losses of its own runs, to three digits. */
export const notebook = {
  flat: 2.027,
  mistaken: 2.029,
  pairs: 2.022,
  large: 1.993,
};

/** The networks of the post. */
export const large = waveNet();
const SMALL = { embedding: 10, hidden: 68 };
const FLAT = { embedding: 10, hidden: 200, join: 'all' } as const;
export const pairs = waveNet(SMALL);
export const flat = waveNet(FLAT);
export const mistaken = waveNet({ ...SMALL, over: 'batch' });
export const sizesOf = { large: { embedding: 24, hidden: 128 }, pairs: SMALL, flat: FLAT };

/** Weights that were kept: the large one after all its steps on the list of the site, the one that stopped, and the MLP. */
const weightsOf = (name: string, network: Network): NetworkState =>
  fromSafetensors(readFileSync(`content/runs/${name}.safetensors`), network);
export const trained = { network: large, state: weightsOf('wavenet', large), block: BLOCK };
export const stopped = { network: large, state: weightsOf('wavenet-stopped', large), block: BLOCK };
const shortMlp = mlp();
export const remembersThree = { network: shortMlp, state: weightsOf('mlp', shortMlp), block: 3 };
type Model = typeof trained;

/** The last symbols of a beginning, with dots before it where it is too short. */
export const contextOf = (beginning: string, block: number): Int32Array =>
  Int32Array.from([...new Array<number>(block).fill(0), ...vocabulary.encode(beginning)].slice(-block));

const softmax = (logits: ArrayLike<number>): number[] => {
  const most = Math.max(...Array.from(logits));
  const powers = Array.from(logits, (z) => Math.exp(z - most));
  const total = sum(powers);
  return powers.map((x) => x / total);
};
/** The probability of a symbol after the beginning of a name. */
export const probability = ({ network, state, block }: Model, beginning: string, next: string): number =>
  softmax(evaluateTrees(network, state, contextOf(beginning, block)).logits)[vocabulary.symbols.indexOf(next)]!;

/** “After `suk`”: two names of the dev split. */
export const opening = (() => {
  const [over, goesOn] = ['yongsuk', 'ryosuk'];
  const asked = (model: Model) => ({
    over: { dot: probability(model, over, '.'), e: probability(model, over, 'e') },
    goesOn: { dot: probability(model, goesOn, '.'), e: probability(model, goesOn, 'e') },
  });
  return {
    over,
    goesOn,
    names: [over, `${goesOn}e`],
    eight: asked(trained),
    three: asked(remembersThree),
    stopped: asked(stopped),
  };
})();

/** What the opening figure shows before anyone runs the network, with as many digits as it prints. */
export const ryosuke: Predicted = (() => {
  const predicted = predict(trained.state, defaultsOf(receptiveFieldTable).word);
  const rounded = (shares: ArrayLike<number>) => Array.from(shares, (x) => Number(x.toPrecision(5)));
  return { ...predicted, probabilities: predicted.probabilities.map(rounded) };
})();

/** “Where the pairs are cut”: the context after a beginning, two characters at a time from its end. */
export const cut = (beginning: string): string[] => {
  const context = vocabulary.decode(contextOf(beginning, BLOCK));
  return Array.from({ length: BLOCK / 2 }, (_, i) => context.slice(2 * i, 2 * i + 2));
};

/** How much of a name a context shows, and how much can be counted: for the train split of the list. */
export const tables = contextTables(words, [1, 2, 3, BLOCK], 42);
const tableOf = (block: number): ContextTable => tables.find((each) => each.block === block)!;
export const countedOfThree = tableOf(3);
export const countedOfEight = tableOf(BLOCK);
const examplesOf = (block: number) => windows(split.train, vocabulary, block);
/** The share of the examples whose name so far has at most `block` letters. */
export function wholeBeginning(block: number): number {
  const within = split.train.flatMap((word) => Array.from({ length: word.length + 1 }, (_, i) => i <= block));
  return within.filter(Boolean).length / within.length;
}

/** A network layer by layer: what leaves it for a minibatch, and its parameters. */
export function layersOf(network: Network, batch = BATCH, block = BLOCK) {
  const shapes = outputShapes(network, batch, block);
  return network.map(({ kind }, i) => ({
    kind,
    shape: shapes[i]!,
    parameters: sum(
      parametersOf(network)
        .filter(({ layer }) => layer === i)
        .map(({ shape }) => sizeOf(shape)),
    ),
  }));
}
export const layers = layersOf(large);
/** The parameters of a network, summed up by what they are: table, linear layers in their order, BatchNorm, last bias. */
export function partsOf(network: Network) {
  const of = (kind: string) => layersOf(network).flatMap((layer) => (layer.kind === kind ? [layer.parameters] : []));
  const [table, linear, norms] = [of('Embedding'), of('Linear'), of('BatchNorm1d')];
  return {
    table: table[0]!,
    first: linear[0]!,
    later: linear.slice(1, -1),
    norms: sum(norms),
    last: linear.at(-1)! - K,
    bias: K,
    all: countParameters(network),
  };
}
export const partsOfFlat = partsOf(flat);
export const partsOfPairs = partsOf(pairs);
export const shapeText = (shape: readonly number[]): string => `(${shape.join(', ')})`;
/** What one more character of context costs the flat network. */
export const perCharacter = FLAT.embedding * FLAT.hidden;
/** Parameters of the two networks for longer and longer contexts. */
export const growth = [3, 4, 5, 6, 10].map((levels) => ({
  block: 2 ** levels,
  levels,
  flat: countParameters(waveNet({ ...FLAT, levels })),
  pairs: countParameters(waveNet({ ...SMALL, levels })),
}));
/** What doubling the context adds to the tree. */
export const perLevel = growth[1]!.pairs - growth[0]!.pairs;
/** “A flat network that sees sixteen”: an exercise. */
export const flatExercise = growth.find(({ block }) => block === 16)!.flat;

/** “What is behind each mean”: the numbers that are averaged after each level, and how many means are kept. */
export const behindMean = {
  right: layers.filter(({ kind }) => kind === 'BatchNorm1d').map(({ shape }) => sizeOf(shape.slice(0, -1))),
  mistaken: BATCH,
  meansRight: meansOf(pairs),
  meansMistaken: meansOf(mistaken),
};
function meansOf(network: Network): number {
  return sum(
    buffersOf(network)
      .filter(({ name }) => name === 'running_mean')
      .map(({ shape }) => sizeOf(shape)),
  );
}
/** “A context of sixteen: behind each mean after the second level”: an exercise. */
export const meanExercise = sizeOf(
  layersOf(waveNet({ levels: 4 }), BATCH, 16)
    .filter(({ kind }) => kind === 'BatchNorm1d')[1]!
    .shape.slice(0, -1),
);
/** In which share of the examples each pair of the context holds dots and nothing else. */
export const onlyDots = (() => {
  const { contexts, count } = examplesOf(BLOCK);
  return Array.from({ length: BLOCK / 2 }, (_, pair) => {
    let empty = 0;
    for (let i = 0; i < count; i++) {
      const at = i * BLOCK + 2 * pair;
      if (contexts[at] === 0 && contexts[at + 1] === 0) empty += 1;
    }
    return empty / count;
  });
})();
/** How many examples of a minibatch have a letter in the first pair, on average, and how often `count` of them have one. */
export const lettersInFirst = BATCH * (1 - onlyDots[0]!);
export function lettersInFirstAre(count: number): number {
  let ways = 1;
  for (let i = 0; i < count; i++) ways *= (BATCH - i) / (i + 1);
  return ways * (1 - onlyDots[0]!) ** count * onlyDots[0]! ** (BATCH - count);
}

/** “16,000 samples a second, dilations from 1 to 512”: an exercise, in milliseconds. */
export const DILATIONS = Array.from({ length: 10 }, (_, i) => 2 ** i);
export const reach = 1 + sum(DILATIONS);
export const reachExercise = (1000 * reach) / 16_000;

/** Joins for a context as a tree, and for a position of a text, at some number of levels. */
export const joins = (levels: number) => ({ tree: 2 ** levels - 1, convolution: levels });
/** “With a context of sixteen, by what factor”: an exercise. */
export const joinsExercise = joins(4).tree / joins(4).convolution;

/** A text in both orders: multiplications, and the largest difference of the logits. */
export function work({ network, state, block }: Model, symbols: Int32Array) {
  const places = symbols.length - block + 1;
  const contexts = Int32Array.from({ length: places * block }, (_, i) => symbols[Math.floor(i / block) + (i % block)]!);
  const [trees, convolution] = [evaluateTrees(network, state, contexts), evaluateConvolution(network, state, symbols)];
  return {
    places,
    trees: trees.multiplications,
    convolution: convolution.multiplications,
    difference: trees.logits.reduce((most, x, i) => Math.max(most, Math.abs(x - convolution.logits[i]!)), 0),
  };
}
/** A name of twelve letters with the dots before it, and the first thousand characters of the train split, one dot after each name. */
export const twelve = 'purificacion';
const LONG = 1000;
export const workOfName = work(
  trained,
  Int32Array.from([...new Array<number>(BLOCK).fill(0), ...vocabulary.encode(twelve)]),
);
export const workOfText = work(
  trained,
  Int32Array.from(split.train.flatMap((word) => [...vocabulary.encode(word), 0]).slice(0, LONG)),
);
export const textLength = LONG;
/** What each costs: a join of the first level, one of a later level, the logits; the tree, and a position of a long text. */
export function costs({ symbols = K, embedding = 24, hidden = 128, levels = 3 }: WaveNetOptions) {
  const [first, later, logits] = [2 * embedding * hidden, 2 * hidden * hidden, hidden * symbols];
  const joined = 2 ** (levels - 1);
  return {
    first,
    later,
    logits,
    tree: joined * first + (joined - 1) * later + logits,
    convolution: first + (levels - 1) * later + logits,
  };
}
export const largeCosts = costs(sizesOf.large);
export const pairsCosts = costs(sizesOf.pairs);
export const flatCost = BLOCK * FLAT.embedding * FLAT.hidden + FLAT.hidden * K;

/** The step at which a run’s dev loss was lowest. */
export const lowest = ({ dev }: { dev: { steps: number[]; losses: number[] } }): { step: number; loss: number } => {
  const loss = Math.min(...dev.losses);
  return { step: dev.steps[dev.losses.indexOf(loss)]!, loss };
};
export const devAt = ({ dev }: { dev: { steps: number[]; losses: number[] } }, step: number): number =>
  dev.losses[dev.steps.indexOf(step)]!;
/** Train examples for each parameter. */
export const examplesPerParameter = (run: { counts: { train: number }; parameters: number }): number =>
  run.counts.train / run.parameters;

/** PyTorch’s runs of the four networks on the makemore list: what they end with, and the largest difference from ours. */
type Losses = { train: number; dev: number; test: number };
const SPLITS = ['train', 'dev', 'test'] as const;
const beside = (theirs: Losses, ours: Final) => {
  const apart = { train: 0, dev: 0, test: 0 };
  for (const each of SPLITS) apart[each] = Math.abs(theirs[each] - ours.final[each]);
  return { ...theirs, apart, difference: Math.max(apart.train, apart.dev, apart.test) };
};
export const pytorch = {
  flat: beside(torchSizes.flat.final, makemore.flat),
  pairs: beside(torchSizes.pairs.final, makemore.pairs),
  mistaken: beside(torchSizes.batch_only.final, makemore.mistaken),
  large: beside(torchLarge.final, makemore.large),
};

/** By how much the tree is ahead of the flat network, on both lists and both splits; and of the tree with the mistake. */
type Final = { final: Losses };
const ahead = (one: Final, other: Final) => ({
  train: other.final.train - one.final.train,
  dev: other.final.dev - one.final.dev,
  test: other.final.test - one.final.test,
});
export const gains = {
  context: ahead(makemore.flat, makemore.short),
  contextNames: ahead(names.flat, names.short),
  pairs: ahead(makemore.pairs, makemore.flat),
  pairsNames: ahead(names.pairs, names.flat),
  axes: ahead(makemore.pairs, makemore.mistaken),
  axesNames: ahead(names.pairs, names.mistaken),
  large: ahead(makemore.large, makemore.pairs),
  stopped: ahead(names.stopped, names.large),
};
/** By how much the notebook’s tree is ahead of its flat network. */
export const notebookGain = notebook.flat - notebook.pairs;
/** How far its flat network ended below the one of this site. */
export const notebookApart = makemore.flat.final.dev - notebook.flat;

const kernels = new WebAssembly.Module(readFileSync('src/engines/simd/kernels.wasm'));
/** On the project’s kernels, since the build waits for it. */
const open = (network: Network, state: NetworkState) => simdHost(kernels).open(network, state);

/** Minibatches of which at least so many examples have a letter in the first pair, drawn until there are enough. */
function minibatchesWith(atLeast: number, steps: number, generator: TorchGenerator): Examples {
  const { train } = prepareData(words, BLOCK);
  const kept: Examples[] = [];
  while (kept.length < steps) {
    const drawn = drawMinibatches(train, generator, 1, BATCH);
    const letters = drawn.targets.filter((_, i) => drawn.contexts[i * BLOCK] || drawn.contexts[i * BLOCK + 1]).length;
    if (letters >= atLeast) kept.push(drawn);
  }
  return {
    contexts: Int32Array.from(kept.flatMap(({ contexts }) => Array.from(contexts))),
    targets: Int32Array.from(kept.flatMap(({ targets }) => Array.from(targets))),
  };
}
/**
 * What becomes of a rounding error: the minibatch losses of two runs on the list of the site, one of which begins with a
 * single weight moved in its last digit; the largest difference among the last ten.
 */
export async function apartAfter(steps: number, network: Network, atLeast = 0): Promise<number> {
  const { generator, state } = drawInitial(network, names.pairs.settings.seed);
  const minibatches = {
    ...minibatchesWith(atLeast, steps, generator),
    rates: new Float32Array(steps).fill(names.pairs.settings.rate),
  };
  const place = parametersOf(network).findIndex(({ layer }) => network[layer]!.kind === 'Linear');
  const nudged = state.parameters.map((each) => each.slice());
  nudged[place]![0]! *= 1 + 2 ** -23;
  const losses: Float32Array[] = [];
  for (const parameters of [state.parameters, nudged]) {
    const engine = await open(network, { ...state, parameters });
    losses.push(await engine.train(minibatches));
    engine.dispose();
  }
  const differences = losses[0]!.map((loss, i) => Math.abs(loss - losses[1]![i]!));
  return Math.max(...differences.slice(-10));
}
export const ROUNDING_STEPS = 1000;
/** Fewer letters than these in the first pair are too few. */
export const ENOUGH = 3;
export const rounding = {
  right: await apartAfter(ROUNDING_STEPS, pairs),
  mistaken: await apartAfter(ROUNDING_STEPS, mistaken),
  mistakenWithout: await apartAfter(ROUNDING_STEPS, mistaken, ENOUGH),
};

/** The probability that a model gives to each target of the dev split, and the mean loss of each name. */
export async function onDev({ network, state, block }: Model) {
  const examples = windows(split.dev, vocabulary, block);
  const engine = await open(network, state);
  const logits = await engine.logits(examples.contexts);
  engine.dispose();
  const probabilities = Array.from(
    examples.targets,
    (target, i) => softmax(logits.subarray(i * K, (i + 1) * K))[target]!,
  );
  const losses = probabilities.map((p) => -Math.log(p));
  let at = 0;
  const byName = split.dev.map(({ length }) => {
    const own = losses.slice(at, at + length + 1);
    at += length + 1;
    return { sum: sum(own), count: own.length };
  });
  return { probabilities, loss: sum(losses) / losses.length, byName };
}
/** How far the mean loss would be off with other names: its standard error, name by name. */
export function standardError({ byName, loss }: Awaited<ReturnType<typeof onDev>>): number {
  const mean = sum(byName.map(({ count }) => count)) / byName.length;
  const squares = sum(byName.map(({ sum: own, count }) => (own - loss * count) ** 2));
  return Math.sqrt(squares / (byName.length - 1) / byName.length) / mean;
}
const shareOf = (probabilities: readonly number[], test: (p: number) => boolean): number =>
  probabilities.filter(test).length / probabilities.length;
/** “Surer, and more often badly wrong”: targets that got more than nine tenths, and less than a hundredth. */
export const sureness = await (async () => {
  const [long, short] = [await onDev(trained), await onDev(stopped)];
  const told = ({ probabilities, loss }: typeof long) => ({
    loss,
    sure: shareOf(probabilities, (p) => p > 0.9),
    wrong: shareOf(probabilities, (p) => p < 0.01),
    costOfWrong: sum(probabilities.filter((p) => p < 0.01).map((p) => -Math.log(p))) / probabilities.length,
  });
  return { long: told(long), short: told(short), error: standardError(short) };
})();
export const devNames = split.dev.length;

/** What the large network draws before its first step and after some, on the list of the site: the run of the figure. */
export const EARLY = 1000;
export const drawn = await (async () => {
  const { seed, batch, rate } = largeNames.settings;
  const { train, symbols } = prepareData(words, BLOCK);
  const { generator, state } = drawInitial(large, seed);
  const engine = await open(large, state);
  const five = () => sampleWords(engine, symbols, BLOCK, seed, SAMPLES);
  const untrained = await five();
  const examples: Examples = drawMinibatches(train, generator, EARLY, batch);
  await engine.train({ ...examples, rates: new Float32Array(EARLY).fill(rate) });
  const early = await five();
  engine.dispose();
  return { untrained, early, late: stoppedNames.samples };
})();

/** A model of the series: how large it is, and how well it predicts. */
export interface Point {
  readonly label: string;
  readonly parameters: number;
  /** 0 for a table of counts. */
  readonly steps: number;
  readonly dev: number;
  /** From one post to another. */
  readonly href?: string;
}
const BLOG = 'https://omagrawal.tech/blog/';
/** The address of a figure, and its run where it can replay it, as the posts write it to each other. */
function link<T extends SettingsTable>(post: string, id: string, table: T, settings: object): string {
  const all = { ...defaultsOf(table), ...settings } as SettingsOf<T>;
  return writeLink(`${BLOG}${post}.html`, id, table, all).slice(BLOG.length);
}
type Recorded = Final & { settings: object; parameters: number; step: number };
const point = (label: string, { parameters, step, final }: Recorded, href: string): Point => ({
  label,
  parameters,
  steps: step,
  dev: final.dev,
  href,
});
const ofMlp = (label: string, run: Recorded) =>
  point(label, run, link('MLPLanguageModel', 'mlp-training', mlpTrainingTable, run.settings));
const ofBatchNorm = (label: string, run: Recorded) =>
  point(label, run, link('BatchNorm', 'batchnorm-training', batchNormTable, run.settings));
const byHand = (run: Recorded) =>
  point('MLP with BatchNorm, fourth notebook', run, 'ManualBackProp.html#manual-training');
const ofWave = (label: string, run: Recorded) =>
  point(label, run, link('WaveNet', 'wavenet-training', waveNetTable, run.settings));
/** The numbers of a table’s rows that hold a count. */
const counted = (label: string, { seen, dev }: Pick<ContextTable, 'seen' | 'dev'>, href: string): Point => ({
  label,
  parameters: seen * K,
  steps: 0,
  dev,
  href,
});
const best = (list: readonly ContextTable[]): ContextTable =>
  list.reduce((one, other) => (other.dev < one.dev ? other : one));
export const bestTables = { makemore: best(makemoreTablesRecord.tables), names: best(tables) };

/** Every model of the series that ran to its end, in the order of the posts. */
export const journey: { readonly makemore: Point[]; readonly names: Point[] } = {
  makemore: [
    counted('table of pairs', makemoreTablesRecord.tables[0]!, 'BigramLM.html'),
    counted(`table, ${bestTables.makemore.block} characters`, bestTables.makemore, 'MLPLanguageModel.html'),
    ofMlp('MLP as drawn', mlpRawMakemore),
    ofMlp('MLP scaled', mlpMakemore),
    ofBatchNorm('MLP with BatchNorm', mlpNormMakemore),
    ofBatchNorm('five layers with BatchNorm', deepMakemore),
    byHand(manualMakemore),
    ofWave('eight characters at once', flatMakemore),
    ofWave('eight by pairs', pairsMakemore),
    ofWave('eight by pairs, large', largeMakemore),
  ],
  names: [
    counted('table of pairs', tableOf(1), 'BigramLM.html'),
    counted(`table, ${bestTables.names.block} characters`, bestTables.names, 'MLPLanguageModel.html'),
    ofMlp('MLP as drawn', mlpRawNames),
    ofMlp('MLP scaled', mlpNames),
    ofBatchNorm('MLP with BatchNorm', mlpNormNames),
    ofBatchNorm('five layers with BatchNorm', deepNames),
    byHand(manualNames),
    ofWave('eight characters at once', flatNames),
    ofWave('eight by pairs', pairsNames),
    ofWave('eight by pairs, large', largeNames),
    ofWave('the large one, stopped', stoppedNames),
  ],
};
export const pointOf = (list: readonly Point[], label: string): Point => {
  const found = list.find((each) => each.label === label);
  if (!found) throw new Error(`The series has no model “${label}”.`);
  return found;
};
