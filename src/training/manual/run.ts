import type { Engine, EngineName } from '../../engines/engine.ts';
import type { GeneratorState } from '../../random/index.ts';
import type { TorchGenerator } from '../../random/torch-generator.ts';
import { drawMinibatches, type LanguageData } from '../language-model/data.ts';
import { hasRunOff } from '../language-model/run.ts';
import { perSecond } from '../pace.ts';
import type { Run } from '../run.ts';
import { rateAt, stepSchedule } from '../schedule.ts';
import type { ManualTrainingSettings } from './settings.ts';
import { Side, type SideFrame, type SideSaved } from './side.ts';

/** What the figure draws of the two trainings. */
export interface ManualTrainingFrame {
  /** Updates made, by each. */
  readonly step: number;
  readonly done: boolean;
  readonly hand: SideFrame;
  readonly autograd: SideFrame;
  /** The largest difference of the two losses of a step so far, in nats. */
  readonly difference: number;
  /** What runs both. */
  readonly engine: EngineName;
  /** Sentences about the list and the engine. */
  readonly notes: readonly string[];
}

/** All that the two need to go on. */
export interface ManualTrainingSaved {
  /** The fingerprint of their list. */
  readonly list: string;
  readonly step: number;
  readonly hand: SideSaved;
  readonly autograd: SideSaved;
  readonly difference: number;
  readonly generator: GeneratorState;
}

interface Parts {
  readonly settings: ManualTrainingSettings;
  readonly data: LanguageData;
  /** With the backward pass that was derived by hand. It has taken the initial parameters, or those of `from.hand`. */
  readonly hand: Engine;
  /** On the same backend. It has taken the same parameters, or those of `from.autograd`. */
  readonly autograd: Engine;
  /** The run’s one generator, after it drew the parameters; each step draws a minibatch from it. */
  readonly generator: TorchGenerator;
  readonly from?: ManualTrainingSaved | undefined;
  /** Sentences about the engine. */
  readonly notes?: readonly string[];
}

/** How many minibatches are drawn at once. */
const CHUNK = 512;

/**
 * The same network trained twice, from the same parameters and on the same minibatches: by the backward pass that was derived
 * by hand, and by autograd. The losses should agree but for rounding; the steps a second need not.
 */
export class ManualTrainingRun implements Run<ManualTrainingSettings, ManualTrainingFrame, ManualTrainingSaved> {
  step: number;
  private settings: ManualTrainingSettings;
  private readonly data: LanguageData;
  private readonly hand: Side;
  private readonly autograd: Side;
  private readonly generator: TorchGenerator;
  private readonly notes: readonly string[];
  private difference: number;

  constructor({ settings, data, hand, autograd, generator, from, notes = [] }: Parts) {
    this.settings = settings;
    this.data = data;
    this.hand = new Side(hand, from?.hand);
    this.autograd = new Side(autograd, from?.autograd);
    this.generator = generator;
    this.notes = [...data.notes, ...notes];
    this.step = from?.step ?? 0;
    this.difference = from?.difference ?? 0;
    if (from) generator.setState(from.generator);
  }

  get done(): boolean {
    return this.step >= this.settings.steps || hasRunOff(this.hand.loss) || hasRunOff(this.autograd.loss);
  }

  get perSecond(): number | undefined {
    return perSecond(this.settings.pace);
  }

  async advance(steps: number): Promise<void> {
    let left = steps;
    while (left > 0 && !this.done) {
      const count = Math.min(left, this.settings.steps - this.step, CHUNK);
      await this.train(count);
      left -= count;
    }
    if (this.step >= this.settings.steps) await this.evaluate();
  }

  /** The pace alone may change on the way. */
  tune(settings: ManualTrainingSettings): void {
    this.settings = settings;
  }

  frame(): ManualTrainingFrame {
    const { step, done, hand, autograd, difference, notes } = this;
    return {
      step,
      done,
      hand: hand.frame(),
      autograd: autograd.frame(),
      difference,
      engine: hand.engine.name,
      notes,
    };
  }

  async save(): Promise<ManualTrainingSaved> {
    const { step, difference } = this;
    return {
      list: this.data.fingerprint,
      step,
      difference,
      hand: await this.hand.save(),
      autograd: await this.autograd.save(),
      generator: this.generator.getState(),
    };
  }

  dispose(): void {
    this.hand.engine.dispose();
    this.autograd.engine.dispose();
  }

  /** One after the other, so that neither is timed while the other computes. */
  private async train(steps: number): Promise<void> {
    const { batch, rate, decay } = this.settings;
    const schedule = stepSchedule(rate, decay);
    const rates = Float32Array.from({ length: steps }, (_, i) => rateAt(schedule, this.step + i));
    const minibatches = { ...drawMinibatches(this.data.train, this.generator, steps, batch), rates };
    const byHand = await this.hand.train(minibatches);
    const byAutograd = await this.autograd.train(minibatches);
    for (let i = 0; i < steps && !this.done; i++) this.note(byHand[i]!, byAutograd[i]!);
  }

  /** Of the whole dev split, which a short list may not have. */
  private async evaluate(): Promise<void> {
    const { dev } = this.data;
    if (dev.count === 0) return;
    await this.hand.evaluate(dev);
    await this.autograd.evaluate(dev);
  }

  /** Takes the two losses of the next step. */
  private note(byHand: number, byAutograd: number): void {
    this.step += 1;
    this.hand.note(byHand);
    this.autograd.note(byAutograd);
    const difference = Math.abs(byHand - byAutograd);
    // Losses that are no finite numbers end the run, and have no difference.
    if (Number.isFinite(difference)) this.difference = Math.max(this.difference, difference);
  }
}
