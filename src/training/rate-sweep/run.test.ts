import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { openNodeEngine } from '../../../tools/node-engine.ts';
import type { Opened } from '../../engines/open.ts';
import { initialize } from '../../networks/index.ts';
import { TorchGenerator } from '../../random/torch-generator.ts';
import { prepareData } from '../language-model/data.ts';
import { LanguageModelRun } from '../language-model/run.ts';
import { mlpOf, mlpTrainingTable } from '../mlp/settings.ts';
import { defaultsOf } from '../settings.ts';
import { RateSweepRun, type RateSweepSaved } from './run.ts';
import { type RateSweepSettings, rateSweepTable, sweptRates } from './settings.ts';

/** 35 words of two syllables. */
const WORDS = ['ma', 'ne', 'ri', 'lo', 'tu'].flatMap((first) =>
  ['ra', 'lin', 'mo', 'sa', 'tor', 'vi', 'n'].map((second) => first + second),
);
const small: RateSweepSettings = {
  ...defaultsOf(rateSweepTable),
  hidden: 8,
  embedding: 4,
  batch: 8,
  steps: 60,
  high: 3,
};
const data = prepareData(WORDS, small.block, ['A note on the list.']);

const begun: { dispose(): void }[] = [];
afterEach(() => {
  for (const run of begun.splice(0)) run.dispose();
});

async function prepare(settings: RateSweepSettings, from?: RateSweepSaved) {
  const network = mlpOf(settings, data.symbols.length);
  const generator = new TorchGenerator(settings.seed);
  const initial = { parameters: initialize(network, generator), buffers: [] };
  const engine = await openNodeEngine(network, from?.state ?? initial);
  begun.push(engine);
  const opened: Opened = { engine, open: openNodeEngine, trials: [], notes: ['A note on the engine.'] };
  return { data, opened, generator };
}

const start = async (settings: RateSweepSettings, from?: RateSweepSaved): Promise<RateSweepRun> =>
  new RateSweepRun({ settings, ...(await prepare(settings, from)), from });

async function finished(settings: RateSweepSettings): Promise<RateSweepRun> {
  const run = await start(settings);
  await run.advance(settings.steps);
  return run;
}

describe('the rates', () => {
  test('are powers of ten in even steps of the exponent, the ends exact', () => {
    const rates = sweptRates({ low: 0.001, high: 1, steps: 1000 });
    expect(rates).toHaveLength(1000);
    expect([rates[0], rates[999]]).toEqual([0.001, 1]);
    for (const [i, rate] of rates.entries())
      expect(Math.abs(Math.log10(rate) - (-3 + (3 * i) / 999)), `rate ${i}`).toBeLessThanOrEqual(1e-12);
  });

  test('grow by one factor, from the lowest to the highest', () => {
    const ends = fc.tuple(fc.double({ min: -6, max: 2, noNaN: true }), fc.double({ min: -6, max: 2, noNaN: true }));
    fc.assert(
      fc.property(ends, fc.integer({ min: 10, max: 500 }), ([a, b], steps) => {
        const [low, high] = [10 ** Math.min(a, b), 10 ** Math.max(a, b)];
        const rates = sweptRates({ low, high, steps });
        expect(sweptRates({ low: high, high: low, steps })).toEqual(rates);
        const factor = (high / low) ** (1 / (steps - 1));
        expect(rates).toHaveLength(steps);
        expect(Math.abs(rates[0]! / low - 1)).toBeLessThan(1e-11);
        expect(Math.abs(rates[steps - 1]! / high - 1)).toBeLessThan(1e-11);
        for (let i = 1; i < steps; i++) expect(Math.abs(rates[i]! / rates[i - 1]! / factor - 1)).toBeLessThan(1e-11);
      }),
    );
  });

  test.for([0.001, 0.01, 0.1, 1, 10, 100])('end at %d to the bit', (high) => {
    expect(sweptRates({ low: 1e-6, high, steps: 77 }).at(-1)).toBe(high);
  });
});

describe('a sweep', () => {
  test('at one rate throughout is a run at that rate', async () => {
    const rate = 0.01;
    const sweep = await finished({ ...small, low: rate, high: rate });
    const settings = { ...defaultsOf(mlpTrainingTable), ...small, rate, decay: 1_000_000, schedule: [] };
    const run = new LanguageModelRun({ settings, ...(await prepare(small)) });
    await run.advance(small.steps);
    expect(sweep.frame().losses).toEqual((await run.frame()).curve.values);
    expect((await sweep.save()).state).toEqual((await run.save()).state);
  });

  test('makes its steps at the rates it says', async () => {
    const sweep = await finished(small);
    const schedule = Array.from(sweptRates(small), (rate, from) => ({ from, rate }));
    const settings = { ...defaultsOf(mlpTrainingTable), ...small, schedule };
    const run = new LanguageModelRun({ settings, ...(await prepare(small)) });
    await run.advance(small.steps);
    expect(sweep.frame().losses).toEqual((await run.frame()).curve.values);
  });

  test('ends after the last rate, with a loss for each', async () => {
    const sweep = await start(small);
    expect(sweep.frame()).toMatchObject({ step: 0, done: false, losses: new Float32Array() });
    await sweep.advance(59);
    expect(sweep.done).toBe(false);
    await sweep.advance(59);
    const { step, done, losses, uniform, engine, notes } = structuredClone(sweep.frame());
    expect([step, done, losses.length, engine]).toEqual([60, true, 60, 'simd']);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(uniform).toBe(Math.log(data.symbols.length));
    expect(notes).toEqual(['A note on the list.', 'A note on the engine.']);
  });

  test.for([1, 7, 1000])('is the same in calls of %i steps', async (each) => {
    const inParts = await start(small);
    for (let calls = 0; !inParts.done && calls < small.steps; calls++) await inParts.advance(each);
    const whole = await finished(small);
    expect(inParts.frame()).toEqual(whole.frame());
    expect(await inParts.save()).toEqual(await whole.save());
  });

  test.for([0, 1, 33, 59, 60])('is the same when it was put aside at step %i', async (step) => {
    const first = await start(small);
    if (step > 0) await first.advance(step);
    const rest = await start(small, structuredClone(await first.save()));
    expect(rest.step).toBe(step);
    if (!rest.done) await rest.advance(small.steps);
    const whole = await finished(small);
    expect(rest.frame()).toEqual(whole.frame());
    expect(await rest.save()).toEqual(await whole.save());
  });

  test('ends at the first loss that is no number', async () => {
    const sweep = await finished({ ...small, low: 1e30, high: 3e38 });
    const { step, done, losses } = structuredClone(sweep.frame());
    expect(done).toBe(true);
    expect([step, losses.length]).toEqual([losses.length, step]);
    expect(step).toBeLessThan(small.steps);
    expect(losses.slice(0, -1).every(Number.isFinite)).toBe(true);
    expect(losses.at(-1)).toBeNaN();
  });

  test('takes a new pace on the way', async () => {
    const sweep = await start(small);
    expect(sweep.perSecond).toBeUndefined();
    sweep.tune({ ...small, pace: 'slow' });
    expect(sweep.perSecond).toBe(20);
  });

  test('makes no step after its end', async () => {
    const sweep = await finished(small);
    await sweep.advance(1);
    expect(sweep.step).toBe(small.steps);
  });

  test('makes no step after a loss that is no number', async () => {
    const sweep = await finished({ ...small, low: 1e30, high: 3e38 });
    const { step } = sweep;
    await sweep.advance(1);
    expect(sweep.step).toBe(step);
  });
});
