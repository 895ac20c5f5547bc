import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLink, writeLink } from './link.ts';
import { defaultsOf, parseSettings, type SettingsTable } from './settings.ts';

const table = {
  seed: { kind: 'integer', label: 'Seed', min: 0, max: 4294967295, default: 42 },
  rate: { kind: 'number', label: 'Rate', min: 0, max: 10, default: 0.1 },
  points: { kind: 'choice', label: 'Points', options: { moons: 'Moons', own: 'Own' }, default: 'moons' },
  hidden: { kind: 'widths', label: 'Widths', maxLayers: 3, maxWidth: 32, default: [16, 16] },
  note: { kind: 'text', label: 'Note', maxLength: 20, default: '' },
} as const satisfies SettingsTable;

describe('what is taken', () => {
  test.for([
    ['seed', '0', 0],
    ['seed', ' 7 ', 7],
    ['rate', '1e-3', 0.001],
    ['rate', '.5', 0.5],
    ['points', 'own', 'own'],
    ['hidden', '4, 8,2', [4, 8, 2]],
    ['note', '<b>&"', '<b>&"'],
  ] as const)('%s=%s', ([name, text, value]) => {
    expect(parseSettings(table, { [name]: text })).toEqual({
      settings: { ...defaultsOf(table), [name]: value },
      refusals: [],
    });
  });
});

describe('what is refused, by name and bound, while the default stands', () => {
  test.for([
    ['seed', '-1', 'outside 0 to 4,294,967,295'],
    ['seed', '1.5', 'not a whole number'],
    ['seed', '', 'not a number'],
    ['seed', 'NaN', 'not a number'],
    ['seed', '0x10', 'not a number'],
    ['rate', '1e999', 'outside 0 to 10'],
    ['rate', 'Infinity', 'not a number'],
    ['points', 'constructor', 'none of moons, own'],
    ['hidden', '1000000000', 'a layer has 1 to 32 neurons, and 1000000000 is outside 1 to 32'],
    ['hidden', '1,2,3,4', '4 layers are more than 3'],
    ['hidden', '', 'not a number'],
    ['note', 'x'.repeat(21), 'at most 20'],
    ['toString', '1', 'no setting “toString”'],
    ['<script>', '1', 'no setting “<script>”'],
  ] as const)('%s=%s', ([name, text, part]) => {
    const { settings, refusals } = parseSettings(table, { [name]: text });
    expect(settings).toEqual(defaultsOf(table));
    expect(refusals).toHaveLength(1);
    expect(refusals[0]!.name).toBe(name);
    expect(refusals[0]!.sentence).toContain(part);
  });
});

test('an address brings back every setting, beside those of other widgets', () => {
  const settings = fc.record({
    seed: fc.integer({ min: 0, max: 4294967295 }),
    rate: fc.double({ min: 0, max: 10, noNaN: true }),
    points: fc.constantFrom('moons', 'own'),
    hidden: fc.array(fc.integer({ min: 1, max: 32 }), { minLength: 1, maxLength: 3 }),
    note: fc.string({ maxLength: 20 }).map((text) => text.trim()),
  });
  fc.assert(
    fc.property(settings, (given) => {
      const page = 'https://example.org/post.html?other.seed=3&net.rate=5';
      const link = new URL(writeLink(page, 'net', table, given as ReturnType<typeof defaultsOf<typeof table>>));
      expect(link.searchParams.get('other.seed')).toBe('3');
      const { settings: back, refusals } = parseSettings(table, readLink('net', link.search));
      expect(refusals).toEqual([]);
      expect(back).toEqual({ ...given, rate: given.rate === 0 ? 0 : given.rate });
    }),
  );
});

test('what is at its default is not in the address', () => {
  expect(writeLink('https://example.org/a.html', 'net', table, defaultsOf(table))).toBe(
    'https://example.org/a.html#net',
  );
});
