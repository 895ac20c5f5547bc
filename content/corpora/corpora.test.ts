import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import corpora from './corpora.json' with { type: 'json' };

const read = (name: string) => readFileSync(new URL(`${name}.txt`, import.meta.url), 'utf8');

test.for(Object.entries(corpora))(
  '%s is the list that corpora.json describes',
  ([name, { words, sha256, license }]) => {
    const text = read(name);
    const list = text.trimEnd().split('\n');
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
    expect(list).toHaveLength(words);
    expect(new Set(list).size).toBe(words);
    expect(list.every((word) => /^[a-z]+$/.test(word))).toBe(true);
    expect(license).toBe('CC0-1.0');
  },
);

test('there are at least 8,000 names of 2 to 15 letters, and two more lists of 500', () => {
  expect(corpora.names.words).toBeGreaterThanOrEqual(8000);
  for (const name of read('names').trimEnd().split('\n')) expect(name.length).toBeLessThanOrEqual(15);
  expect(corpora.dinosaurs.words).toBeGreaterThanOrEqual(500);
  expect(corpora.minerals.words).toBeGreaterThanOrEqual(500);
});
