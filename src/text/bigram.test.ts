import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bigramProbabilities, countBigrams, meanNll, scoreSymbols, withTemperature } from './bigram.ts';
import { Vocabulary } from './vocabulary.ts';

const words = ['anna', 'bab'];
const vocabulary = new Vocabulary(words);
const counted = countBigrams(words, vocabulary);

test('the pairs of two words, counted by hand', () => {
  // .anna. has .a an nn na a.; .bab. has .b ba ab b.
  const pairs: Record<string, number> = { '.a': 1, an: 1, nn: 1, na: 1, 'a.': 1, '.b': 1, ba: 1, ab: 1, 'b.': 1 };
  vocabulary.symbols.forEach((before, row) => {
    vocabulary.symbols.forEach((after, column) => {
      expect(counted.counts[row * counted.size + column], before + after).toBe(pairs[before + after] ?? 0);
    });
  });
  expect(counted.total).toBe(9);
});

test('every row of probabilities adds up to 1, whatever the smoothing; a row without counts is uniform', () => {
  const rare = countBigrams(['a'], new Vocabulary(['ab']));
  for (const table of [counted, rare]) {
    for (const smoothing of [0, 0.5, 1000]) {
      const p = bigramProbabilities(table, smoothing);
      for (let row = 0; row < table.size; row++) {
        const sum = p.subarray(row * table.size, (row + 1) * table.size).reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo(1, 12);
      }
    }
  }
  expect([...bigramProbabilities(rare, 0).subarray(6, 9)]).toEqual([1 / 3, 1 / 3, 1 / 3]);
});

test('the mean loss of the list is the mean over its pairs, scored one by one', () => {
  const p = bigramProbabilities(counted, 1);
  const pairs = words.flatMap((word) => scoreSymbols([...word], vocabulary.symbols, p) as { nll: number }[]);
  expect(meanNll(counted, p)).toBeCloseTo(pairs.reduce((sum, { nll }) => sum + nll, 0) / pairs.length, 12);
});

test('a symbol that the list does not have is named', () => {
  const p = bigramProbabilities(counted, 1);
  expect(scoreSymbols(['a', 'x', 'y'], vocabulary.symbols, p)).toEqual({ unknown: 'x' });
  expect(scoreSymbols(['a', '.'], vocabulary.symbols, p)).toEqual({ unknown: '.' });
});

test('a pair that never occurs makes the loss infinite, and a little smoothing makes it finite', () => {
  const table = countBigrams(['ab'], vocabulary);
  const other = { ...counted, counts: table.counts, total: table.total };
  expect(meanNll(counted, bigramProbabilities(other, 0))).toBe(Number.POSITIVE_INFINITY);
  expect(Number.isFinite(meanNll(counted, bigramProbabilities(other, 0.01)))).toBe(true);
});

test('temperature is the power 1/T, normalized, and does not overflow', () => {
  const row = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(row, fc.double({ min: 0.3, max: 5, noNaN: true }), (shares, temperature) => {
      fc.pre(Math.max(...shares) > 1e-6);
      const powers = shares.map((p) => p ** (1 / temperature));
      const sum = powers.reduce((a, b) => a + b, 0);
      withTemperature(shares, temperature).forEach((p, i) => {
        expect(p).toBeCloseTo(powers[i]! / sum, 9);
      });
    }),
  );
  expect([...withTemperature([0.2, 0.5, 0.3], 0.05)].every(Number.isFinite)).toBe(true);
});
