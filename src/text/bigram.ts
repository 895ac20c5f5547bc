import type { TorchGenerator } from '../random/torch-generator.ts';
import type { Vocabulary } from './vocabulary.ts';

/** How often each symbol follows each: an n x n table, row after row; a row is the symbol before, a column the one after. */
export interface BigramCounts {
  readonly counts: Int32Array;
  /** The number of symbols, '.' included. */
  readonly size: number;
  /** How many pairs were counted. */
  readonly total: number;
}

/** Counts the pairs of neighbors in the words; '.' stands before the first symbol and after the last. */
export function countBigrams(words: readonly string[], vocabulary: Vocabulary): BigramCounts {
  const { size } = vocabulary;
  const counts = new Int32Array(size * size);
  let total = 0;
  for (const word of words) {
    let before = 0;
    const symbols = vocabulary.encode(word);
    for (let i = 0; i <= symbols.length; i++) {
      const after = i < symbols.length ? symbols[i]! : 0;
      counts[before * size + after]! += 1;
      before = after;
    }
    total += symbols.length + 1;
  }
  return { counts, size, total };
}

/**
 * Counts as probabilities: each row divided by its sum, after `smoothing` was added to every count. A row without any
 * count stays uniform, since nothing is known of it.
 */
export function bigramProbabilities({ counts, size }: BigramCounts, smoothing: number): Float64Array {
  const probabilities = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    const of = counts.subarray(row * size, (row + 1) * size);
    const sum = of.reduce((total, count) => total + count, 0) + smoothing * size;
    for (let i = 0; i < size; i++) probabilities[row * size + i] = sum > 0 ? (of[i]! + smoothing) / sum : 1 / size;
  }
  return probabilities;
}

/** The mean negative log-likelihood of all counted pairs, in nats; Infinity where a pair that occurs has probability 0. */
export function meanNll({ counts, total }: BigramCounts, probabilities: ArrayLike<number>): number {
  let sum = 0;
  counts.forEach((count, i) => {
    if (count > 0) sum -= count * Math.log(probabilities[i]!);
  });
  return sum / total;
}

/** One pair of a word, and what the model makes of it. */
export interface ScoredPair {
  readonly before: string;
  readonly after: string;
  readonly probability: number;
  /** -ln(probability): what the pair adds to the word’s negative log-likelihood. */
  readonly nll: number;
}

/**
 * A word pair by pair, from the '.' before it to the '.' after it.
 * @param word the symbols of the word.
 * @param symbols those of the vocabulary, '.' first.
 * @returns the pairs; or the first symbol of the word that the vocabulary does not have.
 */
export function scoreSymbols(
  word: readonly string[],
  symbols: readonly string[],
  probabilities: ArrayLike<number>,
): ScoredPair[] | { readonly unknown: string } {
  const unknown = word.find((symbol) => symbol === symbols[0] || !symbols.includes(symbol));
  if (unknown !== undefined) return { unknown };
  const path = [symbols[0]!, ...word, symbols[0]!];
  return path.slice(1).map((after, i) => {
    const before = path[i]!;
    const probability = probabilities[symbols.indexOf(before) * symbols.length + symbols.indexOf(after)]!;
    return { before, after, probability, nll: -Math.log(probability) };
  });
}

/**
 * A row sharpened or flattened: each probability to the power 1/temperature, divided by their sum. 1 leaves it as it is;
 * towards 0 the likeliest symbol wins, towards infinity all become alike.
 */
export function withTemperature(row: ArrayLike<number>, temperature: number): Float64Array {
  // In logarithms, and from the largest down, so that no power overflows.
  const logs = Array.from(row, (p) => Math.log(p) / temperature);
  const largest = Math.max(...logs);
  const powers = Float64Array.from(logs, (log) => Math.exp(log - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** By which rule a single sample is drawn; see `TorchGenerator.multinomial`. */
export type SamplingRule = 'cumulative' | 'exponential';

/** A model that never ends a word is cut off here. */
const LONGEST_SAMPLE = 100;

/**
 * Draws a word, one symbol at a time: from the row of '.', then from the row of each symbol drawn, until '.' comes.
 * @param row the probabilities of what follows a symbol, in the precision that the draw shall see.
 * @returns the indices drawn, the closing 0 included.
 */
export function sampleWord(
  row: (before: number) => ArrayLike<number>,
  generator: TorchGenerator,
  rule: SamplingRule,
): number[] {
  const drawn: number[] = [];
  let before = 0;
  do {
    before = generator.multinomial(row(before), 1, { rule })[0]!;
    drawn.push(before);
  } while (before !== 0 && drawn.length < LONGEST_SAMPLE);
  return drawn;
}
