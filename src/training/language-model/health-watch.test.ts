import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, test, vi } from 'vitest';
import fixture from '../../../reference/fixtures/deep_bn.json' with { type: 'json' };
import { openNodeEngine } from '../../../tools/node-engine.ts';
import { hasMakemore, NotebookGenerator } from '../../../tools/notebook.ts';
import { makemoreList, shippedList } from '../../../tools/word-lists.ts';
import { tfjsHost } from '../../engines/tfjs/host.ts';
import { initialBuffers, initialize } from '../../networks/index.ts';
import { TorchGenerator } from '../../random/torch-generator.ts';
import { type BatchNormSettings, batchNormOf, batchNormTable } from '../batchnorm/settings.ts';
import { defaultsOf } from '../settings.ts';
import { prepareData } from './data.ts';
import { ratioInterval } from './health-watch.ts';
import { LanguageModelRun, type LanguageModelSaved, type Watching } from './run.ts';

vi.setConfig({ testTimeout: 120_000 });

const names = shippedList('names').words;
const settings: BatchNormSettings = { ...defaultsOf(batchNormTable), hidden: 16, depth: 2, steps: 260, batch: 8 };

interface Options {
  readonly watching?: Watching;
  readonly from?: LanguageModelSaved;
  readonly open?: typeof openNodeEngine;
  readonly generator?: TorchGenerator;
  readonly words?: readonly string[];
}

async function start(settings: BatchNormSettings, options: Options = {}): Promise<LanguageModelRun> {
  const { watching, from, open = openNodeEngine, words = names } = options;
  const { generator = new TorchGenerator(settings.seed) } = options;
  const data = prepareData(words, settings.block);
  const network = batchNormOf(settings, data.symbols.length);
  const initial = { parameters: initialize(network, generator), buffers: initialBuffers(network) };
  const engine = await open(network, from?.state ?? initial);
  const opened = { engine, open, trials: [], notes: [] };
  return new LanguageModelRun({ settings, data, opened, generator, from, watching });
}

/** A run in several strides, with a frame after each. */
async function play(run: LanguageModelRun, strides: readonly number[]) {
  for (const steps of strides) {
    await run.advance(steps);
    await run.frame();
  }
  const { health, ...saved } = await run.save();
  run.dispose();
  return { saved, health };
}

describe('looking into a run', () => {
  test.for(['on', 'off'] as const)('changes nothing of it, with BatchNorm %s', async (norm) => {
    const plain = await play(await start({ ...settings, norm }), [260]);
    const watched = await play(await start({ ...settings, norm }, { watching: 'health' }), [1, 7, 100, 152]);
    expect(watched.saved).toEqual(plain.saved);
    expect(plain.health).toBeUndefined();
  });

  test('keeps the same ratios, however the run is cut into frames, put aside and resumed', async () => {
    const whole = await play(await start(settings, { watching: 'health' }), [260]);
    const first = await start(settings, { watching: 'health' });
    await first.advance(133);
    const from = structuredClone(await first.save());
    first.dispose();
    const { health } = await play(await start(settings, { watching: 'health', from }), [3, 124]);
    expect(health).toEqual(whole.health);
    expect(health!.ratios.steps).toEqual([...Array(20).keys()].map((i) => 10 * i).concat(200, 250));
    expect(health!.ratios.values).toHaveLength(4);
  });

  test('is the same on TensorFlow.js', async () => {
    const short = { ...settings, steps: 21 };
    const [ours, theirs] = await Promise.all(
      [openNodeEngine, tfjsHost('cpu').open].map(async (open) => {
        const run = await start(short, { watching: 'health', open });
        await run.advance(21);
        const { health } = await run.frame();
        run.dispose();
        return health!;
      }),
    );
    expect(ours!.step).toBe(21);
    for (const [i, { running, actual }] of ours!.statistics!.layers.entries()) {
      const other = theirs!.statistics!.layers[i]!;
      for (const [mine, its] of [
        [running, other.running],
        [actual, other.actual],
      ] as const)
        for (const what of ['mean', 'std'] as const)
          Array.from(mine[what], (x, unit) => expect(x).toBeCloseTo(its[what][unit]!, 4));
    }
    for (const [i, layer] of ours!.layers.entries())
      expect(layer.values.std).toBeCloseTo(theirs!.layers[i]!.values.std, 5);
  });

  test('stops where the loss is no number any more, at the last look before it', async () => {
    const run = await start({ ...settings, norm: 'off', rate: 1e38 }, { watching: 'health' });
    await run.advance(30);
    const { health, loss, step } = await run.frame();
    expect(loss).not.toSatisfy(Number.isFinite);
    expect(health!.step).toBeLessThan(step);
    for (const { values } of health!.layers) expect(values.std).not.toBeNaN();
    run.dispose();
  });
});

describe('the true statistics', () => {
  test('are those of what the first BatchNorm1d gets, over the first examples of the train split', async () => {
    const run = await start(settings, { watching: 'health' });
    await run.advance(1);
    const { health } = await run.frame();
    const { statistics } = health!;
    const {
      state: { parameters },
    } = await run.save();
    run.dispose();
    expect(statistics!.examples).toBe(2048);

    // By hand: the rows of the table for the context, times the weight.
    const { contexts } = prepareData(names, settings.block).train;
    const [table, weight] = [parameters[0]!, parameters[1]!];
    const { block, embedding, hidden } = settings;
    // compared at step 0, before the one update
    const initial = initialize(batchNormOf(settings, 27), new TorchGenerator(settings.seed));
    expect(table).toHaveLength(initial[0]!.length);
    expect(weight).toHaveLength(initial[1]!.length);
    const sums = Array.from({ length: 2048 }, (_, example) => {
      let sum = 0;
      for (let place = 0; place < block; place++)
        for (let k = 0; k < embedding; k++)
          sum +=
            initial[0]![contexts[example * block + place]! * embedding + k]! *
            initial[1]![(place * embedding + k) * hidden]!;
      return sum;
    });
    const mean = sums.reduce((total, x) => total + x, 0) / sums.length;
    const std = Math.sqrt(sums.reduce((total, x) => total + (x - mean) ** 2, 0) / (sums.length - 1));
    expect(statistics!.layers[0]!.actual.mean[0]).toBeCloseTo(mean, 4);
    expect(statistics!.layers[0]!.actual.std[0]).toBeCloseTo(std, 4);
  });

  test('are approached by the running ones, and there are none without BatchNorm', async () => {
    const run = await start({ ...settings, batch: 32 }, { watching: 'health' });
    await run.advance(260);
    const { drift } = (await run.frame()).health!;
    run.dispose();
    expect(drift.steps[0]).toBe(0);
    expect(drift.mean.at(-1)).toBeLessThan(0.1);
    expect(drift.std.at(-1)).toBeLessThan(drift.std[0]! / 3);
    const plain = await start({ ...settings, norm: 'off', steps: 1 }, { watching: 'health' });
    await plain.advance(1);
    expect((await plain.frame()).health!.statistics).toBeUndefined();
    plain.dispose();
  });
});

test('a ratio is kept often at the start and now and then later', () => {
  expect([0, 199, 200, 1999, 2000, 19_999, 20_000].map(ratioInterval)).toEqual([10, 10, 50, 50, 500, 500, 1000]);
});

describe.skipIf(!hasMakemore)('in the notebook’s own run', () => {
  test('activations, gradients and ratios at step 1,000 are PyTorch’s', async () => {
    const { words } = (await makemoreList())!;
    const notebook = { ...defaultsOf(batchNormTable), steps: 1001 };
    const generator = new NotebookGenerator(notebook.seed);
    const run = await start(notebook, { watching: 'health', generator, words });
    await run.advance(1000);
    const { layers, weights, step } = (await run.frame()).health!;
    run.dispose();
    expect(step).toBe(1000);
    const { act, act_grad, weights: expected } = fixture.stats_iteration_1000;
    for (const [i, { values, gradient, saturation }] of layers.entries()) {
      expect(Math.abs(values.mean - act[i]!.mean)).toBeLessThan(1e-4);
      expect(Math.abs(values.std / act[i]!.std - 1)).toBeLessThan(1e-4);
      expect(Math.abs(100 * saturation - act[i]!.sat_pct)).toBeLessThan(0.05);
      expect(Math.abs(gradient.std / act_grad[i]!.std - 1)).toBeLessThan(1e-3);
    }
    for (const [i, { gradientToData }] of weights.entries())
      expect(Math.abs(gradientToData / expected[i]!.grad_data_ratio - 1)).toBeLessThan(1e-3);
  });
});
