import { describe, expect, test } from 'vitest';
import { fixed, scientific } from './format.ts';

describe('fixed', () => {
  test.for([
    [0.63474, 3, '0.635'],
    [2, 3, '2.000'],
    [-0.3174, 2, '−0.32'],
    [-0.0004, 3, '0.000'],
    [-0, 1, '0.0'],
    [65818, 0, '65,818'],
    [-1234567.89, 1, '−1,234,567.9'],
  ] as const)('writes %d with %d digits as %s', ([x, digits, expected]) => {
    expect(fixed(x, digits)).toBe(expected);
  });
});

describe('scientific', () => {
  test.for([
    [2.5e-8, 1, '2.5×10⁻⁸'],
    [-4.01e-11, 2, '−4.01×10⁻¹¹'],
    [9.96e-6, 1, '1.0×10⁻⁵'],
    [1, 0, '1×10⁰'],
    [42_750_000, 1, '4.3×10⁷'],
    [1.234e-300, 2, '1.23×10⁻³⁰⁰'],
    [0, 3, '0'],
  ] as const)('writes %d with %d digits as %s', ([x, digits, expected]) => {
    expect(scientific(x, digits)).toBe(expected);
  });
});

test.for([Number.NaN, Infinity, -Infinity])('refuses %d, which no sentence should quote', (x) => {
  expect(() => fixed(x, 2)).toThrow(RangeError);
  expect(() => scientific(x, 2)).toThrow(RangeError);
});
