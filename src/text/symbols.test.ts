import { expect, test } from 'vitest';
import { symbolsOf } from './symbols.ts';

test('a symbol is what a reader counts as one', () => {
  expect(symbolsOf('zoë')).toEqual(['z', 'o', 'ë']);
  expect(symbolsOf('zoe\u0308')).toEqual(['z', 'o', 'e\u0308']);
  expect(symbolsOf('Юлия')).toEqual(['Ю', 'л', 'и', 'я']);
  expect(symbolsOf('王小明')).toEqual(['王', '小', '明']);
  expect(symbolsOf('שָׂרָה')).toEqual(['שָׂ', 'רָ', 'ה']);
  expect(symbolsOf('👩🏽‍🚀🇩🇪')).toEqual(['👩🏽‍🚀', '🇩🇪']);
  expect(symbolsOf('𝒜')).toEqual(['𝒜']);
  expect(symbolsOf('')).toEqual([]);
});

test('the short way agrees with Intl.Segmenter on every character, between two letters', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const differing: string[] = [];
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    const character = String.fromCodePoint(codePoint);
    if (/[\p{Cn}\p{Co}\p{Cs}]/u.test(character)) continue; // unassigned, for private use, half of a pair
    // The letters show whether the character would join the one before it or the one after it.
    const text = `a${character}a`;
    const symbols = symbolsOf(text);
    if (symbols.length === 3 && [...segmenter.segment(text)].length !== 3) differing.push(character);
  }
  expect(differing).toEqual([]);
}, 30_000);
