import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import fixture from '../../../reference/fixtures/mlp.json' with { type: 'json' };
import { initialize, mlp } from '../../networks/index.ts';
import { TorchGenerator } from '../../random/torch-generator.ts';
import { splitWords } from '../../text/index.ts';
import { RunError } from '../run.ts';
import { drawMinibatches, loadData, prepareData } from './data.ts';

const BLOCK = 3;
const SEED = 2147483647;
const namesFile = new URL('../../../../shared/data/names.txt', import.meta.url);

function missing(file: URL): boolean {
  if (existsSync(file)) return false;
  console.log(`Skipped what is checked against ${file.pathname}: there is no such file.`);
  return true;
}

/** A flat list as rows of `columns`. */
const rowsOf = (flat: Int32Array, columns: number): number[][] =>
  Array.from({ length: flat.length / columns }, (_, row) => [...flat.subarray(row * columns, (row + 1) * columns)]);

/** Every pair of neighbors in the words, one by one. */
const pairsOf = (words: readonly string[]): [string, string][] =>
  words.flatMap((word) => {
    const path = ['.', ...word, '.'];
    return path.slice(1).map((after, i): [string, string] => [path[i]!, after]);
  });

/** The mean over the pairs of `judged` of −ln((times it was in `learned` + 1) / (times its first was + symbols)). */
function bigramBaseline(learned: readonly string[], judged: readonly string[], symbols: number): number {
  const seen = new Map<string, number>();
  const add = (key: string) => seen.set(key, (seen.get(key) ?? 0) + 1);
  for (const [before, after] of pairsOf(learned)) {
    add(before);
    add(before + after);
  }
  const costs = pairsOf(judged).map(
    ([before, after]) => -Math.log(((seen.get(before + after) ?? 0) + 1) / ((seen.get(before) ?? 0) + symbols)),
  );
  return costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
}

describe.skipIf(missing(namesFile))('the makemore list', () => {
  const names = existsSync(namesFile) ? readFileSync(namesFile, 'utf8').trimEnd().split('\n') : [];
  const data = names.length > 0 ? prepareData(names, BLOCK) : undefined;

  test('has the notebook’s splits', () => {
    const { train, dev, test } = data!;
    expect([train, dev, test].map(({ count }) => count)).toEqual(fixture.split_sizes);
    expect(data!.symbols.join('')).toBe('.abcdefghijklmnopqrstuvwxyz');
  });

  test('has PyTorch’s first windows', () => {
    const { contexts, targets } = data!.train;
    expect(rowsOf(contexts.subarray(0, 8 * BLOCK), BLOCK)).toEqual(fixture.Xtr_first8);
    expect([...targets.subarray(0, 8)]).toEqual(fixture.Ytr_first8);
  });

  test.for(['raw', 'scaled'] as const)('gives PyTorch’s first minibatches after the %s parameters', (init) => {
    const { X0, Y0, ix1_first4 } = fixture[init];
    const generator = new TorchGenerator(SEED);
    initialize(mlp({ init: init === 'raw' ? 'notebook' : 'scaled' }), generator);
    const { contexts, targets } = drawMinibatches(data!.train, generator, 2, 32);
    expect(rowsOf(contexts.subarray(0, 32 * BLOCK), BLOCK)).toEqual(X0);
    expect([...targets.subarray(0, 32)]).toEqual(Y0);
    const second = ix1_first4.map((row) => [...data!.train.contexts.subarray(row * BLOCK, (row + 1) * BLOCK)]);
    expect(rowsOf(contexts.subarray(32 * BLOCK, 36 * BLOCK), BLOCK)).toEqual(second);
    expect([...targets.subarray(32, 36)]).toEqual(ix1_first4.map((row) => data!.train.targets[row]));
  });

  test('has as its baselines ln 27, and a bigram counted pair by pair', () => {
    const { train, dev } = splitWords(names, 42);
    expect(data!.baselines.uniform).toBeCloseTo(Math.log(27), 12);
    expect(data!.baselines.bigram).toBeCloseTo(bigramBaseline(train, dev, 27), 9);
  });
});

describe('minibatches', () => {
  const { train } = prepareData(['anna', 'bob', 'cora', 'dave', 'emil', 'fanny', 'gus'], BLOCK);
  const examples = rowsOf(train.contexts, BLOCK).map((context, i) => [...context, train.targets[i]]);

  test('are drawn by randint, each context with its own target', () => {
    const drawn = drawMinibatches(train, new TorchGenerator(5), 3, 4);
    const indices = [...new TorchGenerator(5).randint(0, train.count, 12)];
    const rows = rowsOf(drawn.contexts, BLOCK).map((context, i) => [...context, drawn.targets[i]]);
    expect(rows).toEqual(indices.map((i) => examples[i]));
  });

  test('are the same, however many are drawn at once', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.integer({ min: 0, max: 9 })),
        fc.integer({ min: 1, max: 9 }),
        (seed, cuts, batch) => {
          const inParts = new TorchGenerator(seed);
          const parts = cuts.map((steps) => drawMinibatches(train, inParts, steps, batch));
          const steps = cuts.reduce((sum, one) => sum + one, 0);
          const whole = drawMinibatches(train, new TorchGenerator(seed), steps, batch);
          expect(parts.flatMap(({ contexts }) => [...contexts])).toEqual([...whole.contexts]);
          expect(parts.flatMap(({ targets }) => [...targets])).toEqual([...whole.targets]);
        },
      ),
    );
  });
});

describe('any list', () => {
  const aWord = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', 'z'), minLength: 1, maxLength: 8 });
  const aList = fc.array(aWord, { minLength: 10, maxLength: 60, size: 'max' });

  test('has as its bigram baseline the cost of the dev pairs, counted one by one', () => {
    fc.assert(
      fc.property(aList, (words) => {
        const { symbols, baselines } = prepareData(words, BLOCK);
        const { train, dev } = splitWords(words, 42);
        expect(baselines.bigram).toBeCloseTo(bigramBaseline(train, dev, symbols.length), 9);
        expect(baselines.uniform).toBeCloseTo(Math.log(symbols.length), 12);
      }),
    );
  });

  test('has an example for each symbol and each end, in one split or another', () => {
    fc.assert(
      fc.property(aList, fc.integer({ min: 1, max: 5 }), (words, block) => {
        const { train, dev, test } = prepareData(words, block);
        const count = words.reduce((sum, word) => sum + [...word].length + 1, 0);
        expect(train.count + dev.count + test.count).toBe(count);
        for (const split of [train, dev, test]) expect(split.contexts).toHaveLength(split.count * block);
      }),
    );
  });

  test('keeps what was said of it', () => {
    expect(prepareData(['ab', 'c'], BLOCK, ['2 lines dropped.']).notes).toEqual(['2 lines dropped.']);
  });
});

describe('a tiny list', () => {
  test.for([2, 3, 4, 5])('of %i words has no dev split, and is learned from all the same', (count) => {
    const { train, dev, test, symbols, baselines } = prepareData(
      ['anna', 'bo', 'cy', 'di', 'ed'].slice(0, count),
      BLOCK,
    );
    expect([dev.count, dev.contexts.length]).toEqual([0, 0]);
    expect(train.count).toBeGreaterThan(0);
    expect(test.count).toBeGreaterThan(0);
    expect(baselines.uniform).toBe(Math.log(symbols.length));
    const { contexts, targets } = drawMinibatches(train, new TorchGenerator(1), 2, 4);
    expect([contexts.length, targets.length]).toEqual([8 * BLOCK, 8]);
  });

  test('of one word has nothing to learn from, and is refused with a sentence', async () => {
    const sentence = 'The list has 1 word to learn from, and a model needs at least 2.';
    await expect(loadData({ kind: 'own', content: 'anna\n' }, BLOCK)).rejects.toThrow(new RunError(sentence));
  });

  test('of two words can be loaded', async () => {
    const { train, symbols } = await loadData({ kind: 'own', content: 'anna\nbo\n' }, BLOCK);
    expect(train.count).toBeGreaterThan(0);
    expect(symbols.join('')).toBe('.abno');
  });

  test('has a bigram baseline that is no NaN', () => {
    expect(prepareData(['anna', 'bo'], BLOCK).baselines.bigram).not.toBeNaN();
  });
});
