import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Vocabulary } from './vocabulary.ts';
import { windows } from './windows.ts';

const rowsOf = (values: Int32Array, width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, i) => [...values.subarray(i * width, (i + 1) * width)]);

test('a window slides over each word and the end mark after it', () => {
  const { contexts, targets, count } = windows(['cab', 'a'], new Vocabulary(['abc']), 2);
  expect(rowsOf(contexts, 2)).toEqual([
    [0, 0], // .. → c
    [0, 3], // .c → a
    [3, 1], // ca → b
    [1, 2], // ab → .
    [0, 0], // .. → a
    [0, 1], // .a → .
  ]);
  expect([...targets]).toEqual([3, 1, 2, 0, 1, 0]);
  expect(count).toBe(6);
});

/** `build_dataset` of the makemore notebooks, line by line. */
function buildDataset(words: string[], stoi: (symbol: string) => number, blockSize: number) {
  const X: number[][] = [];
  const Y: number[] = [];
  for (const w of words) {
    let context: number[] = Array(blockSize).fill(0);
    for (const ch of [...w, '.']) {
      const ix = stoi(ch);
      X.push(context);
      Y.push(ix);
      context = [...context.slice(1), ix];
    }
  }
  return { X, Y };
}

test('windows of any words are those of build_dataset', () => {
  const words = fc.array(fc.string({ unit: fc.constantFrom(...'abcdéж王😀') }));
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 12 }), (list, blockSize) => {
      const vocabulary = new Vocabulary(list);
      const { contexts, targets, count } = windows(list, vocabulary, blockSize);
      const { X, Y } = buildDataset(list, (symbol) => vocabulary.symbols.indexOf(symbol), blockSize);
      expect(rowsOf(contexts, blockSize)).toEqual(X);
      expect([...targets]).toEqual(Y);
      expect(count).toBe(Y.length);
    }),
  );
});

test('no words give no windows', () => {
  expect(windows([], new Vocabulary([]), 3)).toEqual({
    contexts: new Int32Array(0),
    targets: new Int32Array(0),
    count: 0,
  });
});

test('a block size that is no whole number above 0 is refused by name', () => {
  for (const blockSize of [0, -1, 2.5, Number.NaN])
    expect(() => windows(['a'], new Vocabulary(['a']), blockSize)).toThrow(`not ${blockSize}`);
});
