import { bigram, initialize } from '../../networks/index.ts';
import { TorchGenerator } from '../../random/torch-generator.ts';
import { type BigramCounts, bigramProbabilities, meanNll } from '../../text/bigram.ts';
import { corpusField, seedField } from '../fields.ts';
import { paceField, perSecond } from '../pace.ts';
import type { Run } from '../run.ts';
import type { SettingsOf, SettingsTable } from '../settings.ts';
import { descend, softmaxRows } from './descent.ts';

export const bigramTrainingTable = {
  corpus: corpusField,
  rate: { kind: 'number', label: 'Learning rate', min: 0, max: 1000, default: 50, live: true },
  regularization: { kind: 'number', label: 'Regularization', min: 0, max: 10, default: 0.01, live: true },
  steps: { kind: 'integer', label: 'Updates', min: 1, max: 10000, default: 100, live: true },
  // A hundred updates take less than a tenth of a second, and nobody would see them.
  pace: { ...paceField, default: 'slow' },
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
  private readonly weight: Float64Array;
  private readonly losses: number[];
  private probabilities: Float64Array;

  constructor(settings: BigramTrainingSettings, counts: BigramCounts, symbols: readonly string[], from?: BigramSaved) {
    const { size } = counts;
    this.settings = settings;
    this.counts = counts;
    this.symbols = symbols;
    this.counted = bigramProbabilities(counts, 0);
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

  get perSecond(): number | undefined {
    return perSecond(this.settings.pace);
  }

  advance(steps = 1): void {
    for (let i = 0; i < steps && !this.done; i++) {
      descend(this.counts, this.weight, this.settings.rate, this.settings.regularization);
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

  /** The tables of the forward pass; notes the loss. */
  private forward(): Float64Array {
    const probabilities = softmaxRows(this.weight);
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
