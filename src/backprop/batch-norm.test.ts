import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalize, normalizeBackward } from './batch-norm.ts';

const EPS = 1e-5;
const aNumber = fc.double({ min: -10, max: 10, noNaN: true });
const someNumbers = fc.array(aNumber, { minLength: 2, maxLength: 8 });
/** Numbers with a spread, so that a difference quotient sees the same slope on both sides. */
const spreadNumbers = someNumbers.filter((x) => normalize(x, EPS).variance > 0.1);
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

describe('normalized numbers', () => {
  test('are those of torch: (x - x.mean()) / torch.sqrt(x.var() + 1e-5)', () => {
    // python3 -c "import torch; x = torch.tensor([-1., 0.5, 2, 3, 1.5], dtype=torch.float64); …"
    const { mean, variance, values } = normalize([-1, 0.5, 2, 3, 1.5], EPS);
    expect(mean).toBeCloseTo(1.2, 12);
    expect(variance).toBeCloseTo(2.325, 12);
    const expected = [-1.4428137, -0.4590771, 0.5246595, 1.180484, 0.1967473];
    for (const [i, value] of expected.entries()) expect(values[i]).toBeCloseTo(value, 7);
  });

  test('have mean 0 and, but for eps, variance 1', () => {
    fc.assert(
      fc.property(spreadNumbers, (x) => {
        const { values, variance } = normalize(x, EPS);
        expect(
          dot(
            values,
            values.map(() => 1),
          ),
        ).toBeCloseTo(0, 9);
        expect(dot(values, values) / (x.length - 1)).toBeCloseTo(variance / (variance + EPS), 9);
      }),
    );
  });

  test('of equal numbers are zeros', () => {
    expect(normalize([3, 3, 3], EPS).values).toEqual([0, 0, 0]);
  });
});

describe('the gradient through the normalization', () => {
  test('is the numerical one', () => {
    fc.assert(
      fc.property(spreadNumbers, fc.array(aNumber, { minLength: 8, maxLength: 8 }), (x, pulls) => {
        const pull = pulls.slice(0, x.length);
        const back = normalizeBackward(pull, normalize(x, EPS));
        const h = 1e-6;
        const at = (i: number, by: number) =>
          dot(
            pull,
            normalize(
              x.map((each, k) => (k === i ? each + by : each)),
              EPS,
            ).values,
          );
        for (const [i, slope] of back.entries()) {
          const measured = (at(i, h) - at(i, -h)) / (2 * h);
          expect(Math.abs(slope - measured)).toBeLessThan(1e-4 * (1 + Math.abs(measured)));
        }
      }),
    );
  });

  test('adds up to 0, and hardly changes along the numbers: neither a shift nor a stretch of all of them counts', () => {
    fc.assert(
      fc.property(spreadNumbers, fc.array(aNumber, { minLength: 8, maxLength: 8 }), (x, pulls) => {
        const normalized = normalize(x, EPS);
        const back = normalizeBackward(pulls.slice(0, x.length), normalized);
        expect(
          dot(
            back,
            back.map(() => 1),
          ),
        ).toBeCloseTo(0, 8);
        expect(Math.abs(dot(back, normalized.values))).toBeLessThan(0.05);
      }),
    );
  });
});
