import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Curve, type CurveState } from './curve.ts';

const CAPACITY = 1000;
/** Losses as engines give them: single precision. */
const aLoss = fc.float({ min: 0, max: 100, noNaN: true });
const someLosses = fc.array(aLoss, { maxLength: 300, size: 'max' });
const aCapacity = fc.constantFrom(2, 4, 6, 16, 50);

function drawn(losses: Iterable<number>, capacity?: number, from?: CurveState): Curve {
  const curve = new Curve(from, capacity);
  for (const loss of losses) curve.add(loss);
  return curve;
}

/** The curve as it is said to be, from all losses at once. */
function direct(losses: readonly number[], capacity: number): { every: number; values: number[] } {
  let every = 1;
  while (Math.floor(losses.length / every) >= capacity) every *= 2;
  const values = Array.from({ length: Math.floor(losses.length / every) }, (_, i) => {
    const part = losses.slice(i * every, (i + 1) * every);
    return part.reduce((sum, loss) => sum + loss, 0) / every;
  });
  return { every, values };
}

/** Means are of one precision or another, so they may differ in the last place. */
function expectClose(values: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(values).toHaveLength(expected.length);
  for (let i = 0; i < values.length; i++)
    expect(Math.abs(values[i]! - expected[i]!), `value ${i}`).toBeLessThanOrEqual(
      4e-7 * Math.abs(expected[i]!) + 1e-37,
    );
}

const manyLosses = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.fround(2 + Math.sin(i * 12.9898) + 25 / (1 + i)));

describe('with fewer steps than it has room for', () => {
  test('a curve is the losses themselves, to the bit', () => {
    const losses = manyLosses(CAPACITY - 1);
    expect(drawn(losses).points()).toEqual({ every: 1, values: Float32Array.from(losses) });
  });

  test('a new curve is empty', () => {
    expect(new Curve().points()).toEqual({ every: 1, values: new Float32Array() });
  });
});

describe('with more steps', () => {
  test('neighbors are joined as soon as there is no room for one more', () => {
    const losses = manyLosses(CAPACITY);
    const { every, values } = drawn(losses).points();
    expect(every).toBe(2);
    expect(values).toHaveLength(CAPACITY / 2);
    expect(values[0]).toBe(Math.fround((losses[0]! + losses[1]!) / 2));
    expect(values.at(-1)).toBe(Math.fround((losses.at(-2)! + losses.at(-1)!) / 2));
  });

  test('each value is the mean of the steps it stands for, of any number of steps', () => {
    fc.assert(
      fc.property(someLosses, aCapacity, (losses, capacity) => {
        const { every, values } = drawn(losses, capacity).points();
        const expected = direct(losses, capacity);
        expect(every).toBe(expected.every);
        expectClose(values, expected.values);
      }),
    );
  });

  test.for([999, 1000, 1001, 2500, 200_000])('%i steps are their means, never too many', (count) => {
    const losses = manyLosses(count);
    const { every, values } = drawn(losses).points();
    const expected = direct(losses, CAPACITY);
    expect(every).toBe(expected.every);
    expectClose(values, expected.values);
  });

  test('memory stays bounded at every step', () => {
    fc.assert(
      fc.property(someLosses, aCapacity, (losses, capacity) => {
        const curve = new Curve(undefined, capacity);
        for (const loss of losses) {
          curve.add(loss);
          expect(curve.points().values.length).toBeLessThan(capacity);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('a loss that is no number spoils its own value and none before it', () => {
    const losses = [...manyLosses(20), Number.NaN];
    expectClose(drawn(losses, 16).points().values, direct(losses.slice(0, 20), 16).values);
    expect(
      drawn([...losses, 1], 16)
        .points()
        .values.at(-1),
    ).toBeNaN();
  });
});

describe('a curve that goes on from its state', () => {
  const cut = fc.tuple(someLosses, fc.double({ min: 0, max: 1, noNaN: true }), aCapacity);
  const resumed = (losses: readonly number[], share: number, capacity: number): Curve => {
    const at = Math.floor(share * losses.length);
    const state = structuredClone(drawn(losses.slice(0, at), capacity).state());
    return drawn(losses.slice(at), capacity, state);
  };

  test('is the curve that was never put aside', () => {
    fc.assert(
      fc.property(cut, ([losses, share, capacity]) => {
        const whole = drawn(losses, capacity).state();
        const { every, values, sum, count } = resumed(losses, share, capacity).state();
        expect({ every, sum, count }).toEqual({ every: whole.every, sum: whole.sum, count: whole.count });
        expectClose(values, whole.values);
      }),
    );
  });

  test('is the same to the bit until neighbors have been joined', () => {
    fc.assert(
      fc.property(cut, ([losses, share]) => {
        expect(resumed(losses, share, CAPACITY).state()).toEqual(drawn(losses, CAPACITY).state());
      }),
    );
  });

  test('is the same to the bit after that', () => {
    const losses = manyLosses(2500);
    const whole = drawn(losses).points();
    for (const share of [0.45, 0.5, 0.9]) expect(resumed(losses, share, CAPACITY).points()).toEqual(whole);
  });

  test('does not share memory with its state', () => {
    const curve = drawn([1, 2, 3]);
    const { values } = curve.state();
    const other = new Curve(curve.state());
    other.add(4);
    values.fill(9);
    expect([...curve.points().values]).toEqual([1, 2, 3]);
  });
});
