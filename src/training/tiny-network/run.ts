import { classify, descend } from '../../autograd/classifier.ts';
import { MLP } from '../../autograd/mlp.ts';
import type { Point } from '../../autograd/points.ts';
import type { Value } from '../../autograd/value.ts';
import { perSecond } from '../pace.ts';
import type { Run } from '../run.ts';
import { EXTENT } from './own-points.ts';
import { samplePoints } from './points-of.ts';
import type { TinyNetworkSettings } from './settings.ts';

/** The decision surface is sampled on a grid of this many points a side. */
export const GRID = 33;

/** All that a run needs to go on. */
export interface TinyNetworkSaved {
  /** Updates made. */
  readonly step: number;
  /** The loss after 0, 1, 2, … updates: one entry more than updates made. */
  readonly losses: readonly number[];
  /** The share of points on their own side, 0 to 1, likewise. */
  readonly accuracies: readonly number[];
  /** Weights and bias of each neuron in turn, layer by layer. */
  readonly parameters: ArrayLike<number>;
  /** The gradients of the last update, in the same order. */
  readonly gradients: ArrayLike<number>;
}

/** What the figure draws of a run. */
export interface TinyNetworkFrame extends TinyNetworkSaved {
  readonly done: boolean;
  /** The net’s score on a grid over [-EXTENT, EXTENT] x [-EXTENT, EXTENT], rows from low y to high y. */
  readonly surface: ArrayLike<number>;
}

/** The micrograd notebook’s demo: full-batch descent on a net of `Value`s, at a rate that falls linearly to a tenth. */
export class TinyNetworkRun implements Run<TinyNetworkSettings, TinyNetworkFrame, TinyNetworkSaved> {
  private settings: TinyNetworkSettings;
  private readonly points: Point[];
  private readonly net: MLP;
  private readonly losses: number[];
  private readonly accuracies: number[];
  /** The loss at the parameters as they are, with its graph, for the backward pass to come. */
  private loss: Value;

  constructor(settings: TinyNetworkSettings, from?: TinyNetworkSaved) {
    const { points, random } = samplePoints(settings);
    this.settings = settings;
    this.points = points;
    this.net = new MLP(2, [...settings.hidden, 1], random, { hidden: settings.activation });
    this.net.parameters().forEach((parameter, i) => {
      if (!from) return;
      parameter.data = from.parameters[i]!;
      parameter.grad = from.gradients[i]!;
    });
    this.losses = from?.losses.slice(0, -1) ?? [];
    this.accuracies = from?.accuracies.slice(0, -1) ?? [];
    this.loss = this.evaluate();
  }

  get step(): number {
    return this.losses.length - 1;
  }

  get done(): boolean {
    return this.step >= this.settings.steps || !Number.isFinite(this.loss.data);
  }

  get perSecond(): number | undefined {
    return perSecond(this.settings.pace);
  }

  advance(steps = 1): void {
    for (let i = 0; i < steps && !this.done; i++) {
      const { rate, steps: end, zerograd } = this.settings;
      descend(this.net, this.loss, rate * (1 - (0.9 * this.step) / end), zerograd === 'yes');
      this.loss = this.evaluate();
    }
  }

  tune(settings: TinyNetworkSettings): void {
    this.settings = settings;
  }

  save(): TinyNetworkSaved {
    const parameters = this.net.parameters();
    return {
      step: this.step,
      losses: this.losses.slice(),
      accuracies: this.accuracies.slice(),
      parameters: Float64Array.from(parameters, (parameter) => parameter.data),
      gradients: Float64Array.from(parameters, (parameter) => parameter.grad),
    };
  }

  frame(): TinyNetworkFrame {
    return { ...this.save(), done: this.done, surface: this.surface() };
  }

  /** The forward pass over all points; notes loss and accuracy in the curves. */
  private evaluate(): Value {
    const { loss, accuracy } = classify(this.net, this.points);
    this.losses.push(loss.data);
    this.accuracies.push(accuracy);
    return loss;
  }

  private surface(): Float32Array {
    const at = (i: number) => (i / (GRID - 1)) * 2 * EXTENT - EXTENT;
    return Float32Array.from(
      { length: GRID * GRID },
      (_, i) => this.net.predict([at(i % GRID), at(Math.floor(i / GRID))])[0]!,
    );
  }
}
