// The records of this folder are what the code does today: each is run again from its own settings.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import batchNorm from '../../reference/fixtures/full_bn_mlp.json' with { type: 'json' };
import manual from '../../reference/fixtures/manual_training.json' with { type: 'json' };
import raw from '../../reference/fixtures/full_mlp_raw.json' with { type: 'json' };
import scaled from '../../reference/fixtures/full_mlp_scaled.json' with { type: 'json' };
import wave from '../../reference/fixtures/full_wavenet.json' with { type: 'json' };
import waveSizes from '../../reference/fixtures/wavenet_sizes.json' with { type: 'json' };
import { type BatchNormSettings, batchNormOf, batchNormTable } from '../../src/training/batchnorm/settings.ts';
import type { Examination } from '../../src/training/initialization/lab.ts';
import { recordStepper, type StepperRecord } from '../../src/training/gradient-exercise/record.ts';
import { recordInitialization } from '../../src/training/initialization/record.ts';
import { initializationTable } from '../../src/training/initialization/settings.ts';
import { type BigramRecord, recordBigram } from '../../src/training/bigram/record.ts';
import { fromSafetensors } from '../../src/training/export/safetensors.ts';
import { prepareData } from '../../src/training/language-model/data.ts';
import { joined, type LanguageModelRecord, lossesAtMarks } from '../../src/training/language-model/record.ts';
import { SAMPLES } from '../../src/training/language-model/settings.ts';
import { sampleWords } from '../../src/training/language-model/sample.ts';
import { type ManualTrainingRecord, startManual } from '../../src/training/manual/record.ts';
import { manualTrainingTable } from '../../src/training/manual/settings.ts';
import { type RateSweepRecord, recordSweep } from '../../src/training/rate-sweep/record.ts';
import { KERNELS, openNodeEngine } from '../../tools/node-engine.ts';
import { beginAnew, RECORDED_RUNS, type RecordedRun, type Variation } from '../../tools/recorded-runs.ts';
import { BESIDE, makemoreList, sha256, shippedList } from '../../tools/word-lists.ts';
import { defaultsOf } from '../../src/training/settings.ts';
import { record, type TinyNetworkRecord } from '../../src/training/tiny-network/record.ts';
import { TinyNetworkRun } from '../../src/training/tiny-network/run.ts';
import { tinyNetworkTable } from '../../src/training/tiny-network/settings.ts';

/** A character model as it is kept: the list and the kernels that it was made with are told apart by their bytes. */
type Kept = LanguageModelRecord<RecordedRun['settings']> & { readonly sha256: { readonly list: string; readonly kernels: string } };

const MINUTES = 60_000;
/** After 200,000 steps, of runs in which what differs in the last digit may differ in the third. */
const FINAL_TOLERANCE = 0.003;
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

describe('the records of character models', () => {
  const makemore = existsSync(BESIDE);
  if (!makemore) console.log('The runs on the makemore list are not replayed: it is not there (../shared/data/names.txt).');
  const runs = Object.entries(RECORDED_RUNS).filter(([, { settings }]) => makemore || settings.corpus !== 'makemore');
  const read = (name: string): Kept => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
  const listOf = async (corpus: string) => (corpus === 'makemore' ? (await makemoreList())! : shippedList(corpus));

  test.for(runs)('%s: its first 1,000 steps', { timeout: MINUTES }, async ([name, recorded]) => {
    const kept = read(name);
    expect(kept.settings).toEqual(recorded.settings);
    const { words, sha256 } = await listOf(kept.settings.corpus);
    expect(kept.sha256.list).toBe(sha256);
    expect(kept.counts.words).toBe(words.length);
    const { run } = await beginAnew(recorded, words);
    const losses = await lossesAtMarks(run, 1001);
    run.dispose();
    // WebAssembly rounds alike everywhere: what drifts, drifts because the code changed.
    expect(losses).toEqual(kept.marks);
  });

  test.for(runs.filter(([, { keepsWeights }]) => keepsWeights))('%s: its weights', async ([name, { network, settings }]) => {
    const kept = read(name);
    const bytes = readFileSync(new URL(`${name}.safetensors`, folder));
    const trained = network(kept.symbols.length);
    const engine = await openNodeEngine(trained, fromSafetensors(bytes, trained));
    const data = prepareData(shippedList(settings.corpus).words, settings.block);
    expect(await engine.loss(data.dev)).toBe(kept.final.dev);
    expect(await sampleWords(engine, kept.symbols, settings.block, settings.seed, SAMPLES)).toEqual(kept.samples);
  });

  test('all were made with the kernels of today', () => {
    const kernels = sha256(readFileSync(KERNELS));
    for (const name of Object.keys(RECORDED_RUNS)) expect(read(name).sha256.kernels, name).toBe(kernels);
  });

  test.for([
    ['mlp-makemore', scaled],
    ['mlp-makemore-notebook', raw],
    ['batchnorm-mlp-makemore', batchNorm],
    ['wavenet-makemore', wave],
    ['wavenet-flat-makemore', waveSizes.flat],
    ['wavenet-pairs-makemore', waveSizes.pairs],
  ] as const)('%s ends where PyTorch does', ([name, { final }]) => {
    for (const split of ['train', 'dev', 'test'] as const)
      expect(Math.abs(read(name).final[split]! - final[split]), split).toBeLessThan(FINAL_TOLERANCE);
  });

  test.for([
    ['wavenet-flat-makemore', waveSizes.flat],
    ['wavenet-pairs-makemore', waveSizes.pairs],
  ] as const)('%s has PyTorch’s losses to step 1,000, and as many parameters', ([name, { loss_f32: losses, n_params: count }]) => {
    const { marks, parameters } = read(name);
    expect(parameters).toBe(count);
    for (const [step, loss] of Object.entries(losses)) expect(Math.abs(marks[step]! - loss), step).toBeLessThan(1e-5);
  });

  /*
   * Normalized over the batch alone, the first pair of a minibatch is two dots in all 32 examples once in sixteen steps. Their spread is
   * 0, the gradient is multiplied by 316, and what should cancel is rounding: two ways to add up part.
   */
  test('wavenet-batch-only-makemore has PyTorch’s losses as long as rounding has not parted them', () => {
    const { marks, parameters, final } = read('wavenet-batch-only-makemore');
    const { loss_f32: losses, n_params: count, final: theirs } = waveSizes.batch_only;
    expect(parameters).toBe(count);
    for (const step of ['0', '1', '10'] as const) expect(Math.abs(marks[step]! - losses[step]), step).toBeLessThan(1e-5);
    expect(Math.abs(marks['100']! - losses['100'])).toBeLessThan(1e-4);
    for (const split of ['train', 'dev', 'test'] as const)
      expect(Math.abs(final[split]! - theirs[split]), split).toBeLessThan(0.01);
  });

  test('manual-mlp-makemore is PyTorch’s training without autograd, to the last of its 200,000 steps', () => {
    const { marks, final } = read('manual-mlp-makemore');
    const { loss_f32: losses, final: theirs } = manual.hidden200;
    for (const [step, loss] of Object.entries(losses)) expect(Math.abs(marks[step]! - loss), step).toBeLessThan(1e-5);
    for (const split of ['train', 'dev', 'test'] as const) {
      expect(Math.abs(final[split]! - theirs.running[split]), split).toBeLessThan(1e-4);
      // The notebook takes the statistics of the whole train split in the end, the network those that ran along.
      expect(Math.abs(final[split]! - theirs.calibrated[split]), split).toBeLessThan(1e-3);
    }
  });

  test('backprop-stepper.json', async () => {
    const kept: StepperRecord = JSON.parse(readFileSync(new URL('backprop-stepper.json', folder), 'utf8'));
    const anew = await recordStepper(shippedList('names').words);
    expect(Object.keys(kept.tensors)).toEqual(Object.keys(anew.tensors));
    expect(kept.loss).toBeCloseTo(anew.loss, 12);
    expect(kept.first).toEqual(anew.first);
    for (const [name, { shape, largest, difference }] of Object.entries(anew.tensors)) {
      expect(kept.tensors[name]!.shape, name).toEqual(shape);
      expect(absolute(kept.tensors[name]!.largest, largest), name).toBeLessThan(1e-12);
      expect(absolute(kept.tensors[name]!.difference, difference), name).toBeLessThan(1e-9);
    }
  });

  test('manual-training.json: its first 1,000 steps', { timeout: MINUTES }, async () => {
    const kept: ManualTrainingRecord = JSON.parse(readFileSync(new URL('manual-training.json', folder), 'utf8'));
    expect(kept.settings).toEqual(defaultsOf(manualTrainingTable));
    const run = await startManual(kept.settings, shippedList('names').words);
    await run.advance(1000);
    const { hand, autograd } = run.frame();
    run.dispose();
    for (const [one, curve] of [
      [kept.hand, hand.curve],
      [kept.autograd, autograd.curve],
    ] as const) {
      const { every, values } = joined(curve, one.curve.every);
      expect(every).toBe(one.curve.every);
      expect(values.length).toBeGreaterThan(10);
      expect(worst(one.curve.values.slice(0, values.length), values, absolute)).toBeLessThan(2e-4);
    }
  });

  test('initialization-lab.json', async () => {
    const kept: Examination = JSON.parse(readFileSync(new URL('initialization-lab.json', folder), 'utf8'));
    const { words } = shippedList('names');
    expect(kept).toEqual(await recordInitialization(defaultsOf(initializationTable), words, openNodeEngine));
  });

  test('batchnorm-batches.json: with a batch of 2 the loss stops being a number at the same step', async () => {
    const { runs } = JSON.parse(readFileSync(new URL('batchnorm-batches.json', folder), 'utf8'));
    const kept: Variation<BatchNormSettings> = runs.find(({ step }: Variation<BatchNormSettings>) => step < 20_000);
    expect(kept.changed).toEqual({ batch: 2, norm: 'on' });
    const settings = { ...defaultsOf(batchNormTable), gain: 5 / 3, ...kept.changed };
    const network = (symbols: number) => batchNormOf(settings, symbols);
    const { run } = await beginAnew({ settings, network }, shippedList('names').words);
    await run.advance(kept.step + 100);
    expect(run.step).toBe(kept.step);
    run.dispose();
  });

  test('learning-rate-finder.json', async () => {
    const kept: RateSweepRecord = JSON.parse(readFileSync(new URL('learning-rate-finder.json', folder), 'utf8'));
    const { losses } = await recordSweep(kept.settings, shippedList('names').words, openNodeEngine);
    expect(worst(kept.losses, losses, absolute)).toBeLessThan(0.02);
    expect(worst(kept.losses.slice(0, 500), losses.slice(0, 500), absolute)).toBeLessThan(2e-4);
  });
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
