import { classify, descend } from '../../autograd/classifier.ts';
import { MLP } from '../../autograd/mlp.ts';
import { circles, moons, type Point, spiral } from '../../autograd/points.ts';
import { PythonRandom } from '../../random/python-random.ts';
import type { Run } from '../player.ts';
import { decodePoints, EXTENT } from './own-points.ts';
import type { TinyNetworkSettings } from './settings.ts';

const POINTS = 100;
/** The decision surface is sampled on a grid of this many points a side. */
export const GRID = 33;

/** What the figure draws of a run, and all that the run needs to go on. */
export interface TinyNetworkFrame {
  /** Updates made. */
  readonly step: number;
  readonly done: boolean;
  /** Loss before each update made. */
  readonly losses: readonly number[];
  /** Share of points on their own side before each update made, 0 to 1. */
  readonly accuracies: readonly number[];
  /** Weights and bias of each neuron in turn, layer by layer. */
  readonly parameters: ArrayLike<number>;
  /** The gradients of the last update, in the same order. */
  readonly gradients: ArrayLike<number>;
  /** The net’s score on a grid over [-EXTENT, EXTENT] x [-EXTENT, EXTENT], rows from low y to high y. */
  readonly surface: ArrayLike<number>;
}

/** The points of a run, and the generator that drew them, about to draw the weights. */
function draw(settings: TinyNetworkSettings): { points: Point[]; random: PythonRandom } {
  const random = new PythonRandom(settings.seed);
  if (settings.points === 'own') return { points: decodePoints(settings.own), random };
  return { points: { moons, circles, spiral }[settings.points](POINTS, random), random };
}

/** The points that a run with these settings trains on. */
export const pointsOf = (settings: TinyNetworkSettings): Point[] => draw(settings).points;

/** The micrograd notebook’s demo: full-batch descent on a net of `Value`s, at a rate that falls linearly to a tenth. */
export class TinyNetworkRun implements Run<TinyNetworkSettings, TinyNetworkFrame> {
  private settings: TinyNetworkSettings;
  private readonly points: Point[];
  private readonly net: MLP;
  private readonly losses: number[];
  private readonly accuracies: number[];

  constructor(settings: TinyNetworkSettings, from?: TinyNetworkFrame) {
    const { points, random } = draw(settings);
    this.settings = settings;
    this.points = points;
    this.net = new MLP(2, [...settings.hidden, 1], random, { hidden: settings.activation });
    this.losses = [...(from?.losses ?? [])];
    this.accuracies = [...(from?.accuracies ?? [])];
    if (from) {
      this.net.parameters().forEach((parameter, i) => {
        parameter.data = from.parameters[i]!;
        parameter.grad = from.gradients[i]!;
      });
    }
  }

  get step(): number {
    return this.losses.length;
  }

  get done(): boolean {
    return this.step >= this.settings.steps || !Number.isFinite(this.losses.at(-1) ?? 0);
  }

  advance(): void {
    const { rate, steps, zerograd } = this.settings;
    const falling = rate * (1 - (0.9 * this.step) / steps);
    const { loss, accuracy } = descend(this.net, this.points, falling, zerograd === 'yes');
    this.losses.push(loss);
    this.accuracies.push(accuracy);
  }

  /** Loss and accuracy as they are now, after the last update. */
  evaluate(): { loss: number; accuracy: number } {
    const { loss, accuracy } = classify(this.net, this.points);
    return { loss: loss.data, accuracy };
  }

  tune(settings: TinyNetworkSettings): void {
    this.settings = settings;
  }

  frame(): TinyNetworkFrame {
    const parameters = this.net.parameters();
    return {
      step: this.step,
      done: this.done,
      losses: this.losses.slice(),
      accuracies: this.accuracies.slice(),
      parameters: Float64Array.from(parameters, (parameter) => parameter.data),
      gradients: Float64Array.from(parameters, (parameter) => parameter.grad),
      surface: this.surface(),
    };
  }

  private surface(): Float32Array {
    const at = (i: number) => (i / (GRID - 1)) * 2 * EXTENT - EXTENT;
    return Float32Array.from(
      { length: GRID * GRID },
      (_, i) => this.net.predict([at(i % GRID), at(Math.floor(i / GRID))])[0]!,
    );
  }
}
