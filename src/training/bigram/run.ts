import { bigram, initialize } from '../../networks/index.ts';
import { TorchGenerator } from '../../random/torch-generator.ts';
import { type BigramCounts, bigramProbabilities, meanNll } from '../../text/bigram.ts';
import type { Run } from '../run.ts';
import type { SettingsOf, SettingsTable } from '../settings.ts';
import { corpusField, seedField } from './settings.ts';

export const bigramTrainingTable = {
  corpus: corpusField,
  rate: { kind: 'number', label: 'Learning rate', min: 0, max: 1000, default: 50, live: true },
  regularization: { kind: 'number', label: 'Regularization', min: 0, max: 10, default: 0.01, live: true },
  steps: { kind: 'integer', label: 'Updates', min: 1, max: 10000, default: 100, live: true },
  seed: seedField,
} as const satisfies SettingsTable;

export type BigramTrainingSettings = SettingsOf<typeof bigramTrainingTable>;

/** All that a run needs to go on. */
export interface BigramSaved {
  /** Updates made. */
  readonly step: number;
  /** The loss after 0, 1, 2, … updates, regularization included. */
  readonly losses: readonly number[];
  /** size x size, row after row. */
  readonly weight: ArrayLike<number>;
}

/** What the figure draws of a run. */
export interface BigramFrame extends BigramSaved {
  readonly done: boolean;
  readonly symbols: readonly string[];
  /** softmax of each row of the weight. */
  readonly probabilities: ArrayLike<number>;
  /** The table that the descent should arrive at: counts as probabilities, without smoothing. */
  readonly counted: ArrayLike<number>;
  /** The mean negative log-likelihood of the counted table. */
  readonly countedNll: number;
}

/**
 * The neural bigram by full-batch gradient descent, as in the makemore notebook: one linear layer on one-hot input, softmax,
 * mean negative log-likelihood, and `regularization` times the mean of the squared weights.
 *
 * A one-hot row times the weight picks one of its rows, so examples with the same context have the same logits, and the sum
 * over all examples is a sum over the table of counts. Nothing is left out by that; 228,146 examples become 27 rows.
 */
export class BigramRun implements Run<BigramTrainingSettings, BigramFrame, BigramSaved> {
  private settings: BigramTrainingSettings;
  private readonly counts: BigramCounts;
  private readonly symbols: readonly string[];
  private readonly counted: Float64Array;
  /** How often each symbol stands before another. */
  private readonly contexts: Float64Array;
  private readonly weight: Float64Array;
  private readonly losses: number[];
  private probabilities: Float64Array;

  constructor(settings: BigramTrainingSettings, counts: BigramCounts, symbols: readonly string[], from?: BigramSaved) {
    const { size } = counts;
    this.settings = settings;
    this.counts = counts;
    this.symbols = symbols;
    this.counted = bigramProbabilities(counts, 0);
    this.contexts = Float64Array.from({ length: size }, (_, row) =>
      counts.counts.subarray(row * size, (row + 1) * size).reduce((sum, count) => sum + count, 0),
    );
    // What was saved for another list does not fit, and the run begins anew.
    const saved = from?.weight.length === size * size ? from : undefined;
    this.weight = Float64Array.from(saved?.weight ?? initialize(bigram(size), new TorchGenerator(settings.seed))[0]!);
    this.losses = saved?.losses.slice(0, -1) ?? [];
    this.probabilities = this.forward();
  }

  get step(): number {
    return this.losses.length - 1;
  }

  get done(): boolean {
    return this.step >= this.settings.steps || !Number.isFinite(this.losses.at(-1));
  }

  advance(steps = 1): void {
    for (let i = 0; i < steps && !this.done; i++) {
      const gradient = this.backward();
      for (let k = 0; k < gradient.length; k++) this.weight[k]! -= this.settings.rate * gradient[k]!;
      this.probabilities = this.forward();
    }
  }

  tune(settings: BigramTrainingSettings): void {
    this.settings = settings;
  }

  save(): BigramSaved {
    return { step: this.step, losses: this.losses.slice(), weight: this.weight.slice() };
  }

  frame(): BigramFrame {
    return {
      ...this.save(),
      done: this.done,
      symbols: this.symbols,
      probabilities: this.probabilities,
      counted: this.counted,
      countedNll: meanNll(this.counts, this.counted),
    };
  }

  /** d loss / d weight: for each row, softmax minus frequencies, weighted by how often the row is in use. */
  backward(): Float64Array {
    const { counts, size, total } = this.counts;
    const pull = (2 * this.settings.regularization) / this.weight.length;
    return this.weight.map((w, k) => {
      const row = Math.floor(k / size);
      return (this.contexts[row]! * this.probabilities[k]! - counts[k]!) / total + pull * w;
    });
  }

  /** Softmax of every row; notes the loss. */
  private forward(): Float64Array {
    const { size } = this.counts;
    const probabilities = new Float64Array(size * size);
    for (let row = 0; row < size; row++) {
      const logits = this.weight.subarray(row * size, (row + 1) * size);
      const largest = logits.reduce((a, b) => Math.max(a, b)); // softmax does not mind, and no exp overflows
      const exps = logits.map((logit) => Math.exp(logit - largest));
      const sum = exps.reduce((a, b) => a + b);
      for (let i = 0; i < size; i++) probabilities[row * size + i] = exps[i]! / sum;
    }
    const squares = this.weight.reduce((sum, w) => sum + w * w, 0) / this.weight.length;
    this.losses.push(meanNll(this.counts, probabilities) + this.settings.regularization * squares);
    return probabilities;
  }
}

/** Whether something that was stored can be what such a run saved. How many symbols there are, only its word list knows. */
export function isBigramSaved(stored: unknown): stored is BigramSaved {
  const { step, losses, weight } = (stored ?? {}) as Partial<BigramSaved>;
  const finite = (list: unknown): list is ArrayLike<number> =>
    (Array.isArray(list) || list instanceof Float64Array) && Array.from(list).every(Number.isFinite);
  return (
    Number.isInteger(step) &&
    finite(losses) &&
    losses.length === step! + 1 &&
    finite(weight) &&
    Number.isInteger(Math.sqrt(weight.length))
  );
}
