import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What throws or shows a sentence for the reader, up to where the sentence begins. */
const TELLS = /new (?:Run|Engine|Part)Error\(\s*|\bfailure\.value = (?=\S)/g;
/** A sentence of src/faults.ts, one that an error brings along, or none. */
const ALLOWED = /^(?:faults\.|`\$\{(?:faults\.|inWords\()|''|error\.message|fault;|isWhole \?|\(error)/;

const files = globSync('{src,components}/**/*.{ts,tsx,astro}').filter((file) => !file.includes('.test.'));

test('every sentence that tells of a fault stands in src/faults.ts', () => {
  let count = 0;
  const strangers = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return Array.from(text.matchAll(TELLS)).flatMap(({ index, 0: found }) => {
      count += 1;
      const rest = text.slice(index + found.length);
      return ALLOWED.test(rest) ? [] : [`${file}: ${found}${rest.slice(0, 60).split('\n')[0]}`];
    });
  });
  expect(strangers).toEqual([]);
  expect(count).toBeGreaterThan(30);
});

test('every fault is used, and is a sentence', async () => {
  const faults = (await import('../src/faults.ts')) as Record<string, unknown>;
  const source = files.filter((file) => !file.endsWith('src/faults.ts')).map((file) => readFileSync(file, 'utf8'));
  for (const [name, fault] of Object.entries(faults)) {
    expect(source.filter((text) => text.includes(`faults.${name}`)).length, name).toBeGreaterThan(0);
    if (typeof fault === 'string' && !/^[A-Z_]+$/.test(name)) expect(fault, name).toMatch(/^[A-Z].*\.$/);
  }
});
