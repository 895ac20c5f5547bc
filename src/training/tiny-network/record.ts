import { defaultsOf } from '../settings.ts';
import { type TinyNetworkFrame, TinyNetworkRun } from './run.ts';
import { type TinyNetworkSettings, tinyNetworkTable } from './settings.ts';

/** A finished run as it is kept in content/runs/: its curves whole, its last state rounded for drawing. */
export interface TinyNetworkRecord {
  readonly settings: TinyNetworkSettings;
  readonly steps: number;
  /** Entry k is after k updates. */
  readonly curve: { readonly loss: readonly number[]; readonly accuracy: readonly number[] };
  /** The number of updates after which every point was on its own side for the first time. */
  readonly firstPerfect: number | null;
  readonly frame: Pick<TinyNetworkFrame, 'step' | 'done' | 'parameters' | 'gradients' | 'surface'>;
}

const digits = (count: number) => (x: number) => Number(x.toPrecision(count));

/** Makes a run from beginning to end. Settings that are not given keep their defaults. */
export function record(changed: Partial<TinyNetworkSettings> = {}): TinyNetworkRecord {
  const settings = { ...defaultsOf(tinyNetworkTable), ...changed };
  const run = new TinyNetworkRun(settings);
  run.advance(settings.steps);
  const { losses, accuracies: accuracy, step, done, parameters, gradients, surface } = run.frame();
  const firstPerfect = accuracy.indexOf(1);
  return {
    settings,
    steps: step,
    curve: { loss: losses.map(digits(9)), accuracy },
    firstPerfect: firstPerfect < 0 ? null : firstPerfect,
    frame: {
      step,
      done,
      parameters: Array.from(parameters, digits(4)),
      gradients: Array.from(gradients, digits(3)),
      surface: Array.from(surface, (score) => Number(score.toFixed(2))),
    },
  };
}
