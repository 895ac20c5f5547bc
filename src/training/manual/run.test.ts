import '@tensorflow/tfjs-backend-cpu';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import reference from '../../../reference/fixtures/manual_training.json' with { type: 'json' };
import { openNodeEngine } from '../../../tools/node-engine.ts';
import { hasMakemore } from '../../../tools/notebook.ts';
import { makemoreList, shippedList } from '../../../tools/word-lists.ts';
import { lossOf } from '../../backprop/passes.ts';
import type { Engine, NetworkState } from '../../engines/engine.ts';
import { AutogradEngine } from '../../engines/tfjs/autograd-engine.ts';
import { TfjsEngine } from '../../engines/tfjs/engine.ts';
import { startBackend } from '../../engines/tfjs/host.ts';
import type { Network } from '../../networks/index.ts';
import { notebookCase } from '../gradient-exercise/case.ts';
import { prepareData } from '../language-model/data.ts';
import { LanguageModelRun } from '../language-model/run.ts';
import { mlpTrainingTable } from '../mlp/settings.ts';
import { defaultsOf, parseSettings } from '../settings.ts';
import { drawManualInitial } from './initial.ts';
import { startManual } from './record.ts';
import { type ManualTrainingFrame, ManualTrainingRun, type ManualTrainingSaved } from './run.ts';
import { type ManualTrainingSettings, manualNetworkOf, manualTrainingTable } from './settings.ts';

vi.setConfig({ testTimeout: 60_000 });
beforeAll(() => startBackend('cpu'));

/** 35 words of two syllables. */
const WORDS = ['ma', 'ne', 'ri', 'lo', 'tu'].flatMap((first) =>
  ['ra', 'lin', 'mo', 'sa', 'tor', 'vi', 'n'].map((second) => first + second),
);
const small: ManualTrainingSettings = {
  ...defaultsOf(manualTrainingTable),
  hidden: 8,
  embedding: 4,
  batch: 8,
  steps: 60,
};
const data = prepareData(WORDS, small.block, ['A note on the list.']);

const begun: { dispose(): void }[] = [];
afterEach(() => {
  for (const run of begun.splice(0)) run.dispose();
});

/** How the two engines are made. */
type Open = (network: Network, state: NetworkState) => Promise<Engine>;
const opener =
  (Kind: typeof TfjsEngine): Open =>
  async (network, state) => {
    const engine = new Kind('cpu', network);
    await engine.load(state);
    return engine;
  };
const [openHand, openAutograd] = [opener(TfjsEngine), opener(AutogradEngine)];

async function start(
  settings: ManualTrainingSettings,
  from?: ManualTrainingSaved,
  [first, second]: readonly [Open, Open] = [openHand, openAutograd],
): Promise<ManualTrainingRun> {
  const { network, generator, state } = drawManualInitial(settings, data.symbols.length);
  const hand = await first(network, from?.hand.state ?? state);
  const autograd = await second(network, from?.autograd.state ?? state);
  const run = new ManualTrainingRun({
    settings,
    data,
    hand,
    autograd,
    generator,
    from,
    notes: ['A note on the engine.'],
  });
  begun.push(run);
  return run;
}

async function finished(settings: ManualTrainingSettings): Promise<ManualTrainingRun> {
  const run = await start(settings);
  await run.advance(settings.steps);
  return run;
}

/** All but the speeds, which no two runs share. */
function withoutSpeeds({ hand, autograd, ...frame }: ManualTrainingFrame) {
  return { ...frame, hand: { ...hand, speed: undefined }, autograd: { ...autograd, speed: undefined } };
}

const mean = (values: Float32Array): number => values.reduce((sum, x) => sum + x, 0) / values.length;

describe('the settings', () => {
  test('are the notebook’s', () => {
    const { block, embedding, hidden, batch, rate, seed, steps } = defaultsOf(manualTrainingTable);
    expect([block, embedding, hidden, batch, rate, seed, steps]).toEqual([3, 10, 64, 32, 0.1, 2147483647, 10_000]);
    const network = manualNetworkOf(defaultsOf(manualTrainingTable), 27);
    expect(network.map(({ kind }) => kind)).toEqual([
      'Embedding',
      'FlattenConsecutive',
      'Linear',
      'BatchNorm1d',
      'Tanh',
      'Linear',
    ]);
  });

  test('begin with the numbers of the stepper and the exercise: the first loss is theirs', async () => {
    const settings = { ...defaultsOf(manualTrainingTable), steps: 1 };
    const names = prepareData(shippedList('names').words, settings.block);
    const { network, generator, state } = drawManualInitial(settings, names.symbols.length);
    const [hand, autograd] = [await openHand(network, state), await openAutograd(network, state)];
    const run = new ManualTrainingRun({ settings, data: names, hand, autograd, generator });
    begun.push(run);
    await run.advance(1);
    const { forward } = notebookCase(names);
    expect(run.frame().hand.loss).toBeCloseTo(lossOf(forward), 5);
    expect(run.frame().autograd.loss).toBeCloseTo(lossOf(forward), 5);
  });

  test.for([
    ['engine', 'simd'],
    ['batch', '1'],
    ['steps', '200001'],
  ])('refuse %s=%s', ([name, text]) => {
    const { settings, refusals } = parseSettings(manualTrainingTable, { [name!]: text! });
    expect(refusals.map((refusal) => refusal.name)).toEqual([name]);
    expect(settings).toEqual(defaultsOf(manualTrainingTable));
  });
});

describe('the two trainings', () => {
  test('have the same losses but for rounding, and say how far they were apart', async () => {
    const run = await start(small);
    let farthest = 0;
    for (let step = 0; step < small.steps; step++) {
      await run.advance(1);
      const { hand, autograd, difference } = run.frame();
      farthest = Math.max(farthest, Math.abs(hand.loss! - autograd.loss!));
      expect(difference).toBe(farthest);
    }
    const { hand, autograd } = run.frame();
    expect(farthest).toBeGreaterThan(0); // They are computed in two ways.
    expect(farthest).toBeLessThan(1e-5);
    expect(hand.curve.values).toHaveLength(small.steps);
    expect(autograd.curve.values).toHaveLength(small.steps);
    expect(hand.curve.values.at(-1)).toBe(hand.loss);
    const [first, last] = [hand.curve.values.slice(0, 10), hand.curve.values.slice(-10)];
    expect(mean(last)).toBeLessThan(mean(first));
  });

  test('are each the run that any network is trained by', async () => {
    const settings = {
      ...defaultsOf(mlpTrainingTable),
      ...small,
      engine: 'cpu' as const,
      decay: 1_000_000,
      schedule: [],
    };
    const { hand, autograd } = (await finished(small)).frame();
    for (const [open, side] of [
      [openHand, hand],
      [openAutograd, autograd],
    ] as const) {
      const { network, generator, state } = drawManualInitial(small, data.symbols.length);
      const opened = { engine: await open(network, state), open, trials: [], notes: [] };
      const run = new LanguageModelRun({ settings, data, opened, generator });
      begun.push(run);
      await run.advance(small.steps);
      const frame = await run.frame();
      expect(frame.curve).toEqual(side.curve);
      expect(side.dev).toBe(frame.final!.dev);
    }
  });

  test('end after the last step, with a speed each', async () => {
    const run = await start(small);
    expect(run.frame()).toEqual({
      step: 0,
      done: false,
      hand: { loss: undefined, dev: undefined, curve: { every: 1, values: new Float32Array() }, speed: undefined },
      autograd: { loss: undefined, dev: undefined, curve: { every: 1, values: new Float32Array() }, speed: undefined },
      difference: 0,
      engine: 'cpu',
      notes: ['A note on the list.', 'A note on the engine.'],
    });
    await run.advance(59);
    expect(run.done).toBe(false);
    await run.advance(59);
    const { step, done, hand, autograd } = structuredClone(run.frame());
    expect([step, done]).toEqual([60, true]);
    for (const { speed } of [hand, autograd]) expect(speed).toBeGreaterThan(0);
    await run.advance(1);
    expect(run.step).toBe(60);
  });

  test.for([1, 7, 1000])('are the same in calls of %i steps', async (each) => {
    const inParts = await start(small);
    for (let calls = 0; !inParts.done && calls < small.steps; calls++) await inParts.advance(each);
    const whole = await finished(small);
    expect(withoutSpeeds(inParts.frame())).toEqual(withoutSpeeds(whole.frame()));
    expect(await inParts.save()).toEqual(await whole.save());
  });

  test.for([0, 1, 33, 60])('are the same when they were put aside at step %i', async (step) => {
    const first = await start(small);
    await first.advance(step);
    const rest = await start(small, structuredClone(await first.save()));
    expect(rest.step).toBe(step);
    expect(withoutSpeeds(rest.frame())).toEqual(withoutSpeeds(first.frame()));
    await rest.advance(small.steps);
    const whole = await finished(small);
    expect(withoutSpeeds(rest.frame())).toEqual(withoutSpeeds(whole.frame()));
    expect(await rest.save()).toEqual(await whole.save());
  });

  test('end at the first loss that is no number', async () => {
    const run = await start(small, undefined, [openHand, runsOffAt(20)]);
    await run.advance(small.steps);
    const { step, done, hand, autograd, difference } = structuredClone(run.frame());
    expect([step, done]).toEqual([21, true]);
    expect(autograd.loss).toBeNaN();
    expect(hand.loss).not.toBeNaN();
    expect(hand.curve.values).toHaveLength(21);
    expect(Number.isFinite(difference)).toBe(true);
    await run.advance(1);
    expect(run.step).toBe(21);
  });

  test('take a new pace on the way', async () => {
    const run = await start(small);
    expect(run.perSecond).toBeUndefined();
    run.tune({ ...small, pace: 'slow' });
    expect(run.perSecond).toBe(20);
  });

  test('are given the same minibatches, so that one kind of engine on both sides makes no difference', async () => {
    const run = await start({ ...small, steps: 600 }, undefined, [openNodeEngine, openNodeEngine]);
    await run.advance(600);
    const { hand, autograd, difference, step } = run.frame();
    expect([step, difference]).toEqual([600, 0]);
    expect(hand.curve).toEqual(autograd.curve);
  });
});

test.skipIf(!hasMakemore)('on the makemore list both have the losses of PyTorch’s loop without autograd', async () => {
  const { words } = (await makemoreList())!;
  const run = await startManual(defaultsOf(manualTrainingTable), words);
  begun.push(run);
  for (const [step, loss] of Object.entries(reference.hidden64.loss_f32)) {
    await run.advance(Number(step) + 1 - run.step);
    const { hand, autograd } = run.frame();
    for (const side of [hand, autograd]) expect(Math.abs(side.loss! - loss), step).toBeLessThan(1e-5);
  }
});

/** An engine whose losses are no numbers from some step on. */
function runsOffAt(step: number): Open {
  return async (network, state) => {
    const engine = await openAutograd(network, state);
    const { train } = engine;
    let made = 0;
    engine.train = async (minibatches) =>
      (await train.call(engine, minibatches)).map((loss) => (made++ < step ? loss : Number.NaN));
    return engine;
  };
}
