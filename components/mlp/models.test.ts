import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Axes, axesOf, pointsOf, vowelDistances } from './embedding-model.ts';
import { argmin, movingMean } from './sweep-model.ts';

const SYMBOLS = ['.', ...'abcdefghijklmnopqrstuvwxyz'];
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, x, i) => sum + x * b[i]!, 0);

/** An embedding of 27 symbols that varies most along its first dimensions, at some moment of a training. */
const embeddingAt = (dimensions: number, time: number): Float32Array =>
  Float32Array.from({ length: 27 * dimensions }, (_, i) => {
    const [symbol, k] = [Math.floor(i / dimensions), i % dimensions];
    return (Math.sin(symbol * (2.3 + k) + k) + Math.sin(time / 7 + symbol + 2 * k) / 4) / (1 + k);
  });

describe('the axes of an embedding', () => {
  test('are its own where it has two', () => {
    expect(axesOf(embeddingAt(2, 0), 2, undefined)).toBeUndefined();
    const before = axesOf(embeddingAt(3, 0), 3, undefined);
    expect(axesOf(embeddingAt(2, 0), 2, before)).toBeUndefined();
  });

  test.for([3, 10])('are two of unit length, at a right angle, of %i numbers', (dimensions) => {
    const [first, second] = axesOf(embeddingAt(dimensions, 0), dimensions, undefined)!;
    expect([first!.length, second!.length]).toEqual([dimensions, dimensions]);
    expect([dot(first!, first!), dot(second!, second!)]).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9)]);
    expect(dot(first!, second!)).toBeCloseTo(0, 9);
  });

  test.for([3, 10])('do not flip while an embedding of %i numbers trains', (dimensions) => {
    let last: Axes;
    for (let time = 0; time < 100; time++) {
      const axes: Axes = axesOf(embeddingAt(dimensions, time), dimensions, last);
      if (last) for (const [i, axis] of axes!.entries()) expect(dot(axis, last[i]!), `at ${time}`).toBeGreaterThan(0.9);
      last = axes;
    }
  });

  test('go on where the last ones were, whichever way that is', () => {
    const embedding = embeddingAt(5, 0);
    const [first, second] = axesOf(embedding, 5, undefined)!;
    const turned = [first!.map((x) => -x), second!];
    expect(axesOf(embedding, 5, turned)).toEqual(turned);
  });

  test('do not ask axes of another size', () => {
    const axes = axesOf(embeddingAt(4, 0), 4, undefined)!;
    const longer = axes.map((axis) => Float64Array.of(...axis.map((x) => -x), 0));
    expect(axesOf(embeddingAt(4, 0), 4, longer)).toEqual(axes);
  });
});

describe('the points of an embedding', () => {
  test('are its two numbers as they are', () => {
    const embedding = embeddingAt(2, 3);
    const points = pointsOf(embedding, 2, SYMBOLS, undefined);
    expect(points.flatMap(({ x, y }) => [x, y])).toEqual([...embedding]);
    expect(points.map(({ label }) => label)).toEqual(SYMBOLS);
  });

  test('have the vowels highlighted, and nothing else', () => {
    const points = pointsOf(embeddingAt(2, 0), 2, SYMBOLS, undefined);
    expect(points.filter(({ highlighted }) => highlighted).map(({ label }) => label)).toEqual([...'aeiou']);
  });

  test('that lie in a plane keep their distances', () => {
    const plane = embeddingAt(2, 0);
    const [u, v] = [
      [0.6, 0, 0.8, 0],
      [0, 1, 0, 0],
    ];
    const embedding = Array.from({ length: 27 * 4 }, (_, i) => {
      const [symbol, k] = [Math.floor(i / 4), i % 4];
      return 5 + plane[2 * symbol]! * u![k]! + plane[2 * symbol + 1]! * v![k]!;
    });
    const points = pointsOf(embedding, 4, SYMBOLS, axesOf(embedding, 4, undefined));
    for (let i = 0; i < 27; i++)
      for (let j = 0; j < i; j++) {
        const there = Math.hypot(plane[2 * i]! - plane[2 * j]!, plane[2 * i + 1]! - plane[2 * j + 1]!);
        const drawn = Math.hypot(points[i]!.x - points[j]!.x, points[i]!.y - points[j]!.y);
        expect(drawn).toBeCloseTo(there, 6);
      }
  });

  test('are each the place along the axes, from the middle of all', () => {
    const embedding = embeddingAt(5, 0);
    const axes = axesOf(embedding, 5, undefined)!;
    const middle = [0, 1, 2, 3, 4].map((k) => SYMBOLS.reduce((sum, _, i) => sum + embedding[5 * i + k]! / 27, 0));
    for (const [i, { x, y }] of pointsOf(embedding, 5, SYMBOLS, axes).entries()) {
      const from = middle.map((m, k) => embedding[5 * i + k]! - m);
      expect([x, y]).toEqual([expect.closeTo(dot(from, axes[0]!), 6), expect.closeTo(dot(from, axes[1]!), 6)]);
    }
  });
});

describe('the distances of vowels and letters', () => {
  const drawn = fc.integer({ min: 1, max: 6 }).chain((dimensions) =>
    fc.record({
      dimensions: fc.constant(dimensions),
      letters: fc.uniqueArray(fc.constantFrom(...'abcdeghiou'), { minLength: 1 }),
      numbers: fc.infiniteStream(fc.double({ min: -5, max: 5, noNaN: true })),
    }),
  );

  test('are the means over all pairs, the mark of the end left out', () => {
    fc.assert(
      fc.property(drawn, ({ dimensions, letters, numbers }) => {
        const symbols = ['.', ...letters.toSorted()];
        const embedding = Array.from({ length: symbols.length * dimensions }, () => numbers.next().value!);
        const distances = (group: readonly string[]) => {
          const all: number[] = [];
          for (const a of group)
            for (const b of group) {
              if (a === b) continue; // each pair comes twice, which leaves the mean as it is
              const [i, j] = [symbols.indexOf(a) * dimensions, symbols.indexOf(b) * dimensions];
              all.push(
                Math.hypot(...Array.from({ length: dimensions }, (_, k) => embedding[i + k]! - embedding[j + k]!)),
              );
            }
          return all.reduce((sum, one) => sum + one, 0) / all.length;
        };
        const vowels = letters.filter((one) => 'aeiou'.includes(one));
        const found = vowelDistances(embedding, dimensions, symbols);
        if (vowels.length < 2) expect(found).toBeUndefined();
        else
          expect(found).toEqual({
            vowels: expect.closeTo(distances(vowels), 9),
            letters: expect.closeTo(distances(letters), 9),
          });
      }),
    );
  });
});

describe('the moving mean', () => {
  const aList = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { maxLength: 60, size: 'max' });
  const direct = (values: readonly number[], reach: number): number[] =>
    values.map((_, i) => {
      const near = values.filter((_, k) => Math.abs(k - i) <= reach);
      return near.reduce((sum, one) => sum + one, 0) / near.length;
    });

  test('is the mean of what is within reach of each, at the ends of what there is', () => {
    fc.assert(
      fc.property(aList, fc.nat(20), (values, reach) => {
        const means = movingMean(values, 2 * reach + 1);
        expect([...means]).toEqual(direct(values, reach).map((one) => expect.closeTo(one, 9)));
      }),
    );
  });

  test('at the first and last value is that of a half', () => {
    const means = movingMean([10, 20, 40, 80, 160], 3);
    expect([...means]).toEqual([15, 70 / 3, 140 / 3, 280 / 3, 120]);
  });

  test.for([0, 0.5, 1, 1.9])('of width %d leaves the values', (width) => {
    expect([...movingMean([3, 1, 2], width)]).toEqual([3, 1, 2]);
  });

  test('of nothing is nothing', () => {
    expect(movingMean([], 50)).toEqual(new Float64Array());
  });

  test.for([2, 4, 50])('takes no more than %i values', (width) => {
    const values = Array.from({ length: 101 }, (_, i) => Number(i === 50));
    const touched = movingMean(values, width).filter((mean) => mean > 0).length;
    expect(touched).toBeLessThanOrEqual(width);
  });
});

describe('the lowest place', () => {
  test('is the first of the least', () => {
    expect(argmin([3, 1, 2, 1])).toBe(1);
    expect(argmin(Float64Array.of(5))).toBe(0);
    expect(argmin([])).toBeUndefined();
  });

  test('is no place where the sweep has run off', () => {
    expect(argmin([3, 2, Number.NaN])).toBe(1);
    expect(argmin([3, Number.POSITIVE_INFINITY, 2, Number.NaN, Number.NaN])).toBe(2);
  });

  test('is not the first place where that is no number', () => {
    expect(argmin([Number.NaN, 2, 1])).toBe(2);
  });
});
