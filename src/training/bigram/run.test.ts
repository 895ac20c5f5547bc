import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import fixture from '../../../reference/fixtures/bigram.json' with { type: 'json' };
import { TorchGenerator } from '../../random/torch-generator.ts';
import { bigramProbabilities, countBigrams, meanNll, sampleWord } from '../../text/bigram.ts';
import { Vocabulary } from '../../text/vocabulary.ts';
import { defaultsOf } from '../settings.ts';
import { BigramRun, bigramTrainingTable } from './run.ts';

/** PyTorch’s counts of the makemore list: enough for all that follows, without the list. */
const counts = { counts: Int32Array.from(fixture.counts.flat()), size: 27, total: fixture.n_bigrams };
const symbols = ['.', ...fixture.letters];

const text = (indices: readonly number[]) => indices.map((index) => symbols[index]).join('');

test('the counts of the makemore list are PyTorch’s', ({ skip }) => {
  const path = new URL('../../../../shared/data/names.txt', import.meta.url);
  if (!existsSync(path)) {
    console.log(`Skipped: ${path.pathname} is not there, so the counts are taken from the fixture alone.`);
    skip();
  }
  const words = readFileSync(path, 'utf8').split('\n');
  const counted = countBigrams(words, new Vocabulary(words));
  expect(counted).toEqual(counts);
});

test('the mean negative log-likelihoods are PyTorch’s to 1e-9', () => {
  expect(meanNll(counts, bigramProbabilities(counts, 0))).toBeCloseTo(fixture.mean_nll_unsmoothed, 9);
  expect(meanNll(counts, bigramProbabilities(counts, 1))).toBeCloseTo(fixture.mean_nll_plus1, 9);
});

describe('five names from seed 2147483647', () => {
  /** The notebook divides in single precision. */
  const single = (table: Float64Array) => (before: number) =>
    Float32Array.from(table.subarray(before * 27, before * 27 + 27));
  const draw = (table: Float64Array, rule: 'cumulative' | 'exponential') => {
    const generator = new TorchGenerator(2147483647);
    return Array.from({ length: 5 }, () => text(sampleWord(single(table), generator, rule)));
  };

  test('by the cumulative rule they are the notebook’s', () => {
    const names = draw(bigramProbabilities(counts, 1), 'cumulative');
    expect(names).toEqual(fixture.samples_cumulative_rule);
    expect(names).toEqual(['mor.', 'axx.', 'minaymoryles.', 'kondlaisah.', 'anchshizarie.']);
  });

  test('by the exponential rule they are those of PyTorch 2.13', () => {
    expect(draw(bigramProbabilities(counts, 1), 'exponential')).toEqual(fixture.samples_exponential_rule);
  });

  test('after 100 updates the net draws PyTorch’s names, by both rules', () => {
    const run = new BigramRun(defaultsOf(bigramTrainingTable), counts, symbols);
    run.advance(100);
    const table = Float64Array.from(run.frame().probabilities);
    expect(draw(table, 'cumulative')).toEqual(fixture.neural.samples_cumulative_rule);
    expect(draw(table, 'exponential')).toEqual(fixture.neural.samples_exponential_rule);
  });
});

describe('the neural bigram', () => {
  test('has PyTorch’s losses to 1e-5 at 0, 1, 10, 50 and 100 updates', () => {
    const run = new BigramRun(defaultsOf(bigramTrainingTable), counts, symbols);
    run.advance(100);
    const { losses } = run.frame();
    for (const [step, loss] of Object.entries(fixture.neural.loss_f32)) {
      expect(Math.abs(losses[Number(step)]! - loss), `after ${step}`).toBeLessThanOrEqual(1e-5);
    }
  });

  test('has PyTorch’s first gradient', () => {
    const run = new BigramRun({ ...defaultsOf(bigramTrainingTable), rate: 1 }, counts, symbols);
    const before = Float64Array.from(run.save().weight);
    run.advance(1);
    const after = run.save().weight;
    const gradient = before.map((w, i) => w - after[i]!);
    const { first, l2, absmax } = fixture.neural.grad_step0;
    first.forEach((value, i) => {
      expect(gradient[i]).toBeCloseTo(value, 7);
    });
    expect(Math.hypot(...gradient)).toBeCloseTo(l2, 6);
    expect(Math.max(...gradient.map(Math.abs))).toBeCloseTo(absmax, 6);
  });

  test('comes ever closer to the counted table, without regularization', () => {
    const run = new BigramRun({ ...defaultsOf(bigramTrainingTable), regularization: 0, steps: 3000 }, counts, symbols);
    const gap = () => {
      const { losses, countedNll } = run.frame();
      return losses.at(-1)! - countedNll;
    };
    run.advance(100);
    const after100 = gap();
    run.advance(2900);
    expect(after100).toBeGreaterThan(0);
    expect(gap()).toBeGreaterThan(0);
    expect(gap()).toBeLessThan(after100 / 10);
  });

  test('a run that goes on from what was saved makes the same losses', () => {
    const settings = defaultsOf(bigramTrainingTable);
    const whole = new BigramRun(settings, counts, symbols);
    whole.advance(20);
    const half = new BigramRun(settings, counts, symbols);
    half.advance(8);
    const rest = new BigramRun(settings, counts, symbols, structuredClone(half.save()));
    rest.advance(12);
    expect(rest.frame()).toEqual(whole.frame());
  });
});
