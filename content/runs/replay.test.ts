// The records of this folder are what the code does today: each is run again from its own settings.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type BigramRecord, recordBigram } from '../../src/training/bigram/record.ts';
import { type LanguageModelRecord, lossesAtMarks, startRun } from '../../src/training/language-model/record.ts';
import { type MlpTrainingSettings, mlpOf } from '../../src/training/mlp/settings.ts';
import { type RateSweepRecord, recordSweep } from '../../src/training/rate-sweep/record.ts';
import { openNodeEngine } from '../../tools/node-engine.ts';
import { defaultsOf } from '../../src/training/settings.ts';
import { record, type TinyNetworkRecord } from '../../src/training/tiny-network/record.ts';
import { TinyNetworkRun } from '../../src/training/tiny-network/run.ts';
import { tinyNetworkTable } from '../../src/training/tiny-network/settings.ts';

const MINUTES = 60_000;
const folder = new URL('./', import.meta.url);
const names = readdirSync(folder).filter((name) => /^tiny-network.*\.json$/.test(name));

test('the folder has records of tiny-network', () => {
  expect(names).toContain('tiny-network.json');
});

test.for(names)('%s is replayed from its own settings', { timeout: 2 * MINUTES }, (name) => {
  const kept: TinyNetworkRecord = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
  const { curve, frame, ...facts } = record(kept.settings);
  expect(kept).toMatchObject(facts);
  expect(kept.curve.accuracy).toEqual(curve.accuracy);
  expect(kept.curve.loss).toHaveLength(curve.loss.length);
  expect(worst(kept.curve.loss, curve.loss, relative)).toBeLessThanOrEqual(1e-6);
  expect(kept.frame).toMatchObject({ step: frame.step, done: true });
  expect(kept.frame.surface).toHaveLength(frame.surface.length);
  expect(worst(kept.frame.surface, frame.surface, absolute)).toBeLessThanOrEqual(0.01);
  // Parameters are recorded to four digits.
  expect(kept.frame.parameters).toHaveLength(frame.parameters.length);
  expect(worst(kept.frame.parameters, frame.parameters, relative)).toBeLessThanOrEqual(1e-3);
});

test('bigram.json is the shipped list, counted and learned anew', () => {
  const words = readFileSync(new URL('../corpora/names.txt', folder), 'utf8').trimEnd().split('\n');
  const kept: BigramRecord = JSON.parse(readFileSync(new URL('bigram.json', folder), 'utf8'));
  const { corpus, run } = recordBigram(words);
  expect(kept.corpus).toEqual(corpus);
  expect(worst(kept.run.losses, run.losses, relative)).toBeLessThanOrEqual(1e-6);
  expect(worst(kept.run.probabilities, run.probabilities, absolute)).toBeLessThanOrEqual(1e-4);
  expect(kept.run.countedNll).toBeCloseTo(run.countedNll, 9);
});

describe('the records of character models, for their first 1,000 steps', () => {
  const LOSS_TOLERANCE = 1e-4;
  /** The notebook’s large weights make a run chaotic: what differs in the last digit differs in the third 1,000 steps later. */
  const CHAOTIC_FROM = 100;

  test.for(readdirSync(folder).filter((name) => /^(mlp(?!-sizes|-makemore-tables)|embedding-map).*\.json$/.test(name)))(
    '%s',
    { timeout: MINUTES },
    async (name) => {
      const kept: LanguageModelRecord<MlpTrainingSettings> = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
      const words = wordsOf(kept.settings.corpus);
      if (!words) {
        console.log(`${name} is not replayed: the makemore list is not there (../shared/data/names.txt)`);
        return;
      }
      expect(kept.counts.words).toBe(words.length);
      const { run } = await startRun({ settings: kept.settings, words, network: mlpOf, open: openNodeEngine });
      const losses = await lossesAtMarks(run, 1001);
      run.dispose();
      const isChaotic = kept.settings.init === 'notebook';
      for (const [mark, loss] of Object.entries(kept.marks)) {
        if (isChaotic && Number(mark) >= CHAOTIC_FROM) continue;
        expect(Math.abs(losses[mark]! - loss), `loss at step ${mark}`).toBeLessThan(LOSS_TOLERANCE);
      }
    },
  );

  test('learning-rate-finder.json', async () => {
    const kept: RateSweepRecord = JSON.parse(readFileSync(new URL('learning-rate-finder.json', folder), 'utf8'));
    const { losses } = await recordSweep(kept.settings, wordsOf('names')!, openNodeEngine);
    expect(worst(kept.losses, losses, absolute)).toBeLessThan(0.02);
    expect(worst(kept.losses.slice(0, 500), losses.slice(0, 500), absolute)).toBeLessThan(2e-4);
  });
});

/** A list by its name; undefined where it is not on this machine. */
function wordsOf(corpus: string): string[] | undefined {
  const path = corpus === 'makemore' ? '../../../shared/data/names.txt' : `../corpora/${corpus}.txt`;
  const url = new URL(path, folder);
  return existsSync(url) ? readFileSync(url, 'utf8').trimEnd().split('\n') : undefined;
}

describe('What the recorded seed does, others do too', () => {
  const seeds = Array.from({ length: 12 }, (_, seed) => seed);

  test.for(['tanh', 'relu'] as const)(
    'with %s, 12 of the 12 seeds 0 to 11 have all points right within 100 updates',
    { timeout: 5 * MINUTES },
    (activation) => {
      const failing = seeds.filter((seed) => {
        const run = new TinyNetworkRun({ ...defaultsOf(tinyNetworkTable), activation, seed, rate: 1, steps: 100 });
        return !reachesAccuracyOne(run);
      });
      expect(failing).toEqual([]);
    },
  );
});

/** Whether all points are on their own side after some update of the run. */
function reachesAccuracyOne(run: TinyNetworkRun): boolean {
  while (!run.done) {
    run.advance(5);
    if (run.save().accuracies.includes(1)) return true;
  }
  return false;
}

const absolute = (expected: number, actual: number): number => Math.abs(actual - expected);
const relative = (expected: number, actual: number): number => Math.abs(actual - expected) / Math.abs(expected);

/** The largest distance between two lists, place by place; Infinity where one is no number. */
function worst(
  expected: ArrayLike<number>,
  actual: ArrayLike<number>,
  distance: (expected: number, actual: number) => number,
): number {
  const distances = Array.from(expected, (x, i) => (x === actual[i] ? 0 : distance(x, actual[i]!)));
  return Math.max(0, ...distances.map((each) => (Number.isNaN(each) ? Number.POSITIVE_INFINITY : each)));
}
