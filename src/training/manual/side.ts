import type { Engine, Examples, Minibatches, NetworkState } from '../../engines/engine.ts';
import { Curve, type CurvePoints, type CurveState } from '../language-model/curve.ts';
import { StepClock } from '../step-clock.ts';

/** What the figure draws of one of the two trainings. */
export interface SideFrame {
  /** Minibatch loss of the last step, before its update. */
  readonly loss: number | undefined;
  /** Minibatch losses. */
  readonly curve: CurvePoints;
  /** Mean loss of the dev split after the last step. */
  readonly dev: number | undefined;
  /** Steps a second; undefined until some were made. */
  readonly speed: number | undefined;
}

/** All that one of the two needs to go on. */
export interface SideSaved {
  readonly state: NetworkState;
  readonly loss: number | undefined;
  readonly dev: number | undefined;
  readonly curve: CurveState;
}

/** One of the two trainings: its engine, its losses and its speed. */
export class Side {
  readonly engine: Engine;
  loss: number | undefined;
  private dev: number | undefined;
  private readonly curve: Curve;
  private readonly clock = new StepClock();

  /** @param engine has taken the state of `from`. */
  constructor(engine: Engine, from?: SideSaved) {
    this.engine = engine;
    this.loss = from?.loss;
    this.dev = from?.dev;
    this.curve = new Curve(from?.curve);
  }

  /** Makes the steps and measures how long they take. @returns the loss of each, none of them noted yet. */
  async train(minibatches: Minibatches): Promise<Float32Array> {
    const begun = performance.now();
    const losses = await this.engine.train(minibatches);
    this.clock.add(losses.length, performance.now() - begun);
    return losses;
  }

  /** Takes the loss of the next step into the curve. */
  note(loss: number): void {
    this.loss = loss;
    this.curve.add(loss);
  }

  /** Once: the weights stay as they are then. */
  async evaluate(dev: Examples): Promise<void> {
    this.dev ??= await this.engine.loss(dev);
  }

  frame(): SideFrame {
    return { loss: this.loss, dev: this.dev, curve: this.curve.points(), speed: this.clock.speed };
  }

  async save(): Promise<SideSaved> {
    return { state: await this.engine.state(), loss: this.loss, dev: this.dev, curve: this.curve.state() };
  }
}
