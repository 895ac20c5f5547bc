/** From step `from` on, until the next one, the learning rate is `rate`. */
export interface RateChange {
  readonly from: number;
  readonly rate: number;
}

/** The learning rate over the steps, as pieces in the order of their steps; the first is from step 0. */
export type Schedule = readonly RateChange[];

/** The notebook’s: one rate, and a tenth of it from step `decay` on. */
export function stepSchedule(rate: number, decay: number): Schedule {
  return decay > 0
    ? [
        { from: 0, rate },
        { from: decay, rate: tenthOf(rate) },
      ]
    : [{ from: 0, rate: tenthOf(rate) }];
}

/** The schedule that a link brought, or the notebook’s. */
export const scheduleOf = ({ schedule, rate, decay }: { schedule: Schedule; rate: number; decay: number }): Schedule =>
  schedule.length > 0 ? schedule : stepSchedule(rate, decay);

/** The rate of step number `step`. */
export const rateAt = (schedule: Schedule, step: number): number =>
  (schedule.findLast(({ from }) => from <= step) ?? schedule[0]!).rate;

/** What was done before `step` stays; from there on it is what a step schedule says. */
export function changeSchedule(past: Schedule, step: number, rate: number, decay: number): Schedule {
  const future = stepSchedule(rate, decay);
  const now = { from: step, rate: rateAt(future, step) };
  const pieces = [...past.filter(({ from }) => from < step), now, ...future.filter(({ from }) => from > step)];
  return pieces.filter(({ rate: each }, i) => i === 0 || each !== pieces[i - 1]!.rate);
}

/** 0.1 becomes 0.01, and not 0.010000000000000002. */
const tenthOf = (rate: number): number => Number((rate / 10).toPrecision(12));
