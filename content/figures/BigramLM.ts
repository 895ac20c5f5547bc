/**
 * What the sentences of content/posts/BigramLM.mdx quote, computed by the code that the post is about. What the sentences
 * say of these numbers beyond their digits is tested beside this file.
 *
 * Figures about the 32,033 names of makemore rest on the counts in reference/fixtures/bigram.json, which PyTorch made. The
 * names themselves are not needed.
 */
import reference from '../../reference/fixtures/bigram.json' with { type: 'json' };
import { TorchGenerator } from '../../src/random/index.ts';
import { MersenneTwister } from '../../src/random/mersenne-twister.ts';
import { type BigramCounts, bigramProbabilities, countBigrams, meanNll, sampleWord } from '../../src/text/bigram.ts';
import { Vocabulary } from '../../src/text/vocabulary.ts';
import { descend, softmaxRows } from '../../src/training/bigram/descent.ts';

/** “a list of six names”: short enough for every count to be checked by eye. */
export const names = ['anna', 'ann', 'dan', 'ada', 'hanna', 'dana'];

const vocabulary = new Vocabulary(names);
export const tiny = countBigrams(names, vocabulary);

/** The makemore list as PyTorch counted it. Its symbols are “.” and a to z. */
export const makemore: BigramCounts = {
  counts: Int32Array.from(reference.counts.flat()),
  size: reference.letters.length + 1,
  total: reference.n_bigrams,
};
export const makemoreNames = reference.n_names;
const makemoreSymbols = `.${reference.letters}`;

const sum = (list: ArrayLike<number>): number => Array.from(list).reduce((total, x) => total + x, 0);
const rowOf = <T extends Int32Array | Float64Array>(table: T, row: number, size: number): T =>
  table.subarray(row * size, (row + 1) * size) as T;

/** A pair as its place in the table of a list: `an` is row a, column n. */
const place = (pair: string, symbols: readonly string[]): number => {
  const [before, after] = [...pair].map((symbol) => symbols.indexOf(symbol)) as [number, number];
  return before * symbols.length + after;
};
const tinyPlace = (pair: string): number => place(pair, vocabulary.symbols);
const makemorePlace = (pair: string): number => place(pair, [...makemoreSymbols]);

/** A cell of the table of counts, and the same divided by its row’s sum. */
export const count = (pair: string): number => tiny.counts[tinyPlace(pair)]!;
export const probability = (pair: string, smoothing = 0): number =>
  bigramProbabilities(tiny, smoothing)[tinyPlace(pair)]!;
/** The sum of a row of the table. */
export const rowTotal = (letter: string): number =>
  sum(rowOf(tiny.counts, vocabulary.symbols.indexOf(letter), tiny.size));

/** “The row of `a`, added up from the left”: where the stretch of each symbol ends. */
export const runningSums = vocabulary.symbols.map((_, last) =>
  sum(vocabulary.symbols.slice(0, last + 1).map((symbol) => probability(`a${symbol}`))),
);

const smoothed = bigramProbabilities(makemore, 1);

/** “the seed …”: the notebook’s. */
export const SEED = 2147483647;

/** “goes on to …”: the five names of the notebook, drawn from the makemore counts plus one by the cumulative rule. */
export const notebookNames = (() => {
  const generator = new TorchGenerator(SEED);
  return Array.from({ length: 5 }, () =>
    sampleWord((before) => rowOf(smoothed, before, makemore.size), generator, 'cumulative')
      .map((index) => makemoreSymbols[index])
      .join(''),
  );
})();

/** “The first four numbers from the seed …, and what each list makes of them”: the uniform numbers behind two draws. */
export const draws = (() => {
  const ours = bigramProbabilities(tiny, 0);
  const ourLetters = vocabulary.decode(
    sampleWord((before) => rowOf(ours, before, tiny.size), new TorchGenerator(SEED), 'cumulative'),
  );
  const theirs = notebookNames[0]!;
  const words = new MersenneTwister(SEED);
  return Array.from({ length: theirs.length }, (_, i) => {
    const [high, low] = [words.next(), words.next()];
    return { u: ((high & 0x1fffff) * 2 ** 32 + low) / 2 ** 53, ours: ourLetters[i]!, theirs: theirs[i]! };
  });
})();

/** What the six names’ model makes of a word: its pairs, and their probabilities multiplied. */
export function score(word: string, smoothing = 0): { probabilities: number[]; likelihood: number; nll: number } {
  const path = `.${word}.`;
  const probabilities = Array.from({ length: word.length + 1 }, (_, i) => probability(path.slice(i, i + 2), smoothing));
  const likelihood = probabilities.reduce((product, p) => product * p, 1);
  return { probabilities, likelihood, nll: sum(probabilities.map((p) => -Math.log(p))) };
}

/** The losses of both lists: counted, with one count added, and with all symbols alike. */
export const losses = {
  tiny: meanNll(tiny, bigramProbabilities(tiny, 0)),
  tinyPlusOne: meanNll(tiny, bigramProbabilities(tiny, 1)),
  tinyUniform: Math.log(tiny.size),
  makemore: reference.mean_nll_unsmoothed,
  makemorePlusOne: reference.mean_nll_plus1,
  uniform: Math.log(makemore.size),
};

/** “The likelihood of the whole list is about 10 to the power of …”. */
export const likelihoodExponent = -(losses.makemore * makemore.total) / Math.LN10;

/** “… of the … pairs never occur”, in both lists. */
export const zeros = {
  tiny: tiny.counts.filter((each) => each === 0).length,
  makemore: makemore.counts.filter((each) => each === 0).length,
};

/** The weight that a row of n counts keeps when `smoothing` is added to each: n / (n + k K). */
export const keeps = (n: number, smoothing: number, size: number): number => n / (n + smoothing * size);

/** How often a letter of makemore comes before another. */
export const makemoreRow = (letter: string): number =>
  sum(rowOf(makemore.counts, makemoreSymbols.indexOf(letter), makemore.size));
export const makemoreCount = (pair: string): number => makemore.counts[makemorePlace(pair)]!;
export const makemoreProbability = (pair: string, smoothing: number): number =>
  bigramProbabilities(makemore, smoothing)[makemorePlace(pair)]!;

/** “With all weights 0 … the row of `a`”: what the model expects, what it saw, and 28 times the slope, per symbol. */
export const firstSlopes = (() => {
  const weights = new Float64Array(tiny.size ** 2);
  descend(tiny, weights, 1);
  return vocabulary.symbols.map((symbol) => ({
    expected: rowTotal('a') / tiny.size,
    seen: count(`a${symbol}`),
    slope: -weights[tinyPlace(`a${symbol}`)]!,
  }));
})();

/** “Trained on the six names … at a rate of 5”: after so many updates from W = 0, without a penalty. */
export const descent = (() => {
  const weights = new Float64Array(tiny.size ** 2);
  const marks = [0, 10, 100, 1000, 10000];
  return Array.from({ length: marks.at(-1)! + 1 }, (_, updates) => {
    if (updates > 0) descend(tiny, weights, 5);
    if (!marks.includes(updates)) return [];
    const p = softmaxRows(weights);
    const [seen, never] = [tinyPlace('an'), tinyPlace('aa')];
    return [
      {
        updates,
        excess: meanNll(tiny, p) - losses.tiny,
        seen: p[seen]!,
        never: p[never]!,
        logit: weights[never]!,
      },
    ];
  }).flat();
})();

/** The notebook’s penalty and rate. */
export const LAMBDA = reference.neural.reg;
export const RATE = reference.neural.lr;

const notebookWeights = (): Float64Array =>
  Float64Array.from(new TorchGenerator(SEED).randn(makemore.size ** 2, { arithmetic: 'libm' }));

const meanSquare = (weights: Float64Array): number => sum(weights.map((w) => w * w)) / weights.length;

/** The notebook’s training on the makemore counts at another rate: the loss with its penalty before each update, and W. */
export function train(rate: number, updates = 100): { loss: number[]; weights: Float64Array } {
  const weights = notebookWeights();
  const loss = Array.from({ length: updates + 1 }, (_, update) => {
    if (update > 0) descend(makemore, weights, rate, LAMBDA);
    return meanNll(makemore, softmaxRows(weights)) + LAMBDA * meanSquare(weights);
  });
  return { loss, weights };
}

const notebookRun = train(RATE);

/** The losses of the notebook’s training, from PyTorch: “updates 0, 1, 10, 50, 100”. */
export const recorded = ([0, 1, 10, 50, 100] as const).map((updates) => ({
  updates,
  loss: reference.neural.loss_f64[`${updates}`],
  nll: reference.neural.dataloss_f32[`${updates}`],
}));

/** “After 100 updates it gives …”: a pair of letters in the notebook’s run. */
export const trained = (pair: string): number => softmaxRows(notebookRun.weights)[makemorePlace(pair)]!;

/** “At twice the rate …”. */
export const doubled = (() => {
  const { loss } = train(2 * RATE);
  return { loss: loss.at(-1)!, rises: loss.filter((each, i) => i > 0 && each > loss[i - 1]!).length };
})();

/** The largest curvature of the loss within a row, (nᵢ/n) · max Var(d) over directions of length 1, by power iteration. */
export function curvature(letter: string): number {
  const index = makemoreSymbols.indexOf(letter);
  const p = rowOf(bigramProbabilities(makemore, 0), index, makemore.size);
  let direction = Float64Array.from(p, (_, k) => Math.sin(k + 1));
  let size = 0;
  for (let round = 0; round < 500; round++) {
    const mean = sum(direction.map((d, k) => p[k]! * d));
    const image = direction.map((d, k) => p[k]! * (d - mean));
    size = Math.hypot(...image);
    direction = image.map((x) => x / size);
  }
  return (size * makemoreRow(letter)) / makemore.total;
}

/** “The sharpest of all is the row of …”. */
export const sharpest = [...makemoreSymbols]
  .map((letter) => ({ letter, curvature: curvature(letter) }))
  .reduce((best, each) => (each.curvature > best.curvature ? each : best));

/** μ = 2 λ n / K²: how many counts a weight of −1 is worth to the penalty. */
export const MU = (2 * LAMBDA * makemore.total) / makemore.size ** 2;

/** “where descent ends”: rows with nᵢ p = N − μ W. The start does not matter, and from 0 the rows’ sums are right at once. */
const settled = (() => {
  const weights = new Float64Array(makemore.size ** 2);
  for (let update = 0; update < 10000; update++) descend(makemore, weights, RATE, LAMBDA);
  return { weights, probabilities: softmaxRows(weights) };
})();

/** A pair in the settled model, its weight, and the model’s NLL. */
export const regularized = (pair: string): { probability: number; weight: number } => ({
  probability: settled.probabilities[makemorePlace(pair)]!,
  weight: settled.weights[makemorePlace(pair)]!,
});

/** “the k that would match it”: solves n p = N − k (K p − 1) for k. */
export const matchingSmoothing = (pair: string): number => {
  const { probability } = regularized(pair);
  return (makemoreCount(pair) - makemoreRow(pair[0]!) * probability) / (makemore.size * probability - 1);
};
export const regularizedNll = meanNll(makemore, settled.probabilities);

/** “What is the mean negative log-likelihood per pair of `dana`?”: an exercise. */
export const dana = score('dana');

/** “What is the slope of the weight in row n, column a?”: an exercise. */
export const slopeOfNa = (() => {
  const weights = new Float64Array(tiny.size ** 2);
  descend(tiny, weights, 1);
  return -weights[tinyPlace('na')]!;
})();

/** “How many counts must a row of 27 have …”: an exercise. K / (n + K) = 0.01. */
export const countsForOnePercent = makemore.size / 0.01 - makemore.size;
