import { evaluateConvolution, evaluateTrees } from '../../engines/causal-convolution.ts';
import type { NetworkState } from '../../engines/engine.ts';
import { waveNet } from '../../networks/index.ts';
import { fromSafetensors } from '../export/safetensors.ts';
import type { SettingsTable } from '../settings.ts';

/** The context of the notebook’s WaveNet, and how many times pairs are joined in it. */
export const LEVELS = 3;
export const BLOCK = 2 ** LEVELS;
export const EMBEDDING = 24;
export const HIDDEN = 128;
/** The symbols of the lists of names: the dot, and the letters. */
export const SYMBOLS = [...'.abcdefghijklmnopqrstuvwxyz'];
export const MOST_LETTERS = 16;

/** A word, the place of the letter that is predicted in it, and what is drawn. */
export const receptiveFieldTable = {
  word: { kind: 'text', label: 'Word', maxLength: MOST_LETTERS, default: 'ryosuke' },
  place: { kind: 'integer', label: 'Place', min: 0, max: MOST_LETTERS, default: 6 },
  view: {
    kind: 'choice',
    label: 'Joined',
    options: { pairs: 'by pairs', all: 'all at once', everywhere: 'every place' },
    default: 'pairs',
  },
} as const satisfies SettingsTable;

/** What a trained network says of a word, computed in both orders. */
export interface Predicted {
  readonly word: string;
  /** For each place, the end of the word included: the probability of each symbol. */
  readonly probabilities: readonly ArrayLike<number>[];
  /** How many multiplications each order took. */
  readonly trees: number;
  readonly convolution: number;
  /** The largest difference between the logits of the two. */
  readonly difference: number;
}

const network = waveNet({ symbols: SYMBOLS.length, embedding: EMBEDDING, hidden: HIDDEN, levels: LEVELS });

/** @param file the weights of the large WaveNet, as safetensors. @throws Error where they are not. */
export const readWeights = (file: Uint8Array): NetworkState => fromSafetensors(file, network);

/** @param word of letters that `SYMBOLS` has. */
export function predict(state: NetworkState, word: string): Predicted {
  const text = Int32Array.from([...new Array<number>(BLOCK).fill(0), ...[...word].map((c) => SYMBOLS.indexOf(c))]);
  const places = word.length + 1;
  const contexts = Int32Array.from({ length: places * BLOCK }, (_, i) => text[Math.floor(i / BLOCK) + (i % BLOCK)]!);
  const trees = evaluateTrees(network, state, contexts);
  const convolution = evaluateConvolution(network, state, text);
  const K = SYMBOLS.length;
  return {
    word,
    probabilities: Array.from({ length: places }, (_, i) => softmax(convolution.logits.subarray(i * K, (i + 1) * K))),
    trees: trees.multiplications,
    convolution: convolution.multiplications,
    difference: trees.logits.reduce((most, x, i) => Math.max(most, Math.abs(x - convolution.logits[i]!)), 0),
  };
}

function softmax(logits: Float64Array): Float64Array {
  const most = Math.max(...logits);
  const powers = logits.map((z) => Math.exp(z - most));
  const total = powers.reduce((sum, x) => sum + x, 0);
  return powers.map((x) => x / total);
}
