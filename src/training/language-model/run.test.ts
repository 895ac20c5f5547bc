import { existsSync, readFileSync } from 'node:fs';
import { serialize } from 'node:v8';
import '@tensorflow/tfjs-backend-cpu';
import { memory } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import fixture from '../../../reference/fixtures/mlp.json' with { type: 'json' };
import { openNodeEngine } from '../../../tools/node-engine.ts';
import type { Engine, EngineHost } from '../../engines/engine.ts';
import { tfjsHost } from '../../engines/tfjs/host.ts';
import { initialize } from '../../networks/index.ts';
import { TorchGenerator } from '../../random/torch-generator.ts';
import { type MlpTrainingSettings, mlpOf, mlpTrainingTable } from '../mlp/settings.ts';
import { Player } from '../player.ts';
import { defaultsOf } from '../settings.ts';
import { type LanguageData, prepareData } from './data.ts';
import { evaluationInterval, type LanguageModelFrame, LanguageModelRun, type LanguageModelSaved } from './run.ts';

vi.setConfig({ testTimeout: 120_000 });

const namesFile = new URL('../../../../shared/data/names.txt', import.meta.url);

/** 60 words of two syllables. */
const WORDS = ['ma', 'ne', 'ri', 'lo', 'tu', 'ka'].flatMap((first) =>
  ['ra', 'ne', 'lin', 'mo', 'sa', 'tor', 'vi', 'ka', 'n', 'bel'].map((second) => first + second),
);
const notebook = defaultsOf(mlpTrainingTable);
const small: MlpTrainingSettings = { ...notebook, hidden: 8, embedding: 4, batch: 8, steps: 130, decay: 90, rate: 0.5 };
const ON = { simd: openNodeEngine, cpu: tfjsHost('cpu').open };

interface Parts {
  readonly from?: LanguageModelSaved;
  readonly data?: LanguageData;
  readonly open?: EngineHost['open'];
  readonly watching?: 'embedding';
}

const begun: LanguageModelRun[] = [];
afterEach(() => {
  for (const run of begun.splice(0)) run.dispose();
});

async function start(
  settings: MlpTrainingSettings,
  { from, data = prepareData(WORDS, settings.block), open = openNodeEngine, watching }: Parts = {},
): Promise<LanguageModelRun> {
  const network = mlpOf(settings, data.symbols.length);
  const generator = new TorchGenerator(settings.seed);
  const initial = { parameters: initialize(network, generator), buffers: [] };
  const opened = { engine: await open(network, from?.state ?? initial), open, trials: [], notes: [] };
  const run = new LanguageModelRun({ settings, data, opened, generator, from, watching });
  begun.push(run);
  return run;
}

/** All of a run that does not depend on the clock. */
async function outcome(run: LanguageModelRun): Promise<object> {
  const { speed: _, ...frame } = await run.frame();
  return { frame, saved: await run.save() };
}

const finished = async (settings: MlpTrainingSettings, parts?: Parts): Promise<LanguageModelRun> => {
  const run = await start(settings, parts);
  await run.advance(settings.steps);
  return run;
};

/** The loss of every step; a curve of fewer than 1000 steps keeps them all. */
const lossesOf = async (run: LanguageModelRun): Promise<number[]> => {
  const { every, values } = (await run.frame()).curve;
  expect(every).toBe(1);
  return [...values];
};

const names = existsSync(namesFile) ? readFileSync(namesFile, 'utf8').trimEnd().split('\n') : undefined;
if (!names) console.log(`Skipped what is checked against ${namesFile.pathname}: there is no such file.`);

describe.skipIf(!names)('on the makemore list', () => {
  const { dev, ...splits } = prepareData(names ?? WORDS, notebook.block);
  /** Nothing is evaluated on the way, which on so long a list takes longer than the steps. */
  const data = { ...splits, dev: { contexts: new Int32Array(), targets: new Int32Array(), count: 0 } };

  test.for(['simd', 'cpu'] as const)('the notebook’s scaled network has PyTorch’s losses on %s', async (name) => {
    const run = await start(notebook, { data, open: ON[name] });
    for (const [step, loss] of Object.entries(fixture.scaled.loss_f32)) {
      await run.advance(Number(step) + 1 - run.step);
      expect(Math.abs((await run.frame()).loss! - loss), `at step ${step}`).toBeLessThanOrEqual(1e-5);
    }
    expect(run.step).toBe(1001);
    const engine = await ON[name](mlpOf(notebook, 27), (await run.save()).state);
    const devLoss = await engine.loss(dev);
    engine.dispose();
    expect(Math.abs(devLoss - fixture.scaled.dev_after_1001_f32)).toBeLessThanOrEqual(1e-4);
  });

  test.for(['simd', 'cpu'] as const)('its unscaled one begins as PyTorch’s on %s', async (name) => {
    const run = await start({ ...notebook, init: 'notebook' }, { data, open: ON[name] });
    await run.advance(2);
    const [first, second] = await lossesOf(run);
    expect(Math.abs(first! / fixture.raw.loss_f32[0] - 1)).toBeLessThanOrEqual(1e-6);
    expect(Math.abs(second! / fixture.raw.loss_f32[1] - 1)).toBeLessThanOrEqual(1e-6);
  });
});

describe('a run is the same run', () => {
  test.for([1, 7, 20, 64, 1000])('in calls of %i steps', async (each) => {
    const inParts = await start(small);
    for (let calls = 0; !inParts.done && calls < small.steps; calls++) await inParts.advance(each);
    expect(inParts.step).toBe(small.steps);
    expect(await outcome(inParts)).toEqual(await outcome(await finished(small)));
  });

  test('when it was put aside at any step', async () => {
    const whole = await outcome(await finished(small));
    const aStep = fc.nat(small.steps);
    const goesOn = fc.asyncProperty(aStep, async (step) => {
      const first = await start(small);
      await first.advance(step);
      const from = structuredClone(await first.save());
      first.dispose();
      const rest = await start(small, { from });
      expect(rest.step).toBe(step);
      await rest.advance(small.steps - step);
      expect(await outcome(rest)).toEqual(whole);
    });
    await fc.assert(goesOn, { numRuns: 12, examples: [[0], [1], [20], [small.steps]] });
  });

  test('with the same words drawn, and close losses, on cpu and simd', async () => {
    const [a, b] = [await finished(small, { open: ON.cpu }), await finished(small)];
    const [cpu, simd] = [await a.frame(), await b.frame()];
    expect([cpu.engine, simd.engine]).toEqual(['cpu', 'simd']);
    expect(cpu.samples).toEqual(simd.samples);
    expect(new Set(simd.samples).size).toBeGreaterThan(1);
    const distances = cpu.curve.values.map((loss, i) => Math.abs(loss - simd.curve.values[i]!));
    expect(Math.max(...distances)).toBeLessThan(1e-5);
  });
});

describe('while a run is under way', () => {
  test('a changed rate and decay do what the same schedule in a link does', async () => {
    const run = await start(small);
    await run.advance(37);
    await run.tune({ ...small, rate: 1.5 });
    await run.advance(20);
    await run.tune({ ...small, rate: 0.9, decay: 70 });
    const rest = await start(small, { from: structuredClone(await run.save()) });
    await run.advance(small.steps);
    await rest.advance(small.steps);
    expect(await outcome(rest)).toEqual(await outcome(run));
    const { schedule } = await run.frame();
    expect(schedule.map(({ from, rate }) => `${from}:${rate}`).join()).toBe('0:0.5,37:1.5,57:0.9,70:0.09');
    const replayed = await finished({ ...small, schedule });
    expect(await lossesOf(replayed)).toEqual(await lossesOf(run));
    expect((await replayed.save()).state).toEqual((await run.save()).state);
    const untouched = await lossesOf(await finished(small));
    const losses = await lossesOf(run);
    expect(losses.slice(0, 38)).toEqual(untouched.slice(0, 38));
    expect(losses[38]).not.toBe(untouched[38]);
  });

  test.for([131, 150, 1200])('the end can be moved, after it was reached too: to %i', async (steps) => {
    const run = await finished(small);
    expect((await run.frame()).final).toBeDefined();
    await run.tune({ ...small, steps });
    expect(run.done).toBe(false);
    expect((await run.frame()).final).toBeUndefined();
    await run.advance(steps);
    const whole = await finished({ ...small, steps });
    expect(await run.save()).toEqual({ ...(await whole.save()), dev: expect.anything() });
  });

  test('an end that is moved to the step at hand is an end', async () => {
    const run = await start(small);
    await run.advance(50);
    await run.tune({ ...small, steps: 50 });
    expect(run.done).toBe(true);
    await run.advance(1);
    expect((await run.frame()).final).toBeDefined();
  });
});

describe('evaluations', () => {
  test('are close at the start, wide later, and cost no memory', async () => {
    const run = await start({ ...small, steps: 100_000 }, { watching: 'embedding' });
    await run.advance(300);
    const { numTensors } = memory();
    await run.advance(2800);
    expect(memory().numTensors).toBe(numTensors);
    const { dev, embedding, ...rest } = await run.frame();
    const hundreds = Array.from({ length: 20 }, (_, i) => 100 * (i + 1));
    expect(dev.steps).toEqual([0, 20, 40, 60, 80, ...hundreds, 3000]);
    expect(dev.losses).toHaveLength(dev.steps.length);
    expect(embedding).toEqual((await run.save()).state.parameters[0]);
    const frame = structuredClone({ dev, embedding, ...rest });
    expect(frame).toEqual(await run.frame());
    expect(serialize(frame).byteLength).toBeLessThan(40_000);
  });

  test('lie further apart as the model settles', () => {
    const steps = [0, 99, 100, 1999, 2000, 39_999, 40_000, 999_999];
    expect(steps.map(evaluationInterval)).toEqual([20, 20, 100, 100, 1000, 1000, 5000, 5000]);
  });

  test('judge whole splits only at the end', async () => {
    const run = await start(small);
    for (let step = 0; step < small.steps; step++) {
      expect((await run.frame()).final).toBeUndefined();
      await run.advance(1);
    }
    const { final, dev, done } = await run.frame();
    expect(done).toBe(true);
    const data = prepareData(WORDS, small.block);
    const engine = await openNodeEngine(mlpOf(small, data.symbols.length), (await run.save()).state);
    for (const split of ['train', 'dev', 'test'] as const)
      expect(final![split]).toBeCloseTo(await engine.loss(data[split]), 6);
    engine.dispose();
    expect([dev.steps.at(-1), dev.losses.at(-1)]).toEqual([small.steps, final!.dev]);
  });

  test('do without a dev split where the list is too short for one', async () => {
    const data = prepareData(['anna', 'bo', 'cy'], small.block);
    const { dev, final, samples, loss } = await (await finished(small, { data })).frame();
    expect(dev).toEqual({ steps: [], losses: [] });
    expect(final!.dev).toBeUndefined();
    expect([loss, final!.train, final!.test].every(Number.isFinite)).toBe(true);
    expect(samples).toHaveLength(5);
  });
});

describe('a rate that is too high', () => {
  const runaway = { ...small, rate: 3e38 };

  test('ends the run at the loss that is no number', async () => {
    const run = await finished(runaway);
    const { step, done, loss, final, curve, dev } = structuredClone(await run.frame());
    expect([step, done, final]).toEqual([2, true, undefined]);
    expect(loss).toBeNaN();
    expect([curve.values.length, dev.steps]).toEqual([2, [0]]);
    await run.advance(10);
    expect(run.step).toBe(2);
  });

  test('is noticed in the last step too', async () => {
    const { dev, final } = await (await finished({ ...runaway, steps: 1 })).frame();
    expect(dev.losses.every(Number.isFinite)).toBe(true);
    expect(final).toBeUndefined();
  });
});

/** An engine that answers late, as a graphics card does; `meanwhile` happens while its third answer is awaited. */
const late =
  (meanwhile: () => void): EngineHost['open'] =>
  async (network, state) => {
    const engine: Engine = await openNodeEngine(network, state);
    const train = engine.train.bind(engine);
    let calls = 0;
    engine.train = async (minibatches) => {
      const losses = await train(minibatches);
      calls += 1;
      if (calls === 3) meanwhile();
      await new Promise((resolve) => setTimeout(resolve, 1));
      return losses;
    };
    return engine;
  };

describe('on an engine that answers late', () => {
  type MlpPlayer = Player<MlpTrainingSettings, LanguageModelFrame, LanguageModelSaved>;
  const play = async (meanwhile: (player: MlpPlayer) => void) => {
    const open = late(() => meanwhile(player));
    const player: MlpPlayer = new Player((settings) => start(settings, { open }));
    await player.load(small);
    return player.play(() => {});
  };

  test('what is put aside while it plays goes on as the same run', async () => {
    let saving: Promise<LanguageModelSaved> | undefined;
    await play((player) => {
      saving = Promise.resolve(player.save()).then((saved) => structuredClone(saved));
    });
    const rest = await start(small, { from: await saving! });
    expect(rest.step).toBeGreaterThan(0);
    await rest.advance(small.steps);
    expect(await outcome(rest)).toEqual(await outcome(await finished(small)));
  });

  test('a rate that is changed while it plays is replayed by its schedule', async () => {
    const { schedule, curve } = await play((player) => {
      player.tune({ ...small, rate: 1.5 });
    });
    expect(schedule.length).toBeGreaterThan(2);
    expect(await lossesOf(await finished({ ...small, schedule }))).toEqual([...curve.values]);
  });
});
