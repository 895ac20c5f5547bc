import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLink, writeLink } from './link.ts';
import { mlpTrainingTable } from './mlp/settings.ts';
import { defaultsOf, formatField, parseSettings, type SettingsTable } from './settings.ts';

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

describe('a schedule', () => {
  const [MAX_RATE, MAX_STEP, MAX_PIECES] = [100, 1_000_000, 50];
  const schedule = {
    kind: 'schedule',
    label: 'Schedule',
    min: 0,
    max: MAX_RATE,
    maxStep: MAX_STEP,
    maxPieces: MAX_PIECES,
    default: [],
  } as const;
  const withSchedule = { schedule } as const satisfies SettingsTable;
  const read = (text: string) => parseSettings(withSchedule, { schedule: text });

  const aRate = fc.double({ min: 0, max: MAX_RATE, noNaN: true }).map((rate) => rate || 0); // no −0
  const aSchedule = fc
    .array(fc.tuple(fc.integer({ min: 1, max: MAX_STEP }), aRate), { maxLength: MAX_PIECES - 1, size: 'max' })
    .chain((later) => {
      const pieces = new Map(later.toSorted(([a], [b]) => a - b));
      return aRate.map((first) => [
        { from: 0, rate: first },
        ...Array.from(pieces, ([from, rate]) => ({ from, rate })),
      ]);
    });

  test('comes back from its text, and from an address', () => {
    fc.assert(
      fc.property(aSchedule, (given) => {
        expect(read(formatField(schedule, given))).toEqual({ settings: { schedule: given }, refusals: [] });
        const link = new URL(writeLink('https://example.org/a.html', 'net', withSchedule, { schedule: given }));
        expect(parseSettings(withSchedule, readLink('net', link.search)).settings).toEqual({ schedule: given });
      }),
    );
  });

  test('may be empty, and may have spaces', () => {
    expect(read('')).toEqual({ settings: { schedule: [] }, refusals: [] });
    const pieces = [
      { from: 0, rate: 0.1 },
      { from: 1200, rate: 0.05 },
    ];
    expect(read(' 0: 0.1, 1200 :.05 ').settings).toEqual({ schedule: pieces });
  });

  const order = 'the steps begin at 0 and grow.';
  const pieces = (count: number) => Array.from({ length: count }, (_, i) => `${i}:0.1`).join();
  test.for([
    ['0:NaN', 'the rate “NaN” is not a number.'],
    ['0:1e999', 'the rate 1e999 is outside 0 to 100.'],
    ['0:-1', 'the rate -1 is outside 0 to 100.'],
    ['0:0.1,-1:0.1', 'the step -1 is outside 0 to 1,000,000.'],
    ['0:0.1,1000001:0.1', 'the step 1000001 is outside 0 to 1,000,000.'],
    ['0:0.1,1.5:0.1', 'the step 1.5 is not a whole number.'],
    ['0:0.1,1e999:0.1', 'the step 1e999 is outside 0 to 1,000,000.'],
    ['0:0.1,500:0.2,300:0.3', order],
    ['0:0.1,500:0.2,500:0.3', order],
    ['5:0.1', order],
    ['<b>', 'the step “<b>” is not a number.'],
    ['0:<script>', 'the rate “<script>” is not a number.'],
    ['0.1', 'the step 0.1 is not a whole number.'],
    ['0', 'the rate “” is not a number.'],
    ['0:0.1,', 'the step “” is not a number.'],
  ] as const)('is refused as %s', ([text, reason]) => {
    const { settings, refusals } = read(text);
    expect(settings).toEqual({ schedule: [] });
    const sentence = `Schedule: ${reason} Write it as 0:0.1,1200:0.05. It stays empty.`;
    expect(refusals).toEqual([{ name: 'schedule', sentence }]);
  });

  test('has as many pieces as the bound says, and not one more', () => {
    expect(read(pieces(MAX_PIECES)).refusals).toEqual([]);
    const { settings, refusals } = read(pieces(MAX_PIECES + 1));
    expect(settings).toEqual({ schedule: [] });
    expect(refusals.map(({ sentence }) => sentence)).toEqual(['Schedule: 51 pieces are more than 50. It stays empty.']);
  });

  test.for(['0:0.1:0.5', '0:0.1:<b>'])('is refused as %s', (text) => {
    expect(read(text).refusals).toHaveLength(1);
  });
});

describe('the settings of the MLP', () => {
  test.for([
    ['hidden', '1000000000', 'Hidden units: 1000000000 is outside 1 to 2,048. It stays at 200.'],
    ['seed', '-1', 'Seed: -1 is outside 0 to 4,294,967,295. It stays at 2147483647.'],
    ['rate', 'NaN', 'Learning rate: “NaN” is not a number. It stays at 0.1.'],
    ['steps', '1e999', 'Steps: 1e999 is outside 1 to 1,000,000. It stays at 200000.'],
    ['init', '<b>', 'Initialization: “<b>” is none of scaled, notebook. It stays at scaled.'],
    ['engine', 'simd2', 'Engine: “simd2” is none of auto, simd, webgl, webgpu, wasm, cpu. It stays at auto.'],
  ] as const)('refuse %s=%s by name and bound, and keep their default', ([name, text, sentence]) => {
    const { settings, refusals } = parseSettings(mlpTrainingTable, { [name]: text });
    expect(settings).toEqual(defaultsOf(mlpTrainingTable));
    expect(refusals).toEqual([{ name, sentence }]);
  });

  test('refuse all that is wrong at once, and take the rest', () => {
    const raw = { hidden: '1000000000', seed: '-1', steps: '1e999', batch: '64', schedule: '0:0.5,100:0.1' };
    const { settings, refusals } = parseSettings(mlpTrainingTable, raw);
    expect(refusals.map(({ name }) => name)).toEqual(['hidden', 'seed', 'steps']);
    const schedule = [
      { from: 0, rate: 0.5 },
      { from: 100, rate: 0.1 },
    ];
    expect(settings).toEqual({ ...defaultsOf(mlpTrainingTable), batch: 64, schedule });
  });
});
