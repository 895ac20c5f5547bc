import { describe, expect, test } from 'vitest';
import { contextTables, SMOOTHINGS } from './context-counts.ts';
import { splitWords } from './split.ts';

/** Few symbols, so that the parts of the split have contexts in common. */
const words = ['a', 'b', 'ab', 'ba', 'aab', 'abb', 'bab', 'bba', 'aba', 'baa'];
const split = splitWords(words, 42);

/** What follows each context, from the dotted words themselves. */
function followers(list: readonly string[], block: number): [context: string, target: string][] {
  return list.flatMap((word) => {
    const dotted = `${'.'.repeat(block)}${word}.`;
    return [...dotted.slice(block)].map((target, i): [string, string] => [dotted.slice(i, i + block), target]);
  });
}

function meanNll(asked: readonly string[], block: number, smoothing: number): number {
  const known = followers(split.train, block);
  const terms = followers(asked, block).map(([context, target]) => {
    const row = known.filter(([other]) => other === context);
    const times = row.filter(([, other]) => other === target).length;
    return -Math.log((times + smoothing) / (row.length + 3 * smoothing));
  });
  return terms.reduce((sum, term) => sum + term, 0) / terms.length;
}

describe('contextTables', () => {
  const tables = contextTables(words, [1, 2], 42);

  test('the losses of all three parts are those of the counts, with the added count that suits the dev split best', () => {
    expect(tables.map(({ block }) => block)).toEqual([1, 2]);
    for (const { block, train, dev, test: last, smoothing } of tables) {
      expect(SMOOTHINGS).toContain(smoothing);
      expect(train).toBeCloseTo(meanNll(split.train, block, 0), 12);
      expect(dev).toBeCloseTo(Math.min(...SMOOTHINGS.map((each) => meanNll(split.dev, block, each))), 12);
      expect(dev).toBeCloseTo(meanNll(split.dev, block, smoothing), 12);
      expect(last).toBeCloseTo(meanNll(split.test, block, smoothing), 12);
    }
  });

  test('rows: those possible, those with a count, those with a single one, and how often the dev split meets none', () => {
    for (const { block, possible, seen, seenOnce, devUnseen } of tables) {
      const known = followers(split.train, block).map(([context]) => context);
      const rows = [...new Set(known)];
      expect(possible).toBe(3 ** block);
      expect(seen).toBe(rows.length);
      expect(seenOnce).toBe(rows.filter((row) => known.filter((each) => each === row).length === 1).length);
      const asked = followers(split.dev, block);
      expect(devUnseen).toBe(asked.filter(([context]) => !known.includes(context)).length / asked.length);
    }
  });

  test('a context length that is no whole number above 0 is refused', () => {
    expect(() => contextTables(words, [0], 42)).toThrow(RangeError);
  });
});
