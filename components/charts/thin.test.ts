import fc from 'fast-check';
import { expect, test } from 'vitest';
import { thin } from './thin.ts';

test('a short curve stays whole', () => {
  expect(thin([3, 1, 2], 10, 100, 300)).toEqual([
    { x: 0, y: 3 },
    { x: 10, y: 1 },
    { x: 20, y: 2 },
  ]);
});

test('a long curve becomes short, and keeps its extremes, its ends, its order and its values', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2000, max: 20000 }), fc.integer(), (length, salt) => {
      const values = Float64Array.from({ length }, (_, i) => Math.sin(i * 12.9898 + salt) * (1 + (i % 97)));
      const samples = thin(values, 1, length, 300);
      expect(samples.length).toBeLessThanOrEqual(602);
      expect(Math.max(...samples.map(({ y }) => y))).toBe(values.reduce((a, b) => Math.max(a, b)));
      expect(Math.min(...samples.map(({ y }) => y))).toBe(values.reduce((a, b) => Math.min(a, b)));
      expect(samples.at(-1)).toEqual({ x: length - 1, y: values[length - 1] });
      samples.forEach(({ x, y }, k) => {
        expect(values[x]).toBe(y);
        if (k > 0) expect(x).toBeGreaterThan(samples[k - 1]!.x);
      });
    }),
    { numRuns: 40 },
  );
});

test('200,000 samples do not exhaust the call stack', () => {
  expect(thin(new Float64Array(200_001), 1, 200_000, 300).length).toBeLessThanOrEqual(602);
});
