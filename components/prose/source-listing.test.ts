import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sourceListing } from './source-listing.ts';

const SOURCE = `// A licence, which belongs to no declaration.

/** What a shape measures. */
export type Unit = 'cm' | 'in';

export const SIDES = 4; // of a square

// Two lines that say
// why.
export function area(a: number): number;
export function area(a: number, b: number): number;
export function area(a: number, b = a): number {
  return a * b;
}

export class Square {
  /** In cm. */
  readonly side: number;

  constructor(side: number) {
    this.side = side;
  }

  /**
   * All sides.
   */
  get perimeter(): number {
    const text = [
      'kept',
    ];
    return SIDES * this.side * text.length;
  }
}
`;

let root: string;
const list = (of: string | string[]) => sourceListing(of, root);

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'listing-'));
  writeFileSync(join(root, 'square.ts'), SOURCE);
  writeFileSync(join(root, 'notes.txt'), 'one\ntwo\n');
});
afterAll(() => rmSync(root, { recursive: true }));

test('a type comes with its comment, and without the one above the blank line', () => {
  expect(list('square.ts#Unit')).toEqual({
    path: 'square.ts',
    code: "/** What a shape measures. */\nexport type Unit = 'cm' | 'in';",
    lines: 'lines 3-4',
  });
});

test('a const of one line comes with the comment behind it', () => {
  expect(list('square.ts#SIDES')).toMatchObject({ code: 'export const SIDES = 4; // of a square', lines: 'line 6' });
});

test('the signatures of an overload stay together', () => {
  expect(list('square.ts#area')).toMatchObject({
    code: SOURCE.split('\n').slice(7, 14).join('\n'),
    lines: 'lines 8-14',
  });
});

test('a member is dedented and keeps the indents within it', () => {
  expect(list('square.ts#Square.perimeter').code).toBe(`/**
 * All sides.
 */
get perimeter(): number {
  const text = [
    'kept',
  ];
  return SIDES * this.side * text.length;
}`);
});

test('several declarations come in the order asked for, a blank line between them', () => {
  expect(list(['square.ts#Square.constructor', 'square.ts#Square.side', 'square.ts#SIDES'])).toMatchObject({
    code: `constructor(side: number) {
  this.side = side;
}

/** In cm. */
readonly side: number;

export const SIDES = 4; // of a square`,
    lines: 'lines 20-22, 17-18, 6',
  });
});

test('a class is listed whole, and so is a file', () => {
  expect(list('square.ts#Square').lines).toBe('lines 16-33');
  expect(list('square.ts')).toMatchObject({ code: SOURCE.trimEnd(), lines: 'lines 1-33' });
  expect(list('notes.txt').code).toBe('one\ntwo');
});

test('Windows line ends change neither the code nor its lines', () => {
  writeFileSync(join(root, 'windows.ts'), SOURCE.replaceAll('\n', '\r\n'));
  for (const name of ['Unit', 'area', 'Square.perimeter']) {
    const { code, lines } = list(`square.ts#${name}`);
    expect(list(`windows.ts#${name}`)).toMatchObject({ code, lines });
  }
});

test.for([
  [
    'square.ts#Circle',
    'square.ts has no “Circle”. It has: Unit, SIDES, area, Square, Square.side, Square.constructor, Square.perimeter.',
  ],
  ['circle.ts', 'There is no file circle.ts to list. . has: notes.txt, square.ts'],
  ['round/circle.ts', 'There is no folder round either.'],
  ['notes.txt#one', 'found in TypeScript and JavaScript only'],
  ['', 'A listing needs a file'],
] as const)('“%s” fails with a sentence that says what there is', ([of, sentence]) => {
  expect(() => list(of)).toThrow(sentence);
});

test('two files in one listing are refused', () => {
  expect(() => list(['square.ts#Unit', 'notes.txt'])).toThrow('asks for square.ts and for notes.txt');
});

test('the project’s own files are found from its root', () => {
  expect(sourceListing('src/autograd/value.ts#Value.mul').code).toMatch(
    /^mul\(other: Value \| number\): Value \{\n {2}const b/,
  );
});
