/** Single kernels against plain loops in double precision, and the functions they approximate. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { FUSED_KERNELS, KERNELS } from '../../../tools/node-engine.ts';
import { TorchGenerator } from '../../random/index.ts';
import { instantiate, type Kernels } from './kernels.ts';
import { LinearMemory, type Matrix } from './memory.ts';

const [portable, fused] = [KERNELS, FUSED_KERNELS].map((url) => new WebAssembly.Module(readFileSync(url)));
let kernels: Kernels;
let memory: LinearMemory;
function take(module: WebAssembly.Module) {
  kernels = instantiate(module);
  memory = new LinearMemory(kernels);
}
beforeEach(() => take(portable!));

const generator = new TorchGenerator(1);
/** A matrix with drawn numbers, and these numbers. */
function drawn(rows: number, columns: number): { matrix: Matrix; values: Float32Array } {
  const matrix = memory.matrix(rows, columns);
  const values = generator.randn(rows * columns);
  memory.write(matrix, values);
  return { matrix, values };
}

/** Of the units in the last place of `expected`, how many lie between. */
function unitsApart(actual: number, expected: number): number {
  const exponent = Math.floor(Math.log2(Math.max(Math.abs(expected), 2 ** -126)));
  return Math.abs(actual - expected) / 2 ** (exponent - 23);
}

const sizes = fc
  .record({ m: fc.nat(40), k: fc.nat(70), n: fc.nat(40) })
  .map(({ m, k, n }) => ({ m: m + 1, k: k + 1, n: n + 1 }));
const close = (actual: ArrayLike<number>, expected: readonly number[], scale: number) =>
  expect(Math.max(...expected.map((x, i) => Math.abs(actual[i]! - x)))).toBeLessThan(1e-6 * scale);

describe.for([
  ['portable', portable!],
  ['fused', fused!],
] as const)('products of any size, %s', ([, module]) => {
  beforeEach(() => take(module));
  const sum = (length: number, term: (i: number) => number) =>
    Array.from({ length }, (_, i) => term(i)).reduce((total, x) => total + x, 0);
  const table = (rows: number, columns: number, entry: (i: number, j: number) => number) =>
    Array.from({ length: rows * columns }, (_, place) => entry(Math.floor(place / columns), place % columns));

  test('product, and what lies beyond its last column stays 0', () => {
    fc.assert(
      fc.property(sizes, ({ m, k, n }) => {
        const [a, b] = [drawn(m, k), drawn(k, n)];
        const bias = memory.vector(n);
        const added = generator.randn(n);
        memory.write(bias, added);
        const c = memory.matrix(m, n);
        kernels.product(a.matrix.address, b.matrix.address, bias.address, c.address, m, k, n);
        const expected = table(m, n, (i, j) => added[j]! + sum(k, (l) => a.values[i * k + l]! * b.values[l * n + j]!));
        close(memory.read(c), expected, k);
        const wide = memory.read({ ...c, columns: Math.ceil(n / 8) * 8 });
        expect(wide.filter((x, i) => i % (Math.ceil(n / 8) * 8) >= n && x !== 0)).toHaveLength(0);
      }),
    );
  });

  test('subtractTransposedProduct and subtractColumnSums', () => {
    fc.assert(
      fc.property(sizes, ({ m, k, n }) => {
        const [a, d, target] = [drawn(m, k), drawn(m, n), drawn(k, n)];
        kernels.subtractTransposedProduct(a.matrix.address, d.matrix.address, target.matrix.address, m, k, n, 0.5);
        const expected = table(
          k,
          n,
          (l, j) => target.values[l * n + j]! - 0.5 * sum(m, (i) => a.values[i * k + l]! * d.values[i * n + j]!),
        );
        close(memory.read(target.matrix), expected, m);
        const sums = memory.vector(n);
        kernels.subtractColumnSums(d.matrix.address, sums.address, m, n, 2);
        close(
          memory.read(sums),
          table(1, n, (_, j) => -2 * sum(m, (i) => d.values[i * n + j]!)),
          m,
        );
      }),
    );
  });

  test('transpose', () => {
    fc.assert(
      fc.property(sizes, ({ m, n }) => {
        const from = drawn(m, n);
        const to = memory.matrix(n, m);
        kernels.transpose(from.matrix.address, to.address, m, n);
        expect([...memory.read(to)]).toEqual(table(n, m, (j, i) => from.values[i * n + j]!));
      }),
    );
  });

  test('flattenConsecutive, and back', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 5 }), ({ m, n }, positions) => {
        const apart = drawn(m * positions, n);
        const joined = memory.matrix(m, positions * n);
        kernels.flattenConsecutive(apart.matrix.address, joined.address, m, positions, n, false);
        expect(memory.read(joined)).toEqual(apart.values);
        memory.clear(apart.matrix);
        kernels.flattenConsecutive(apart.matrix.address, joined.address, m, positions, n, true);
        expect(memory.read(apart.matrix)).toEqual(apart.values);
      }),
    );
  });
});

describe('functions', () => {
  /** tanh of each number, in a matrix of its own. */
  function tanhOf(values: Float32Array): Float32Array {
    const [input, out] = [memory.matrix(values.length, 1), memory.matrix(values.length, 1)];
    memory.write(input, values);
    kernels.tanhForward(input.address, out.address, values.length, 1);
    return memory.read(out);
  }

  test('tanh is right to five units in the last place, from the smallest numbers to the largest', () => {
    const sizes = Float32Array.from({ length: 40_000 }, (_, i) => 2 ** (-30 + i / 1000));
    const values = Float32Array.from([...sizes, ...sizes.map((x) => -x)]);
    const worst = Math.max(...tanhOf(values).map((y, i) => unitsApart(y, Math.tanh(values[i]!))));
    console.log(`tanh: ${worst.toFixed(2)} units in the last place`);
    expect(worst).toBeLessThan(5);
    expect([...tanhOf(Float32Array.of(0, Number.NaN))]).toEqual([0, Number.NaN]);
    for (const [i, y] of [
      ...tanhOf(Float32Array.of(100, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)),
    ].entries())
      expect(Math.abs(y - [1, 1, -1][i]!)).toBeLessThan(4e-7);
  });

  test('the softmax of two logits, and with it exp, is right to five units in the last place', () => {
    const differences = Float32Array.from({ length: 8000 }, (_, i) => -i / 100);
    const rows = differences.length;
    const [pairs, byPairs] = [memory.matrix(rows, 2), memory.matrix(rows, 2)];
    memory.write(
      pairs,
      Float32Array.from({ length: 2 * rows }, (_, i) => (i % 2 ? differences[(i - 1) / 2]! : 0)),
    );
    kernels.crossEntropy(pairs.address, memory.integers(rows), byPairs.address, rows, 2);
    const gradient = memory.read(byPairs);
    const worst = Math.max(
      ...differences.map((x, i) => {
        const exact = Math.exp(x);
        return unitsApart(gradient[2 * i + 1]! * rows, exact / (1 + exact));
      }),
    );
    console.log(`softmax: ${worst.toFixed(2)} units in the last place`);
    expect(worst).toBeLessThan(5);
  });
});

describe('crossEntropy', () => {
  const lossOf = (logits: number[], target: number): number => {
    const matrix = memory.matrix(1, logits.length);
    memory.write(matrix, Float32Array.from(logits));
    const targets = memory.integers(1);
    memory.writeIntegers(targets, Int32Array.of(target));
    return kernels.crossEntropy(matrix.address, targets, memory.matrix(1, logits.length).address, 1, logits.length);
  };

  test('overflows nowhere, and knows the loss of what is all but impossible', () => {
    expect(lossOf([1000, 0], 0)).toBe(0);
    expect(lossOf([1000, 0], 1)).toBe(1000);
    expect(lossOf([-1e30, -1e30], 1)).toBeCloseTo(Math.log(2), 12);
    expect(lossOf([Number.NaN, 0], 1)).toBeNaN();
  });
});

test('the memory hands out zeros, and the same place again after a release', () => {
  const mark = memory.mark();
  const { matrix } = drawn(9, 9);
  memory.release(mark);
  const again = memory.matrix(9, 9);
  expect(again).toEqual(matrix);
  expect(memory.read(again).every((x) => x === 0)).toBe(true);
  expect(() => memory.matrix(70_000, 70_000)).toThrow(RangeError);
});
