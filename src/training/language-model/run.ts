import type { Engine, EngineName, NetworkState } from '../../engines/engine.ts';
import type { Opened, Trial } from '../../engines/open.ts';
import type { GeneratorState } from '../../random/index.ts';
import type { TorchGenerator } from '../../random/torch-generator.ts';
import { perSecond } from '../pace.ts';
import type { Run } from '../run.ts';
import { changeSchedule, rateAt, type Schedule, scheduleOf } from '../schedule.ts';
import { StepClock } from '../step-clock.ts';
import { Curve, type CurvePoints, type CurveState } from './curve.ts';
import { drawMinibatches, type LanguageData } from './data.ts';
import { type Health, type HealthSaved, HealthWatch, isCompared, ratioInterval } from './health-watch.ts';
import { sampleWords } from './sample.ts';
import { type LanguageModelSettings, SAMPLES } from './settings.ts';

/** Losses on the dev split at some steps. */
export interface DevLosses {
  readonly steps: readonly number[];
  readonly losses: readonly number[];
}

/** Losses on whole splits after `step` updates. */
export interface FinalLosses {
  readonly step: number;
  readonly train: number;
  readonly dev: number | undefined;
  readonly test: number;
}

/** What the figures draw of a run. */
export interface LanguageModelFrame {
  /** Updates made. */
  readonly step: number;
  readonly done: boolean;
  /** Minibatch loss of the last step, before its update. */
  readonly loss: number | undefined;
  /** Minibatch losses. */
  readonly curve: CurvePoints;
  readonly dev: DevLosses;
  /** Once the run is over. */
  readonly final: FinalLosses | undefined;
  /** Words drawn from the model at its last evaluation. */
  readonly samples: readonly string[];
  readonly symbols: readonly string[];
  readonly baselines: LanguageData['baselines'];
  readonly schedule: Schedule;
  readonly engine: EngineName;
  /** What the automatic choice of the engine measured. */
  readonly trials: readonly Trial[];
  /** Steps a second, evaluation left out; undefined until some were made. */
  readonly speed: number | undefined;
  /** Sentences about the list and the engine. */
  readonly notes: readonly string[];
  /** The weight of the first layer, (symbols, embedding), where a figure asked for it. */
  readonly embedding: Float32Array | undefined;
  /** The network’s inside, where a figure asked for it. */
  readonly health: Health | undefined;
}

/** All that a run needs to go on. */
export interface LanguageModelSaved {
  /** The fingerprint of its list. */
  readonly list: string;
  readonly step: number;
  readonly state: NetworkState;
  readonly generator: GeneratorState;
  readonly loss: number | undefined;
  readonly curve: CurveState;
  readonly dev: DevLosses;
  readonly final: FinalLosses | undefined;
  readonly samples: readonly string[];
  readonly schedule: Schedule;
  readonly health?: HealthSaved | undefined;
}

/** What frames carry beside the losses, for the figures that ask for it. */
export type Watching = 'embedding' | 'health';

interface Parts {
  readonly settings: LanguageModelSettings;
  readonly data: LanguageData;
  readonly opened: Opened;
  /** The run’s one generator, after it drew the parameters; each step draws a minibatch from it. */
  readonly generator: TorchGenerator;
  readonly from?: LanguageModelSaved | undefined;
  readonly watching?: Watching | undefined;
}

/** How many minibatches are drawn at once. */
const CHUNK = 512;
/** How many steps lie between two evaluations: few at the start, where a model changes quickly. */
export function evaluationInterval(step: number): number {
  if (step < 100) return 20;
  if (step < 2000) return 100;
  return step < 40_000 ? 1000 : 5000;
}

/**
 * A character model trained as in the makemore notebooks: minibatches drawn with replacement from the training split, plain
 * gradient descent, the loss of the dev split and a few words now and then.
 */
export class LanguageModelRun implements Run<LanguageModelSettings, LanguageModelFrame, LanguageModelSaved> {
  step: number;
  private settings: LanguageModelSettings;
  private readonly data: LanguageData;
  private readonly engine: Engine;
  private readonly generator: TorchGenerator;
  private readonly about: Pick<LanguageModelFrame, 'notes' | 'trials'>;
  private readonly watching: Watching | undefined;
  private readonly health: HealthWatch | undefined;
  private readonly curve: Curve;
  private readonly dev: { steps: number[]; losses: number[] };
  private schedule: Schedule;
  private loss: number | undefined;
  private final: FinalLosses | undefined;
  private samples: readonly string[];
  private readonly clock = new StepClock();

  constructor({ settings, data, opened, generator, from, watching }: Parts) {
    this.settings = settings;
    this.data = data;
    this.engine = opened.engine;
    this.generator = generator;
    this.about = { notes: [...data.notes, ...opened.notes], trials: opened.trials };
    this.watching = watching;
    if (watching === 'health') {
      const { engine, open } = opened;
      this.health = new HealthWatch({ engine, open, train: data.train, from: from?.health });
    }
    this.step = from?.step ?? 0;
    this.curve = new Curve(from?.curve);
    this.dev = { steps: [...(from?.dev.steps ?? [])], losses: [...(from?.dev.losses ?? [])] };
    this.schedule = from?.schedule ?? scheduleOf(settings);
    this.loss = from?.loss;
    this.final = from?.final;
    this.samples = from?.samples ?? [];
    if (from) this.generator.setState(from.generator);
  }

  get done(): boolean {
    return this.step >= this.settings.steps || hasRunOff(this.loss);
  }

  get perSecond(): number | undefined {
    return perSecond(this.settings.pace);
  }

  async advance(steps: number): Promise<void> {
    if (this.step === 0 && this.dev.steps.length === 0) await this.evaluate();
    let left = steps;
    while (left > 0 && !this.done) {
      if (this.health && this.step % ratioInterval(this.step) === 0) {
        await this.look();
        this.health.keepRatios();
      }
      const next = [toNext(this.step, evaluationInterval), ...(this.health ? [toNext(this.step, ratioInterval)] : [])];
      const count = Math.min(left, ...next, this.settings.steps - this.step, CHUNK);
      await this.train(count);
      left -= count;
      if (this.done || this.step % evaluationInterval(this.step - 1) === 0) await this.evaluate();
    }
  }

  async tune(settings: LanguageModelSettings): Promise<void> {
    const { rate, decay } = settings;
    if (rate !== this.settings.rate || decay !== this.settings.decay)
      this.schedule = changeSchedule(this.schedule, this.step, rate, decay);
    this.settings = settings;
    // The end may have been moved to where the run is.
    if (this.step > 0 && this.done && this.final?.step !== this.step) await this.evaluate();
  }

  async frame(): Promise<LanguageModelFrame> {
    await this.look();
    const { step, done, loss, dev, final, samples, schedule, about, engine, data } = this;
    return {
      ...about,
      step,
      done,
      loss,
      dev: { steps: [...dev.steps], losses: [...dev.losses] },
      final: done && final?.step === step ? final : undefined,
      samples,
      schedule,
      curve: this.curve.points(),
      symbols: data.symbols,
      baselines: data.baselines,
      engine: engine.name,
      speed: this.clock.speed,
      embedding: this.watching === 'embedding' ? await engine.parameter(0) : undefined,
      health: this.health?.frame(),
    };
  }

  async save(): Promise<LanguageModelSaved> {
    const { step, loss, dev, final, samples, schedule } = this;
    return {
      list: this.data.fingerprint,
      step,
      loss,
      final,
      samples,
      schedule,
      health: this.health?.save(),
      dev: { steps: [...dev.steps], losses: [...dev.losses] },
      curve: this.curve.state(),
      generator: this.generator.getState(),
      state: await this.engine.state(),
    };
  }

  dispose(): void {
    this.engine.dispose();
    this.health?.dispose();
  }

  /** Looks into the network on the minibatch that comes next, which is drawn again when its step is made. */
  private async look(): Promise<void> {
    if (!this.health) return;
    const before = this.generator.getState();
    const minibatch = drawMinibatches(this.data.train, this.generator, 1, this.settings.batch);
    this.generator.setState(before);
    await this.health.look(this.step, minibatch, rateAt(this.schedule, this.step));
  }

  private async train(steps: number): Promise<void> {
    const { train } = this.data;
    const minibatches = drawMinibatches(train, this.generator, steps, this.settings.batch);
    const rates = Float32Array.from({ length: steps }, (_, i) => rateAt(this.schedule, this.step + i));
    const begun = performance.now();
    const losses = await this.engine.train({ ...minibatches, rates });
    this.clock.add(steps, performance.now() - begun);
    for (const loss of losses) {
      this.step += 1;
      this.loss = loss;
      this.curve.add(loss);
      if (hasRunOff(loss)) return;
    }
  }

  private async evaluate(): Promise<void> {
    if (hasRunOff(this.loss)) return;
    const { dev } = this.data;
    const devLoss = dev.count > 0 ? await this.engine.loss(dev) : undefined;
    // The last update may have been the one that was too much.
    if (hasRunOff(devLoss)) this.loss = devLoss;
    else await this.note(devLoss);
  }

  private async note(devLoss: number | undefined): Promise<void> {
    const { train, test } = this.data;
    if (devLoss !== undefined && this.dev.steps.at(-1) !== this.step) {
      this.dev.steps.push(this.step);
      this.dev.losses.push(devLoss);
    }
    if (isCompared(this.step) || this.step >= this.settings.steps) await this.health?.compare(this.step);
    this.samples = await sampleWords(this.engine, this.data.symbols, this.block, this.settings.seed, SAMPLES);
    if (this.step >= this.settings.steps)
      this.final = {
        step: this.step,
        train: await this.engine.loss(train),
        dev: devLoss,
        test: await this.engine.loss(test),
      };
  }

  private get block(): number {
    return this.data.train.contexts.length / this.data.train.count;
  }
}

/** How many steps there are to the next multiple of the interval. */
const toNext = (step: number, interval: (step: number) => number): number => interval(step) - (step % interval(step));

/** Whether a loss is one that no training comes back from. */
export const hasRunOff = (loss: number | undefined): boolean => loss !== undefined && !Number.isFinite(loss);
