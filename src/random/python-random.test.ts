import { expect, test } from 'vitest';
import cpython from '../../reference/fixtures/python-random.json' with { type: 'json' };
import { PythonRandom } from './python-random.ts';

const draws = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);

test('random() is CPython’s, bit for bit, for small, large and negative seeds', () => {
  const seeded = (seed: number, count: number) => {
    const generator = new PythonRandom(seed);
    return draws(count, () => generator.random());
  };
  expect(seeded(42, 5)).toEqual(cpython.random5);
  expect(seeded(2 ** 40 + 5, 3)).toEqual(cpython.random_seed_2_40_plus_5_x3);
  expect(seeded(-7, 3)).toEqual(cpython.random_seed_minus_7_x3);
});

test('uniform() draws the weights of the micrograd notebook', () => {
  const generator = new PythonRandom(1337);
  expect(draws(8, () => generator.uniform(-1, 1))).toEqual(cpython.uniform_m1_1_seed1337_x8);
});

test('getrandbits() gives CPython’s words', () => {
  const generator = new PythonRandom(42);
  expect(draws(8, () => generator.getrandbits(32))).toEqual(cpython.getrandbits32x8);
});

test('shuffle() orders a list as CPython does', () => {
  const list = draws(20, () => 0).map((_, i) => i);
  new PythonRandom(42).shuffle(list);
  expect(list).toEqual(cpython.shuffle_range20);
});

test('gauss() agrees with CPython to the rounding of sin, cos and log', () => {
  const generator = new PythonRandom(42);
  for (const expected of cpython.gauss_0_1_seed42_x8) expect(generator.gauss(0, 1)).toBeCloseTo(expected, 14);
});

test('a seed that is no integer is refused by name', () => {
  expect(() => new PythonRandom(1.5)).toThrow('not 1.5');
  expect(() => new PythonRandom(Number.NaN)).toThrow('not NaN');
});
