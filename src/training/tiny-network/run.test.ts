import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../settings.ts';
import { isSaved } from './is-saved.ts';
import { decodePoints, EXTENT, encodePoints, MAX_POINTS, snap } from './own-points.ts';
import { GRID, TinyNetworkRun } from './run.ts';
import { type TinyNetworkSettings, tinyNetworkTable } from './settings.ts';

const settings = (changed: Partial<TinyNetworkSettings> = {}): TinyNetworkSettings => ({
  ...defaultsOf(tinyNetworkTable),
  hidden: [4],
  steps: 12,
  ...changed,
});

const play = (run: TinyNetworkRun, steps: number) => {
  run.advance(steps);
  return run.frame();
};

test('the same settings give the same losses, another seed gives others', () => {
  const losses = play(new TinyNetworkRun(settings()), 8).losses;
  expect(play(new TinyNetworkRun(settings()), 8).losses).toEqual(losses);
  expect(play(new TinyNetworkRun(settings({ seed: 1 })), 8).losses).not.toEqual(losses);
});

test('a run that goes on from a frame makes the losses of one that was never stopped', () => {
  const whole = play(new TinyNetworkRun(settings()), 12);
  const half = play(new TinyNetworkRun(settings()), 5);
  const rest = play(new TinyNetworkRun(settings(), structuredClone(half)), 7);
  expect(rest).toEqual(whole);
});

test('gradients that are never zeroed survive a stop, too', () => {
  const forgetful = settings({ zerograd: 'no' });
  const whole = play(new TinyNetworkRun(forgetful), 9);
  const half = play(new TinyNetworkRun(forgetful), 4);
  expect(play(new TinyNetworkRun(forgetful, structuredClone(half)), 5)).toEqual(whole);
});

test('at rate 0 nothing moves', () => {
  const { losses } = play(new TinyNetworkRun(settings({ rate: 0 })), 3);
  expect(new Set(losses).size).toBe(1);
});

test('the surface is the score on a grid from corner to corner, rows from low y to high y', () => {
  // One point a side, far apart in y: whatever the net learns, the score must rise towards the circle’s row.
  const own = encodePoints([
    { x: 0, y: 1.5, label: 1 },
    { x: 0, y: -1.5, label: -1 },
  ]);
  const { surface } = play(new TinyNetworkRun(settings({ points: 'own', own, steps: 60 })), 60);
  const middle = (GRID - 1) / 2;
  const row = (y: number) => Math.round(((y + EXTENT) / (2 * EXTENT)) * (GRID - 1));
  expect(surface[row(1.5) * GRID + middle]).toBeGreaterThan(0);
  expect(surface[row(-1.5) * GRID + middle]).toBeLessThan(0);
});

test('what a run saved is known again, and anything else is not', () => {
  const run = new TinyNetworkRun(settings());
  run.advance(3);
  const saved = structuredClone(run.save());
  expect(isSaved(saved, settings())).toBe(true);
  expect(isSaved(saved, settings({ hidden: [5] }))).toBe(false);
  const spoiled = [undefined, null, 7, 'x', {}, [], { ...saved, step: 2 }, { ...saved, losses: 'abcd' }];
  const nan = { ...saved, parameters: Float64Array.from(saved.parameters, () => Number.NaN) };
  for (const stored of [...spoiled, nan]) expect(isSaved(stored, settings())).toBe(false);
});

describe('drawn points', () => {
  const coordinate = fc.double({ min: -EXTENT, max: EXTENT, noNaN: true }).map(snap);
  const point = fc.record({ x: coordinate, y: coordinate, label: fc.constantFrom(1 as const, -1 as const) });

  test('come back from an address as they were', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: MAX_POINTS }), (points) => {
        expect(decodePoints(encodePoints(points))).toEqual(points);
      }),
    );
  });

  test('fit into the setting, however many', () => {
    const many = Array.from({ length: MAX_POINTS }, () => ({ x: EXTENT, y: EXTENT, label: 1 as const }));
    expect(encodePoints(many).length).toBeLessThanOrEqual(tinyNetworkTable.own.maxLength);
  });

  test('from any text at all are points of the plane', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const { x, y } of decodePoints(text))
          expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(EXTENT);
      }),
    );
  });
});
