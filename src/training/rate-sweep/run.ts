import type { Engine, EngineName, NetworkState } from '../../engines/engine.ts';
import type { Opened } from '../../engines/open.ts';
import type { GeneratorState, TorchGenerator } from '../../random/index.ts';
import { drawMinibatches, type LanguageData } from '../language-model/data.ts';
import { perSecond } from '../pace.ts';
import type { Run } from '../run.ts';
import { type RateSweepSettings, sweptRates } from './settings.ts';

/** What the figure draws of a sweep. */
export interface RateSweepFrame {
  /** Updates made. */
  readonly step: number;
  readonly done: boolean;
  /** Minibatch loss of each step, before its update. */
  readonly losses: Float32Array;
  /** ln of the number of symbols. */
  readonly uniform: number;
  readonly engine: EngineName;
  readonly notes: readonly string[];
}

/** All that a sweep needs to go on. */
export interface RateSweepSaved {
  /** The fingerprint of its list. */
  readonly list: string;
  readonly step: number;
  readonly losses: Float32Array;
  readonly state: NetworkState;
  readonly generator: GeneratorState;
}

interface Parts {
  readonly settings: RateSweepSettings;
  readonly data: LanguageData;
  readonly opened: Opened;
  /** After it drew the parameters. */
  readonly generator: TorchGenerator;
  readonly from?: RateSweepSaved | undefined;
}

/**
 * One run whose learning rate grows by the same factor from step to step, as in the makemore notebook on the MLP: where the
 * loss falls fastest the rate is good, and where it climbs the rate is too high.
 */
export class RateSweepRun implements Run<RateSweepSettings, RateSweepFrame, RateSweepSaved> {
  private settings: RateSweepSettings;
  private readonly data: LanguageData;
  private readonly engine: Engine;
  private readonly generator: TorchGenerator;
  private readonly notes: readonly string[];
  private readonly rates: Float64Array;
  private readonly losses: number[];

  constructor({ settings, data, opened, generator, from }: Parts) {
    this.settings = settings;
    this.data = data;
    this.engine = opened.engine;
    this.generator = generator;
    this.notes = [...data.notes, ...opened.notes];
    this.rates = sweptRates(settings);
    this.losses = Array.from(from?.losses ?? []);
    if (from) generator.setState(from.generator);
  }

  get step(): number {
    return this.losses.length;
  }

  get done(): boolean {
    return this.step >= this.rates.length || (this.step > 0 && !Number.isFinite(this.losses.at(-1)));
  }

  get perSecond(): number | undefined {
    return perSecond(this.settings.pace);
  }

  async advance(steps: number): Promise<void> {
    if (this.done) return;
    const count = Math.min(steps, this.rates.length - this.step);
    const minibatches = drawMinibatches(this.data.train, this.generator, count, this.settings.batch);
    const rates = this.rates.subarray(this.step, this.step + count);
    for (const loss of await this.engine.train({ ...minibatches, rates })) {
      this.losses.push(loss);
      if (!Number.isFinite(loss)) return;
    }
  }

  tune(settings: RateSweepSettings): void {
    this.settings = settings;
  }

  frame(): RateSweepFrame {
    const { step, done, data, engine, notes } = this;
    const losses = Float32Array.from(this.losses);
    return { step, done, losses, uniform: data.baselines.uniform, engine: engine.name, notes };
  }

  async save(): Promise<RateSweepSaved> {
    const losses = Float32Array.from(this.losses);
    const [list, state] = [this.data.fingerprint, await this.engine.state()];
    return { list, step: this.step, losses, state, generator: this.generator.getState() };
  }

  dispose(): void {
    this.engine.dispose();
  }
}
