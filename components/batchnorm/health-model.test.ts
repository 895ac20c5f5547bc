import { describe, expect, test } from 'vitest';
import { type BatchNormSettings, batchNormOf, batchNormTable } from '../../src/training/batchnorm/settings.ts';
import { recordRun } from '../../src/training/language-model/record.ts';
import type { LanguageModelFrame } from '../../src/training/language-model/run.ts';
import { defaultsOf } from '../../src/training/settings.ts';
import { openNodeEngine } from '../../tools/node-engine.ts';
import { shippedList } from '../../tools/word-lists.ts';
import type { LanguageModelView } from '../training/language-model.ts';
import { describeHealth, faultOfBatchNorm, ratioDomain, ratioSeries, ratioText } from './health-model.ts';

const settings: BatchNormSettings = { ...defaultsOf(batchNormTable), hidden: 16, steps: 60, decay: 50 };
const { record } = await recordRun({
  settings,
  words: shippedList('names').words,
  network: batchNormOf,
  open: openNodeEngine,
  watching: 'health',
});
const view: LanguageModelView = record;
const health = record.health!;
const highest = Math.max(...health.weights.map(({ updateToData }) => updateToData));

const frameWith = (loss: number, more: Partial<LanguageModelFrame> = {}): LanguageModelFrame =>
  ({ step: 7, loss, schedule: [{ from: 0, rate: 50 }], ...more }) as LanguageModelFrame;

describe('what is to be seen in a run', () => {
  test('the range of its ratios', () => {
    const last = health.weights.map(({ updateToData }) => updateToData);
    const text = describeHealth(view, health, settings);
    expect(text).toContain(ratioText(Math.min(...last)));
    expect(text).toContain(ratioText(Math.max(...last)));
    expect(text).not.toContain('guessing');
  });

  test('a line for each matrix, inside the chart', () => {
    const series = ratioSeries(health);
    expect(series.map(({ label }) => label)).toEqual(['C', 'W1', 'W2', 'W3', 'W4', 'W5', 'logits']);
    const [low, high] = ratioDomain(health);
    for (const { values } of series)
      for (const x of Array.from(values)) expect(low <= x && x <= high, `${x}`).toBe(true);
  });
});

describe('damage is told', () => {
  test('by a dev loss far above that of guessing', () => {
    const damaged = { ...view, dev: { steps: [0, 20], losses: [3.3, 66] } };
    expect(describeHealth(damaged, health, settings)).toMatch(
      /^The loss is 20 times that of guessing uniformly\. Either steps at a rate of 0\.01 are so large/,
    );
  });

  test('a weight without an update has no logarithm', () => {
    expect([Number.NEGATIVE_INFINITY, Number.NaN, -2.96].map(ratioText)).toEqual(['none', 'none', '−3.0']);
  });
});

describe('a loss that is no finite number', () => {
  const fault = (changed: Partial<BatchNormSettings>, loss = Number.NaN, more: Partial<LanguageModelFrame> = {}) =>
    faultOfBatchNorm(frameWith(loss, more), { ...settings, ...changed });

  test('is none while the loss is finite', () => {
    expect(fault({ batch: 2 }, 3.3)).toBeUndefined();
  });

  test('in small batches comes from examples that have the same context', () => {
    expect(fault({ batch: 2 })).toContain('Where all 2 examples of a minibatch have the same context');
    expect(fault({ batch: 2 })).toContain('316');
    expect(fault({ batch: 4, network: 'mlp' })).toContain('divides 0 by 0');
  });

  test('otherwise from the rate, and the last ratios say so', () => {
    const text = fault({ norm: 'off', batch: 2 }, Number.POSITIVE_INFINITY, { health });
    expect(text).toContain('At step 7 the loss is no finite number any more: at a rate of 50 the weights ran off.');
    expect(text).toContain(`the largest update-to-data ratio was ${ratioText(highest)}; about −3 is healthy`);
    expect(fault({ norm: 'off' }, Number.POSITIVE_INFINITY)).not.toContain('logarithm');
  });
});
