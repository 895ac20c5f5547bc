import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeSchedule, rateAt, type Schedule, stepSchedule } from './schedule.ts';

const LAST = 1_000_000;
const aRate = fc.double({ min: 0, max: 100, noNaN: true });
const aStep = fc.nat(LAST);
const aChange = fc.record({ step: aStep, rate: aRate, decay: aStep });
type Change = { step: number; rate: number; decay: number };

const changed = (schedule: Schedule, changes: readonly Change[]): Schedule =>
  changes.reduce((past, { step, rate, decay }) => changeSchedule(past, step, rate, decay), schedule);

/** The steps at which anything can differ: every place that is named, and its neighbors. */
const placesOf = (...named: number[]): number[] =>
  [0, LAST, ...named].flatMap((at) => [at - 1, at, at + 1]).filter((at) => at >= 0);

describe('the notebook’s schedule', () => {
  test('is one rate until the decay, and a tenth of it from there on', () => {
    const schedule = stepSchedule(0.1, 100_000);
    expect(schedule).toEqual([
      { from: 0, rate: 0.1 },
      { from: 100_000, rate: 0.01 },
    ]);
    expect([0, 1, 99_999, 100_000, 199_999].map((step) => rateAt(schedule, step))).toEqual([0.1, 0.1, 0.1, 0.01, 0.01]);
  });

  test.for([0.1, 0.3, 0.7, 1.1, 5, 0.05, 100])('a tenth of %d has no tail of nines', (rate) => {
    const tenth = stepSchedule(rate, 1)[1]!.rate;
    expect(Math.abs(tenth * 10 - rate)).toBeLessThanOrEqual(1e-14 * rate);
    expect(String(tenth).length).toBeLessThanOrEqual(String(rate).length + 2);
  });

  test('with the decay at step 0 it is a tenth from the start', () => {
    expect(stepSchedule(0.1, 0)).toEqual([{ from: 0, rate: 0.01 }]);
    expect(rateAt(stepSchedule(0.1, 0), 0)).toBe(0.01);
  });
});

test('a rate holds from its step on, until the next one', () => {
  const schedule = [
    { from: 0, rate: 3 },
    { from: 10, rate: 2 },
    { from: 11, rate: 1 },
  ];
  expect([0, 9, 10, 11, 12, LAST].map((step) => rateAt(schedule, step))).toEqual([3, 3, 2, 1, 1, 1]);
});

describe('a change on the way', () => {
  test('leaves what was done before it', () => {
    fc.assert(
      fc.property(aRate, aStep, fc.array(aChange, { maxLength: 5 }), aChange, (rate, decay, earlier, last) => {
        const before = changed(stepSchedule(rate, decay), earlier);
        const after = changed(before, [last]);
        const named = [decay, last.step, last.decay, ...earlier.flatMap((one) => [one.step, one.decay])];
        for (const at of placesOf(...named).filter((one) => one < last.step))
          expect(rateAt(after, at)).toBe(rateAt(before, at));
      }),
    );
  });

  test('is followed by its own rate and its own decay, whatever was planned', () => {
    fc.assert(
      fc.property(aRate, aStep, fc.array(aChange, { maxLength: 5 }), aChange, (rate, decay, earlier, last) => {
        const after = changed(stepSchedule(rate, decay), [...earlier, last]);
        const named = [decay, last.step, last.decay, ...earlier.flatMap((one) => [one.step, one.decay])];
        for (const at of placesOf(...named).filter((one) => one >= last.step)) {
          const expected = at < last.decay ? last.rate : last.rate / 10;
          expect(Math.abs(rateAt(after, at) - expected)).toBeLessThanOrEqual(1e-11 * expected);
        }
      }),
    );
  });

  test('keeps the pieces in order, from step 0 on', () => {
    fc.assert(
      fc.property(aRate, aStep, fc.array(aChange, { maxLength: 8 }), (rate, decay, changes) => {
        const steps = changed(stepSchedule(rate, decay), changes).map(({ from }) => from);
        expect(steps[0]).toBe(0);
        expect(steps).toEqual([...new Set(steps)].toSorted((a, b) => a - b));
      }),
    );
  });

  test('does not touch the schedule that it changes', () => {
    const past = Object.freeze(stepSchedule(0.1, 500));
    changeSchedule(past, 200, 0.3, 700);
    expect(past).toEqual(stepSchedule(0.1, 500));
  });

  test.for([
    ['at step 0 replaces everything', 0, 500, '0:0.3,500:0.03'],
    ['at step 0 with the decay at 0 is one piece', 0, 0, '0:0.03'],
    ['before both decays moves the decay', 300, 700, '0:0.1,300:0.3,700:0.03'],
    ['at its own decay starts with the tenth', 300, 300, '0:0.1,300:0.03'],
    ['after its decay is a tenth from the start', 600, 400, '0:0.1,500:0.01,600:0.03'],
    ['at the old decay replaces it', 500, 800, '0:0.1,500:0.3,800:0.03'],
  ] as const)('%s', ([, step, decay, expected]) => {
    const schedule = changeSchedule(stepSchedule(0.1, 500), step, 0.3, decay);
    expect(schedule.map(({ from, rate }) => `${from}:${rate}`).join()).toBe(expected);
  });

  test('twice at one step counts as the second', () => {
    const once = changeSchedule(stepSchedule(0.1, 500), 200, 0.7, 500);
    expect(changeSchedule(once, 200, 0.3, 500)).toEqual(changeSchedule(stepSchedule(0.1, 500), 200, 0.3, 500));
  });
});
