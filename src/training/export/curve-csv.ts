import { singleDecimal } from './decimal.ts';

/** The minibatch losses of a run: value i is the mean over the steps from `i * every` to `(i + 1) * every - 1`. */
export interface Curve {
  /** In steps. */
  readonly every: number;
  /** In nats. */
  readonly values: ArrayLike<number>;
}

/** Losses on the dev split: `losses[i]`, in nats, was measured at step `steps[i]`. */
export interface DevLosses {
  readonly steps: readonly number[];
  readonly losses: readonly number[];
}

/**
 * Both curves as one table, by step. A `minibatch_loss` stands at the first of the `every` steps that it is the mean of,
 * and a `dev_loss` at its own step; a cell without a number is empty. Numbers are the shortest decimals that read back in
 * single precision.
 */
export function curveToCsv(curve: Curve, dev: DevLosses): string {
  const rows = new Map<number, { minibatch?: number; dev?: number }>();
  Array.from(curve.values, (minibatch, i) => rows.set(i * curve.every, { minibatch }));
  dev.steps.forEach((step, i) => {
    rows.set(step, { ...rows.get(step), dev: dev.losses[i] });
  });
  const lines = [...rows]
    .sort(([a], [b]) => a - b)
    .map(([step, row]) => `${step},${cell(row.minibatch)},${cell(row.dev)}\n`);
  return `step,minibatch_loss,dev_loss\n${lines.join('')}`;
}

const cell = (loss: number | undefined): string => (loss === undefined ? '' : singleDecimal(loss));
