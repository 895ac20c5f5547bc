import fc from 'fast-check';
import { expect, test } from 'vitest';
import cpython from '../../reference/fixtures/python-random.json' with { type: 'json' };
import { splitWords } from './split.ts';

test('the words are shuffled as CPython does and cut at 80 and 90 percent', () => {
  const words = cpython.shuffle_range20.map((_, i) => `${i}`);
  const { train, dev, test } = splitWords(words, 42);
  expect([...train, ...dev, ...test]).toEqual(cpython.shuffle_range20.map(String));
  expect([train.length, dev.length, test.length]).toEqual([16, 2, 2]);
});

test('each word is in one part, the list given is left as it was, and a seed gives one split', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string()), fc.maxSafeInteger(), (words, seed) => {
      const given = [...words];
      const split = splitWords(words, seed);
      expect(words).toEqual(given);
      expect([...split.train, ...split.dev, ...split.test].sort()).toEqual(given.sort());
      expect(splitWords(words, seed)).toEqual(split);
    }),
  );
});

test('few words leave the dev part empty', () => {
  expect(splitWords(['a', 'b', 'c', 'd', 'e'], 42).dev).toEqual([]);
  expect(splitWords(['a', 'b', 'c', 'd', 'e', 'f'], 42).dev).toHaveLength(1);
});
