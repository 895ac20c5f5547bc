import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import { ExpressionError, parse } from './parse.ts';

const run = (source: string, leaves: Record<string, number> = {}) =>
  evaluate(parse(source), (name) => (Object.hasOwn(leaves, name) ? leaves[name]! : 1));

function faultOf(source: string, leaves?: Record<string, number>): ExpressionError {
  try {
    run(source, leaves);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error(`“${source}” was accepted.`);
}

describe('what is accepted', () => {
  test.for([
    ['2*a + b', { a: 3, b: 4 }, 10],
    ['a - b - 1', { a: 3, b: 4 }, -2],
    ['a / b / 2', { a: 3, b: 4 }, 0.375],
    ['-a**2', { a: 3 }, -9],
    ['2**3**2', {}, 512],
    ['a^-1', { a: 4 }, 0.25],
    ['a**(1/2)', { a: 9 }, 3],
    ['--a', { a: 3 }, 3],
    ['e = a + b; e * e', { a: 1, b: 2 }, 9],
    ['e = a\n\n e*2;', { a: 5 }, 10],
    ['.5 + 1. + 1e1', {}, 11.5],
    ['é + 名', { é: 1, 名: 2 }, 3],
    ['toString + valueOf', { toString: 1, valueOf: 2 }, 3],
  ] as const)('%s', ([source, leaves, expected]) => {
    expect(run(source, leaves).end.data).toBe(expected);
  });
});

test('another name for a leaf leaves the leaf its own', () => {
  const { leaves, names } = run('e = a; e*e', { a: 3 });
  expect(names.get(leaves.get('a')!)).toBe('a');
  expect(leaves.get('a')!.grad).toBe(6);
});

describe('what is refused, with a sentence and a place', () => {
  test.for([
    ['', 'is empty', 0],
    ['   ', 'is empty', 0],
    ['a +', 'ends where a number or a name should follow', 3],
    ['(a + b', '“)” is missing', 6],
    ['a + b)', 'closes nothing', 5],
    ['a + ()', 'a number or a name is missing', 5],
    ['2a', 'write * to multiply', 1],
    ['a * / b', 'a number or a name is missing', 4],
    ['x²', '“²” means nothing', 1],
    ['a $ b', '“$” means nothing', 2],
    ['sin(a)', 'no function “sin”', 0],
    ['b + tanh', 'is a function', 4],
    ['a**b', 'write exp(b*log(a))', 3],
    ['constructor + 1', 'too long', 0],
    ['1 = a', 'Only a name', 2],
    ['1e999', 'too large', 0],
    [`${'('.repeat(500)}a${')'.repeat(500)}`, 'nested more than 100', 100],
    ['a+'.repeat(2000), 'has 4,000 characters', 2000],
  ] as const)('%#: %.12s', ([source, sentence, at]) => {
    const fault = faultOf(source);
    expect(fault.message).toContain(sentence);
    expect(fault.span.start).toBe(at);
  });

  test.for([
    ['a / b', { a: 1, b: 0 }, '1 / 0 has no value', 2],
    ['log(a)', { a: -1 }, 'needs a number above 0', 0],
    ['log(a)', { a: 0 }, 'needs a number above 0', 0],
    ['exp(a)', { a: 1000 }, 'larger than a double', 0],
    ['a * a', { a: 1e200 }, 'larger than a double', 2],
    ['a**0.5', { a: -1 }, 'no real number', 1],
    ['a**-1', { a: 0 }, 'divides by 0', 1],
    ['b * a**0.5', { a: 0, b: 2 }, 'slope of this operation is infinite', 5],
  ] as const)('%s at %o', ([source, leaves, sentence, at]) => {
    const fault = faultOf(source, leaves);
    expect(fault.message).toContain(sentence);
    expect(fault.span.start).toBe(at);
  });
});

/** Expressions that are smooth and tame, so that a central difference is a fair judge of them. */
const smooth = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom('a', 'b', 'c'),
    fc.integer({ min: 1, max: 9 }).map(String),
    fc.tuple(tie('node'), fc.constantFrom('+', '-', '*'), tie('node')).map(([l, o, r]) => `(${l} ${o} ${r})`),
    fc.tuple(tie('node'), tie('node')).map(([l, r]) => `(${l} / (2 + ${r}**2))`),
    tie('node').map((x) => `tanh(${x})`),
    tie('node').map((x) => `exp(tanh(${x}))`),
    tie('node').map((x) => `log(2 + ${x}**2)`),
    tie('node').map((x) => `relu(${x})`),
    tie('node').map((x) => `(1 + ${x}**2)**-0.5`),
    tie('node').map((x) => `(-${x})`),
  ),
})).node;

test('the gradients of a thousand random expressions agree with central differences', () => {
  const number = fc.integer({ min: -200, max: 200 }).map((n) => n / 100 + 0.0037);
  let compared = 0;
  fc.assert(
    fc.property(smooth, fc.record({ a: number, b: number, c: number }), (source, leaves) => {
      const program = parse(source);
      const f = (shifted: Record<string, number>) => evaluate(program, (name) => shifted[name]!).end.data;
      const { end, leaves: used } = evaluate(program, (name) => leaves[name as 'a']);
      for (const [name, { grad }] of used) {
        const slope = (h: number) => {
          const at = (x: number) => f({ ...leaves, [name]: x });
          const x = leaves[name as 'a'];
          return (at(x + h) - at(x - h)) / (2 * h);
        };
        const [wide, narrow] = [slope(1e-5), slope(1e-6)];
        const scale = Math.max(1, Math.abs(end.data), Math.abs(grad));
        // Where two step sizes disagree, a kink of relu or a very large curvature is near: no fair judge.
        if (Math.abs(wide - narrow) > 1e-4 * scale) continue;
        compared += 1;
        expect(Math.abs(grad - narrow) / scale, `d/d${name} of ${source}`).toBeLessThan(2e-4);
      }
    }),
    { numRuns: 1000, seed: 1 },
  );
  expect(compared).toBeGreaterThan(1000);
});

const scraps = fc.constantFrom(
  ...[
    'a',
    'b',
    'tanh',
    'log(',
    '(',
    ')',
    '+',
    '-',
    '*',
    '**',
    '/',
    '^',
    '=',
    ';',
    '\n',
    ' ',
    '1',
    '.5',
    '1e309',
    '🙂',
    '__proto__',
  ],
);

test.for([
  ['any characters', fc.string({ unit: 'binary', maxLength: 60 })],
  ['scraps of the language', fc.array(scraps, { maxLength: 40 }).map((parts) => parts.join(''))],
] as const)('a thousand random strings of %s give a result or an error with a place', ([, strings]) => {
  fc.assert(
    fc.property(strings, (source) => {
      try {
        expect(Number.isFinite(run(source).end.data)).toBe(true);
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        expect(error.message).toMatch(/^[\s\S]{10,}[.]$/);
        expect(error.span.start).toBeGreaterThanOrEqual(0);
        expect(error.span.end).toBeLessThanOrEqual(source.length);
      }
    }),
    { numRuns: 1000, seed: 2 },
  );
});
