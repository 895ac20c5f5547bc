import { expect, test } from 'vitest';
import { Player, type Run } from './player.ts';

interface Frame {
  readonly step: number;
}

/** Counts up to `end`; every step takes a little while, as training does. */
class Counter implements Run<number, Frame> {
  step: number;
  private end: number;

  constructor(end: number, from?: Frame) {
    this.end = end;
    this.step = from?.step ?? 0;
  }

  get done() {
    return this.step >= this.end;
  }

  advance() {
    const until = performance.now() + 1;
    while (performance.now() < until);
    this.step += 1;
  }

  tune(end: number) {
    this.end = end;
  }

  frame() {
    return { step: this.step };
  }
}

const player = () => new Player<number, Frame>((end, from) => new Counter(end, from));

test('plays to the end, and sends frames in order on the way', async () => {
  const p = player();
  expect(p.load(100)).toEqual({ step: 0 });
  const seen: number[] = [];
  const last = await p.play((frame) => seen.push(frame.step));
  expect(last).toEqual({ step: 100 });
  expect(seen.length).toBeGreaterThan(2);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});

test('pause is heard while it plays, and play goes on from there', async () => {
  const p = player();
  p.load(1_000_000);
  const playing = p.play(() => p.pause());
  const paused = await playing;
  expect(paused.step).toBeGreaterThan(0);
  expect(paused.step).toBeLessThan(1_000_000);
  p.tune(paused.step + 5);
  expect(await p.play(() => {})).toEqual({ step: paused.step + 5 });
});

test('a page that never gets round to drawing is sent one frame, and the run goes on without it', async () => {
  const p = player();
  p.load(200);
  let sent = 0;
  const last = await p.play(() => {
    sent += 1;
    return new Promise(() => {});
  });
  expect(last).toEqual({ step: 200 });
  expect(sent).toBe(1);
});

test('a step past the end changes nothing', () => {
  const p = player();
  p.load(1);
  expect(p.step()).toEqual({ step: 1 });
  expect(p.step()).toEqual({ step: 1 });
});

test('a run goes on from a frame', async () => {
  const p = player();
  expect(p.load(60, { step: 50 })).toEqual({ step: 50 });
  expect(await p.play(() => {})).toEqual({ step: 60 });
});

test('loading another run ends the one that plays', async () => {
  const p = player();
  p.load(1_000_000);
  const playing = p.play(() => p.load(3));
  expect((await playing).step).toBeLessThan(1_000_000);
});
