// The records of this folder are what the code does today: each is run again from its own settings.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type BigramRecord, recordBigram } from '../../src/training/bigram/record.ts';
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
