import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Vocabulary } from './vocabulary.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz';
const lowerCase = new Vocabulary(['the quick brown fox jumps over the lazy dog'.replaceAll(' ', '')]);

test('words of a to z give the notebooks’ indices', () => {
  expect(lowerCase.symbols.join('')).toBe(`.${alphabet}`);
  expect(lowerCase.size).toBe(27);
  expect([...lowerCase.encode('.az')]).toEqual([0, 1, 26]);
  expect(lowerCase.decode([1, 26, 0])).toBe('az.');
});

test('symbols are in the order of Python’s sorted(), by code points', () => {
  // sorted(['ﬀ', '𝒜', 'z', 'é', 'e', 'e\u0301']) in CPython; in UTF-16 units 𝒜 would stand before ﬀ.
  expect(new Vocabulary(['ﬀ', '𝒜', 'z', 'é', 'e', 'e\u0301']).symbols).toEqual([
    ...['.', 'e', 'e\u0301', 'z', 'é', 'ﬀ', '𝒜'],
  ]);
});

test('a grapheme cluster is one symbol, and a “.” in a word is not a second one', () => {
  const vocabulary = new Vocabulary(['👨‍👩‍👧‍👦🇯🇵', 'a.b']);
  expect(vocabulary.symbols).toEqual(['.', 'a', 'b', '🇯🇵', '👨‍👩‍👧‍👦']);
  expect([...vocabulary.encode('🇯🇵👨‍👩‍👧‍👦')]).toEqual([3, 4]);
});

test('a vocabulary made from the symbols of another equals it', () => {
  expect(new Vocabulary(lowerCase.symbols)).toEqual(lowerCase);
  const graphemes = new Vocabulary(['e\u0301👩🏽‍🚀', '한국', 'नि']);
  expect(new Vocabulary(graphemes.symbols)).toEqual(graphemes);
});

test('an empty list has the end mark alone', () => {
  expect(new Vocabulary([]).symbols).toEqual(['.']);
  expect([...new Vocabulary([]).encode('')]).toEqual([]);
});

test('what is not in the vocabulary is refused by name', () => {
  expect(() => lowerCase.encode('straße')).toThrow(
    new RangeError('“ß” in “straße” is not in this vocabulary of 27 symbols.'),
  );
  expect(() => lowerCase.encode('e\u0301')).toThrow('“e\u0301”');
  for (const index of [27, -1, 0.5, Number.NaN])
    expect(() => lowerCase.decode([1, index])).toThrow(`There is no symbol ${index} in this vocabulary`);
});

test('decode undoes encode for words of any graphemes', () => {
  const word = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const vocabulary = new Vocabulary(words);
      for (const w of words) expect(vocabulary.decode(vocabulary.encode(w))).toBe(w);
    }),
  );
});
