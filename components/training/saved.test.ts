import { describe, expect, test } from 'vitest';
import { initialize } from '../../src/networks/index.ts';
import { TorchGenerator } from '../../src/random/torch-generator.ts';
import { prepareData } from '../../src/training/language-model/data.ts';
import { LanguageModelRun, type LanguageModelSaved } from '../../src/training/language-model/run.ts';
import { mlpOf, mlpTrainingTable } from '../../src/training/mlp/settings.ts';
import { RateSweepRun, type RateSweepSaved } from '../../src/training/rate-sweep/run.ts';
import { rateSweepTable } from '../../src/training/rate-sweep/settings.ts';
import { defaultsOf } from '../../src/training/settings.ts';
import { openNodeEngine } from '../../tools/node-engine.ts';
import { isLanguageModelSaved, isRateSweepSaved } from './saved.ts';

const WORDS = ['anna', 'bo', 'cyd', 'di', 'edna', 'fae', 'gil', 'hugo', 'ida', 'jan', 'kai', 'lea'];
const SHAPE = { block: 3, embedding: 2, hidden: 4, init: 'scaled', batch: 4, steps: 30 } as const;

/** What is stored of a run after each of these steps: a structured clone of what it saved. */
async function storedAt(places: readonly number[], words = WORDS): Promise<LanguageModelSaved[]> {
  const settings = { ...defaultsOf(mlpTrainingTable), ...SHAPE };
  const run = new LanguageModelRun({ settings, ...(await prepare(words)) });
  const stored: LanguageModelSaved[] = [];
  for (const place of places) {
    await run.advance(place - run.step);
    stored.push(structuredClone(await run.save()));
  }
  run.dispose();
  return stored;
}

async function storedSweepAt(places: readonly number[]): Promise<RateSweepSaved[]> {
  const settings = { ...defaultsOf(rateSweepTable), ...SHAPE };
  const run = new RateSweepRun({ settings, ...(await prepare(WORDS)) });
  const stored: RateSweepSaved[] = [];
  for (const place of places) {
    if (place > run.step) await run.advance(place - run.step);
    stored.push(structuredClone(await run.save()));
  }
  run.dispose();
  return stored;
}

async function prepare(words: readonly string[]) {
  const data = prepareData(words, SHAPE.block);
  const network = mlpOf(SHAPE, data.symbols.length);
  const generator = new TorchGenerator(7);
  const engine = await openNodeEngine(network, { parameters: initialize(network, generator), buffers: [] });
  return { data, opened: { engine, open: openNodeEngine, trials: [], notes: [] }, generator };
}

type Tree = Record<string, unknown>;

/** A copy with another value at a path such as `curve.every`; without it where the value is undefined. */
function damaged(stored: object, path: string, value: unknown): unknown {
  const copy = structuredClone(stored) as Tree;
  const names = path.split('.');
  const parent = names.slice(0, -1).reduce((tree, name) => tree[name] as Tree, copy);
  const last = names.at(-1)!;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

const NAN = new Float32Array([1, Number.NaN]);
const INFINITE = new Float32Array([1, Number.POSITIVE_INFINITY]);

/** What no run saved, of the parts that every saved run has. */
const DAMAGES: readonly (readonly [path: string, value: unknown])[] = [
  ['step', undefined],
  ['step', '5'],
  ['step', 5.5],
  ['step', Number.NaN],
  ['state', undefined],
  ['state', 'weights'],
  ['state.parameters', undefined],
  ['state.parameters', 'weights'],
  ['state.parameters', [[1, 2]]],
  ['state.parameters', ['weights']],
  ['state.parameters', [NAN]],
  ['state.parameters', [INFINITE]],
  ['state.parameters', [new Float64Array(2)]],
  ['state.buffers', undefined],
  ['state.buffers', [NAN]],
  ['generator', undefined],
  ['generator', 'words'],
  ['generator.words', undefined],
  ['generator.words', 'words'],
  ['generator.words', new Uint32Array(623)],
  ['generator.words', new Uint32Array(625)],
  ['generator.words', Array.from({ length: 624 }, () => 1)],
  ['generator.position', undefined],
  ['generator.position', '3'],
  ['generator.position', 0.5],
];

const LANGUAGE_MODEL_DAMAGES: typeof DAMAGES = [
  ...DAMAGES,
  ['curve', undefined],
  ['curve', 'losses'],
  ['curve.values', undefined],
  ['curve.values', [1, 2]],
  ['curve.values', 'losses'],
  ['curve.every', undefined],
  ['curve.every', '1'],
  ['dev', undefined],
  ['dev', 'losses'],
  ['dev.steps', undefined],
  ['dev.steps', '0'],
  ['dev.steps', [0]],
  ['dev.losses', undefined],
  ['dev.losses', [1]],
  ['samples', undefined],
  ['samples', 'anna'],
  ['schedule', undefined],
  ['schedule', []],
  ['schedule', '0:0.1'],
  ['health', 'good'],
  ['health', {}],
  ['health', { ratios: { steps: [0], values: [[1, 2]] }, drift: { steps: [], mean: [], std: [] } }],
  ['health', { ratios: { steps: [0], values: [[1]] }, drift: { steps: [0], mean: ['1'], std: [1] } }],
  ['health', { ratios: { steps: [0.5], values: [[1]] }, drift: { steps: [], mean: [], std: [] } }],
];

const SWEEP_DAMAGES: typeof DAMAGES = [
  ...DAMAGES,
  ['step', 11],
  ['losses', undefined],
  ['losses', 'losses'],
  ['losses', Array.from({ length: 12 }, () => 1)],
  ['losses', new Float32Array(11)],
  ['losses', new Float32Array(13)],
];

/** Damage that only breaks the run that would go on from it, or the figure. */
const SUBTLE: typeof DAMAGES = [
  ['generator.position', -1],
  ['generator.position', 625],
  ['generator.position', 1e9],
];
const LANGUAGE_MODEL_SUBTLE: typeof DAMAGES = [
  ...SUBTLE,
  ['step', -1],
  ['curve.sum', undefined],
  ['curve.sum', 'x'],
  ['curve.count', undefined],
  ['curve.every', 0],
  ['curve.every', -1],
  ['dev.steps', ['a', 'b']],
  ['dev.losses', ['a', 'b']],
  ['samples', [1, 2]],
  ['schedule', ['0:0.1']],
  ['schedule', [{ from: 0 }]],
  ['schedule', [{ from: 0, rate: Number.NaN }]],
  ['schedule', [{ from: 0, rate: '0.1' }]],
  ['schedule', [{ from: 500, rate: 0.1 }]],
  ['loss', 'x'],
  ['final', 'x'],
];

const NOTHING = [undefined, null, 'saved', 7, true, [], {}, new Float32Array(3)];
const named = (list: typeof DAMAGES) =>
  list.map(([path, value]) => {
    const inspected = value instanceof Object ? (JSON.stringify(value) ?? '').slice(0, 40) : String(value);
    return [`${path}: ${inspected}`, path, value] as const;
  });

const [aRun] = await storedAt([21]);
const [aSweep] = await storedSweepAt([12]);

describe('what a character model saved', () => {
  test('is taken at any step: before the first, amid and at the end', async () => {
    for (const stored of await storedAt([0, 0, 1, 12, 20, 30])) expect(isLanguageModelSaved(stored)).toBe(true);
  });

  test('is taken without a dev split', async () => {
    for (const stored of await storedAt([0, 30], ['anna', 'bo'])) expect(isLanguageModelSaved(stored)).toBe(true);
  });

  test('is damaged below from one that is taken', () => {
    expect(isLanguageModelSaved(aRun)).toBe(true);
    expect(aRun!.dev.steps).toHaveLength(2);
  });

  test.for(named(LANGUAGE_MODEL_DAMAGES))('is refused with %s', ([, path, value]) => {
    expect(isLanguageModelSaved(damaged(aRun!, path, value))).toBe(false);
  });

  test.for(named(LANGUAGE_MODEL_SUBTLE))('is refused with %s', ([, path, value]) => {
    expect(isLanguageModelSaved(damaged(aRun!, path, value))).toBe(false);
  });

  test('is nothing else', () => {
    for (const stored of [...NOTHING, aSweep]) expect(isLanguageModelSaved(stored)).toBe(false);
  });
});

describe('what a sweep saved', () => {
  test('is taken at any step', async () => {
    for (const stored of await storedSweepAt([0, 1, 12, 30])) expect(isRateSweepSaved(stored)).toBe(true);
  });

  test.for(named(SWEEP_DAMAGES))('is refused with %s', ([, path, value]) => {
    expect(isRateSweepSaved(aSweep)).toBe(true);
    expect(isRateSweepSaved(damaged(aSweep!, path, value))).toBe(false);
  });

  test.for(named(SUBTLE))('is refused with %s', ([, path, value]) => {
    expect(isRateSweepSaved(damaged(aSweep!, path, value))).toBe(false);
  });

  test('is nothing else', () => {
    for (const stored of [...NOTHING, aRun]) expect(isRateSweepSaved(stored)).toBe(false);
  });
});
