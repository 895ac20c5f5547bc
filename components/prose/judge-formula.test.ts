import { describe, expect, test } from 'vitest';
import { judgeFormula, slopesOf } from './judge-formula.ts';

const judge = (of: string, answer: string, variable = 'x') => judgeFormula(answer, variable, slopesOf(of, variable));

/** Functions as JavaScript writes them: what is expected does not come from the expression language. */
const functions: [string, (x: number) => number][] = [
  ['x**3 / (1 + x)', (x) => x ** 3 / (1 + x)],
  ['tanh(x)', Math.tanh],
  ['log(1 + x**2)', (x) => Math.log(1 + x * x)],
  ['x*exp(-x)', (x) => x * Math.exp(-x)],
  ['s = 1 / (1 + exp(-x)); s*s', (x) => (1 / (1 + Math.exp(-x))) ** 2],
];

test.for(functions)('the slopes of %s agree with central differences', ([of, f]) => {
  const slopes = slopesOf(of, 'x');
  expect(slopes).toHaveLength(12);
  const h = 1e-5;
  for (const { x, slope } of slopes) expect(slope).toBeCloseTo((f(x + h) - f(x - h)) / (2 * h), 6);
});

test.for([
  ['x**2', '2*x'],
  ['x**2', 'x + x'],
  ['x**2', 'x^2 * 2 / x'],
  ['x**3 / (1 + x)', '(3*x**2*(1 + x) - x**3) / (1 + x)**2'],
  ['x**3 / (1 + x)', 'x**2*(2*x + 3) / (1 + x)**2'],
  ['tanh(x)', '1 - tanh(x)**2'],
  ['tanh(x)', '4 / (exp(x) + exp(-x))**2'],
  ['tanh(x)', 't = tanh(x); 1 - t*t'],
  ['1 / (1 + exp(-x))', 'exp(-x) / (1 + exp(-x))**2'],
  ['log(x)', '1/x'],
  ['7', '0'],
  ['relu(x)', 'relu(x)/x'],
] as const)('d/dx of %s may be written %s', ([of, answer]) => {
  expect(judge(of, answer)).toMatchObject({ state: 'right', sentence: expect.stringContaining('Right') });
});

test.for([
  ['x**2', 'x', 'at x = 0.71 your formula gives 0.71, but the derivative is 1.42.'],
  ['tanh(x)', '1 - tanh(x)', 'your formula gives'],
  ['x**2', '2*x + 0.00001', 'your formula gives 1.42001, but the derivative is 1.42.'],
  ['relu(x)', '1', 'at x = −0.61 your formula gives 1, but the derivative is 0.'],
  ['x**2', '2*exp(log(x))', 'at x = −0.61 the derivative is −1.22, but your formula has no value: log(−0.61)'],
] as const)('d/dx of %s is not %s, and one point shows it', ([of, answer, sentence]) => {
  const verdict = judge(of, answer);
  expect(verdict.state).toBe('wrong');
  expect(verdict.sentence).toContain(sentence);
});

describe('what cannot be read is not judged', () => {
  test.for([
    ['', 'Type a formula in x first.', undefined],
    ['3x**2', 'An operator is missing', { start: 1, end: 2 }],
    ['2*(x', '“)” is missing', { start: 4, end: 4 }],
    ['cos(x)', 'There is no function “cos”', { start: 0, end: 3 }],
    ['x**x', 'An exponent must be a plain number', { start: 3, end: 4 }],
    ['2*yx + y', '“yx” has no value here: write the formula in x alone', { start: 2, end: 4 }],
    ['xy + y*2; y', '“xy” has no value', { start: 0, end: 2 }],
    ['log(-x*x)', 'needs a number above 0', { start: 0, end: 3 }],
  ] as const)('%j', ([answer, sentence, span]) => {
    const verdict = judge('x**2', answer);
    expect(verdict.state).toBe('open');
    expect(verdict.sentence).toContain(sentence);
    expect(verdict.span).toEqual(span);
  });
});

test('the variable may have another name', () => {
  expect(judge('w*w', '2*w', 'w').state).toBe('right');
  expect(judge('w*w', '2*x', 'w').sentence).toContain('in w alone');
});

test('points where the function is undefined are skipped', () => {
  const slopes = slopesOf('log(x) + x**0.5', 'x');
  expect(slopes.map(({ x }) => x).every((x) => x > 0)).toBe(true);
  expect(slopes).toHaveLength(6);
  expect(slopesOf('1/x', 'x', [0, 1, 2, 4])).toEqual([
    { x: 1, slope: -1 },
    { x: 2, slope: -0.25 },
    { x: 4, slope: -0.0625 },
  ]);
});

test.for([
  ['x +', 'ends where a number'],
  ['a*x', '“a” has no value here'],
  ['log(-x*x)', 'at 0 of 12 points, 3 are needed: log('],
] as const)('%s cannot be asked for, and ends the build', ([of, sentence]) => {
  expect(() => slopesOf(of, 'x')).toThrow(sentence);
});
