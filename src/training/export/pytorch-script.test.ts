import '@tensorflow/tfjs-backend-cpu';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setBackend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fixture from '../../../reference/fixtures/mlp.json' with { type: 'json' };
import { TfjsEngine } from '../../engines/tfjs/engine.ts';
import {
  bigram,
  deepBatchNorm,
  initialBuffers,
  initialize,
  mlp,
  type Network,
  vocabularySize,
  waveNet,
} from '../../networks/index.ts';
import { TorchGenerator } from '../../random/index.ts';
import { splitWords, Vocabulary, windows } from '../../text/index.ts';
import { type ScriptRun, toPyTorchScript } from './pytorch-script.ts';
import { pythonWithTorch, runPython } from './torch-python.ts';

const SYLLABLES = ['ka', 'lu', 'mi', 'no', 're', 'sa'];
/** 216 words of twelve letters. */
const WORDS = SYLLABLES.flatMap((a) => SYLLABLES.flatMap((b) => SYLLABLES.map((c) => a + b + c)));
const SYMBOLS = new Vocabulary(WORDS).size;

const run = (changes: Partial<ScriptRun>): ScriptRun => ({
  network: mlp({ symbols: SYMBOLS }),
  block: 3,
  seed: 42,
  batch: 32,
  steps: 101,
  rates: [{ from: 0, rate: 0.1 }],
  corpus: { name: 'syllables' },
  samples: 5,
  ...changes,
});

describe('the text of the program', () => {
  const layersOf = (network: Network, block: number) =>
    /layers = \[\n(.*?)\n\]/s
      .exec(toPyTorchScript(run({ network, block })))![1]!
      .split('\n')
      .map((line) => line.trim());

  test('weights are scaled as they are in the notebooks', () => {
    expect(layersOf(mlp(), 3)).toEqual([
      'Embedding(randn(27, 10)),',
      'FlattenConsecutive(3),',
      'Linear(randn(30, 200) * (5 / 3) / 30**0.5, bias=randn(200) * 0.01),',
      'Tanh(),',
      'Linear(randn(200, 27) * 0.01, bias=randn(27) * 0),',
    ]);
    expect(layersOf(mlp({ init: 'notebook' }), 3)).toContain('Linear(randn(30, 200), bias=randn(200)),');
    expect(layersOf(deepBatchNorm({ gain: 1.5 }), 3)).toContain('Linear(randn(30, 100) / 30**0.5 * 1.5),');
    expect(layersOf(deepBatchNorm(), 3).slice(-2)).toEqual([
      'Linear(randn(100, 27) / 100**0.5),',
      'BatchNorm1d(27, weight=0.1),',
    ]);
    expect(layersOf(waveNet({ over: 'batch' }), 8).filter((line) => line.startsWith('BatchNorm1d'))).toEqual([
      'BatchNorm1d(128, batch_only=True),',
      'BatchNorm1d(128, batch_only=True),',
      'BatchNorm1d(128),',
    ]);
    expect(layersOf(waveNet(), 8).at(-1)).toBe('Linear(randn(128, 27) / 128**0.5 * 0.1, bias=torch.zeros(27)),');
  });

  test('it has the classes that the network needs, and no others', () => {
    const classes = (network: Network) => toPyTorchScript(run({ network })).match(/(?<=^class )\w+/gm);
    expect(classes(mlp())).toEqual(['Embedding', 'FlattenConsecutive', 'Linear', 'Tanh']);
    expect(classes(deepBatchNorm())).toEqual(['Embedding', 'FlattenConsecutive', 'Linear', 'BatchNorm1d', 'Tanh']);
  });

  test('a rate holds from its step on, and one that was replaced before it held is left out', () => {
    const rates = [0, 50, 50, 100_000].map((from, i) => ({ from, rate: Math.fround([0.1, 0.9, 0.05, 0.01][i]!) }));
    expect(toPyTorchScript(run({ rates }))).toContain(
      [
        'def learning_rate(step):',
        '    if step < 50:',
        '        return 0.1',
        '    if step < 100_000:',
        '        return 0.05',
        '    return 0.01\n',
      ].join('\n'),
    );
  });

  test('the name of a list stays in its line of the comment', () => {
    const program = toPyTorchScript(run({ corpus: { name: 'my\nlist\u0000\r"""', url: 'https://example.com/list' } }));
    expect(program).toContain('# The list, one word a line: my list """\n# https://example.com/list\n');
  });

  test('a network that does not lead from an Embedding to one row a context is refused', () => {
    expect(() => toPyTorchScript(run({ network: bigram() }))).toThrow(RangeError);
    expect(() => toPyTorchScript(run({ network: mlp(), block: 6 }))).toThrow(RangeError);
  });
});

/** The run by our own code. Losses of the splits, in evaluation, stand behind those of the steps. */
async function ourRun({ network, block, seed, batch, steps, rates, samples }: ScriptRun, words: readonly string[]) {
  const vocabulary = new Vocabulary(words);
  const split = splitWords(words, 42);
  const [train, ...others] = [split.train, split.dev, split.test].map((part) => windows(part, vocabulary, block));
  const generator = new TorchGenerator(seed);
  const engine = new TfjsEngine('cpu', network);
  await engine.load({ parameters: initialize(network, generator), buffers: initialBuffers(network) });

  const picked = Array.from({ length: steps }, () => [...generator.randint(0, train!.count, batch)]).flat();
  const losses = await engine.train({
    contexts: Int32Array.from(picked.flatMap((row) => [...train!.contexts.subarray(row * block, (row + 1) * block)])),
    targets: Int32Array.from(picked, (row) => train!.targets[row]!),
    rates: Array.from({ length: steps }, (_, step) => rates.findLast(({ from }) => from <= step)!.rate),
  });
  const splitLosses: number[] = [];
  for (const part of [train!, ...others]) splitLosses.push(await engine.loss(part));
  const names: string[] = [];
  const sampler = new TorchGenerator(seed + 10);
  while (names.length < samples) names.push(vocabulary.decode(await ourSample(engine, block, sampler)));
  return { losses, splitLosses, names };
}

async function ourSample(engine: TfjsEngine, block: number, generator: TorchGenerator): Promise<number[]> {
  const symbols: number[] = [];
  while (symbols.length < 30) {
    const context = [...new Array<number>(block).fill(0), ...symbols].slice(-block);
    const logits = await engine.logits(Int32Array.from(context));
    const next = generator.multinomial(logits.map(Math.exp), 1)[0]!;
    if (next === 0) break;
    symbols.push(next);
  }
  return symbols;
}

const python = pythonWithTorch();
const namesFile = fileURLToPath(new URL('../../../../shared/data/names.txt', import.meta.url));

describe.skipIf(!python)('PyTorch', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'pytorch-script-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(async () => {
    await setBackend('cpu');
  });

  async function theirRun(settings: ScriptRun, listFile: string) {
    const program = join(folder, 'run.py');
    writeFileSync(program, toPyTorchScript(settings));
    const lines = (await runPython(python!, [program, listFile])).trimEnd().split('\n');
    const losses = lines.filter((line) => /^ *\d+ \d+\.\d{6}$/.test(line)).map((line) => line.trim().split(' '));
    const splits = lines.slice(losses.length, losses.length + 3).map((line) => line.trim());
    return {
      losses: losses.map(([step, loss]) => [Number(step), Number(loss)] as const),
      splits,
      names: lines.slice(losses.length + 3),
    };
  }

  function listFile(words: readonly string[]): string {
    const file = join(folder, 'words.txt');
    writeFileSync(file, `${words.join('\n')}\n`);
    return file;
  }

  async function compare(settings: ScriptRun, words: readonly string[]) {
    const theirs = await theirRun(settings, listFile(words));
    const ours = await ourRun(settings, words);
    expect(theirs.losses.map(([step]) => step)).toEqual(
      [0, 1, 10, 100, 1000].filter((step) => step < settings.steps - 1).concat(settings.steps - 1),
    );
    for (const [step, loss] of theirs.losses) expect(Math.abs(loss - ours.losses[step]!)).toBeLessThan(1e-4);
    for (const [i, part] of ['train', 'dev', 'test'].entries()) {
      const [name, loss] = theirs.splits[i]!.split(' ');
      expect(name).toBe(part);
      expect(Math.abs(Number(loss) - ours.splitLosses[i]!)).toBeLessThan(1e-5);
    }
    expect(theirs.names).toEqual(ours.names);
  }

  const many = [0, 20, 60, 90].map((from, i) => ({ from, rate: [0.1, 0.5, 0.02, 0.2][i]! }));
  const spelled = (from: readonly string[], to: readonly string[]) =>
    WORDS.map((word) => from.reduce((changed, symbol, i) => changed.replaceAll(symbol, to[i]!), word));

  test.for<[string, Partial<ScriptRun>, string[]]>([
    ['mlp, scaled, with several rates', { rates: many }, WORDS],
    ['deepBatchNorm', { network: deepBatchNorm({ symbols: SYMBOLS, hidden: 50, gain: 5 / 3 }) }, WORDS],
    ['mlp with batch normalization', { network: mlp({ symbols: SYMBOLS, hidden: 50, batchNorm: true }) }, WORDS],
    ['waveNet', { network: waveNet({ symbols: SYMBOLS, hidden: 32 }), block: 8 }, WORDS],
    // In UTF-16 the third of these letters would stand before the second.
    [
      'mlp as in the notebook, with letters beyond ASCII',
      { network: mlp({ symbols: SYMBOLS, init: 'notebook' }), steps: 11 },
      spelled(['k', 'l', 'm'], ['é', 'ｋ', '𐐨']),
    ],
    [
      'symbols of several code points',
      { steps: 11, corpus: { name: 'x', symbols: new Vocabulary(spelled(['k', 'l', 'm'], ['x̂', 'x̂̂', 'x'])).symbols } },
      spelled(['k', 'l', 'm'], ['x̂', 'x̂̂', 'x']),
    ],
  ])('%s: prints the losses and names of our own run', async ([, changes, words]) => {
    const settings = run(changes);
    expect(new Vocabulary(words).size).toBe(vocabularySize(settings.network));
    await compare(settings, words);
  });

  test('splits without words do not end the program', async () => {
    const network = mlp({ symbols: 4 });
    const { losses, splits, names } = await theirRun(run({ network, steps: 2 }), listFile(['ab', 'bc']));
    expect(losses).toHaveLength(2);
    expect(splits.slice(1)).toEqual(['dev has no words', expect.stringMatching(/^test \d/)]);
    expect(names).toHaveLength(5);
  });

  test('a list that is not that of the run is refused with a sentence', async () => {
    await expect(theirRun(run({}), listFile(['ab', 'bc']))).rejects.toThrow('This one has 2 words of 4 symbols.');
  });

  test.skipIf(missing(namesFile))('on the makemore list, the losses are those of the reference', async () => {
    const settings = run({ network: mlp(), seed: 2147483647 });
    const { losses } = await theirRun(settings, namesFile);
    const expected: Readonly<Record<string, number>> = fixture.scaled.loss_f32;
    expect(losses.map(([step]) => step)).toEqual([0, 1, 10, 100]);
    for (const [step, loss] of losses) expect(Math.abs(loss - expected[step]!)).toBeLessThan(1e-5);
  });
});

function missing(file: string): boolean {
  if (existsSync(file)) return false;
  console.log(`Skipped what is checked against ${file}: there is no such file.`);
  return true;
}
