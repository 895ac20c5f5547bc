import { expect, test } from 'vitest';
import { Player } from './player.ts';
import type { Run } from './run.ts';

interface Frame {
  readonly step: number;
}

let disposed = 0;

/** Counts up to `end`; every step takes a little while, as training does. */
class Counter implements Run<number, Frame, Frame> {
  step: number;
  private end: number;

  constructor(end: number, from?: Frame) {
    this.end = end;
    this.step = from?.step ?? 0;
  }

  get done() {
    return this.step >= this.end;
  }

  advance(steps: number) {
    for (let i = 0; i < steps && !this.done; i++) {
      const until = performance.now() + 1;
      while (performance.now() < until);
      this.step += 1;
    }
  }

  tune(end: number) {
    this.end = end;
  }

  frame() {
    return { step: this.step };
  }

  save() {
    return this.frame();
  }

  dispose() {
    disposed += 1;
  }
}

const player = () => new Player<number, Frame, Frame>((end, from) => new Counter(end, from));

/** What a page’s message is to a worker: something that arrives between two tasks, not inside one. */
const soon = (action: () => unknown) => setTimeout(action, 40);

test('plays to the end, and sends frames in order on the way', async () => {
  const p = player();
  expect(await p.load(100)).toEqual({ step: 0 });
  const seen: number[] = [];
  const last = await p.play((frame) => seen.push(frame.step));
  expect(last).toEqual({ step: 100 });
  expect(seen.length).toBeGreaterThan(2);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});

test('a pause that arrives as a message is heard, and play goes on from there', async () => {
  const p = player();
  await p.load(1_000_000);
  soon(() => p.pause());
  const paused = await p.play(() => {});
  expect(paused.step).toBeGreaterThan(5);
  expect(paused.step).toBeLessThan(500);
  p.tune(paused.step + 5);
  expect(await p.play(() => {})).toEqual({ step: paused.step + 5 });
});

test('what runs can be saved while it plays', async () => {
  const p = player();
  await p.load(1_000_000);
  let saved: Frame | undefined;
  soon(async () => {
    saved = await p.save();
    p.pause();
  });
  const last = await p.play(() => {});
  expect(saved!.step).toBeGreaterThan(0);
  expect(saved!.step).toBeLessThanOrEqual(last.step);
});

test('a page that never gets round to drawing is sent one frame, and the run goes on without it', async () => {
  const p = player();
  await p.load(200);
  let sent = 0;
  const last = await p.play(() => {
    sent += 1;
    return new Promise(() => {});
  });
  expect(last).toEqual({ step: 200 });
  expect(sent).toBe(1);
});

test('a step past the end changes nothing', async () => {
  const p = player();
  await p.load(1);
  expect(await p.step()).toEqual({ step: 1 });
  expect(await p.step()).toEqual({ step: 1 });
});

test('a run goes on from what was saved', async () => {
  const p = player();
  expect(await p.load(60, { step: 50 })).toEqual({ step: 50 });
  expect(await p.play(() => {})).toEqual({ step: 60 });
});

test('loading another run ends the one that plays, and gives back its memory', async () => {
  const p = player();
  await p.load(1_000_000);
  const before = disposed;
  soon(() => p.load(3));
  await p.play(() => {});
  expect(disposed).toBe(before + 1);
  expect(await p.step()).toEqual({ step: 1 });
});

test('of two plays at once the later one runs, and one pause stops it', async () => {
  const p = player();
  await p.load(1_000_000);
  const first = p.play(() => {});
  const second = p.play(() => {});
  soon(() => p.pause());
  const [a, b] = await Promise.all([first, second]);
  expect(a.step).toBeLessThan(b.step);
});
