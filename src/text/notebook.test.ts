/**
 * The numbers of the makemore notebooks, on their own word list. The list is not part of the project; where a checkout
 * has it beside it, in ../shared, these tests run.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { splitWords } from './split.ts';
import { Vocabulary } from './vocabulary.ts';
import { windows } from './windows.ts';
import { readWordListBytes } from './word-list.ts';

const namesFile = new URL('../../../shared/data/names.txt', import.meta.url);
const shuffledFile = new URL('../../../shared/reference/fixtures/rng.json', import.meta.url);

function missing(file: URL): boolean {
  if (existsSync(file)) return false;
  console.log(`Skipped what is checked against ${file.pathname}: there is no such file.`);
  return true;
}

// From mlp.json, written with PyTorch by the recipe of the notebooks: split_sizes, Xtr_first8, Ytr_first8.
const SPLIT_SIZES = [182625, 22655, 22866];
const FIRST_CONTEXTS = [0, 0, 0, 0, 0, 25, 0, 25, 21, 25, 21, 8, 21, 8, 5, 8, 5, 14, 5, 14, 7, 0, 0, 0];
const FIRST_TARGETS = [25, 21, 8, 5, 14, 7, 0, 4];

describe.skipIf(missing(namesFile))('on the makemore list', () => {
  const readNames = () => readFileSync(namesFile, 'utf8').split('\n');

  test('the vocabulary is “.” and a to z', () => {
    expect(new Vocabulary(readNames()).symbols.join('')).toBe('.abcdefghijklmnopqrstuvwxyz');
  });

  test('the split has the notebooks’ windows', () => {
    const names = readNames();
    const vocabulary = new Vocabulary(names);
    const { train, dev, test } = splitWords(names, 42);
    const parts = [train, dev, test].map((words) => windows(words, vocabulary, 3));
    expect(parts.map((part) => part.count)).toEqual(SPLIT_SIZES);
    expect([...parts[0]!.contexts.subarray(0, 24)]).toEqual(FIRST_CONTEXTS);
    expect([...parts[0]!.targets.subarray(0, 8)]).toEqual(FIRST_TARGETS);
  });

  test('as a reader’s own list each name is kept once', () => {
    const { words, notes } = readWordListBytes(readFileSync(namesFile));
    expect(words.join() === [...new Set(readNames())].join()).toBe(true);
    expect(notes).toEqual(['29,494 words kept, of 26 different symbols.', '2,539 lines dropped: already in the list.']);
  });

  test.skipIf(missing(shuffledFile))('the shuffle ends as CPython’s does', () => {
    const { python } = JSON.parse(readFileSync(shuffledFile, 'utf8'));
    const { train, test } = splitWords(readNames(), 42);
    expect(train.slice(0, 10)).toEqual(python.shuffled_names_first10);
    expect(test.slice(-10)).toEqual(python.shuffled_names_last10);
  });
});
