import 'fake-indexeddb/auto';
import { expose } from 'comlink';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dropCheckpoint, loadCheckpoint } from '../../src/training/checkpoint.ts';
import { Player } from '../../src/training/player.ts';
import { type Run, RunError } from '../../src/training/run.ts';
import type { SettingsOf, SettingsTable } from '../../src/training/settings.ts';
import { RunController } from './run-controller.ts';

const table = {
  seed: { kind: 'integer', label: 'Seed', min: 0, max: 9, default: 3 },
  steps: { kind: 'integer', label: 'Steps', min: 1, max: 100000, default: 100000, live: true },
} as const satisfies SettingsTable;
type Settings = SettingsOf<typeof table>;

interface State {
  readonly step: number;
  readonly seed: number;
}
type Frame = State & { readonly done: boolean };

/** Takes a millisecond for each update, and remembers nothing but how many it made with which seed. */
class Stopwatch implements Run<Settings, Frame, State> {
  step: number;
  private settings: Settings;
  private readonly faults: Faults;

  constructor(settings: Settings, from: State | undefined, faults: Faults) {
    this.settings = settings;
    this.faults = faults;
    this.step = from?.step ?? 0;
  }

  get done() {
    return this.step >= this.settings.steps;
  }

  async advance(steps: number) {
    for (let i = 0; i < steps && !this.done; i++) {
      if (this.step === this.faults.hangsAfter) await new Promise(() => {});
      await new Promise((resolve) => setTimeout(resolve, 1));
      this.step += 1;
    }
  }

  tune(settings: Settings) {
    this.settings = settings;
  }

  save() {
    return { step: this.step, seed: this.settings.seed };
  }

  frame() {
    return { ...this.save(), done: this.done };
  }
}

interface Faults {
  loadDelay?: number;
  /** The step after which it does not answer any more. */
  hangsAfter?: number;
  load?: Error;
}

/** The runs of a test, which give the place in storage back at its end. */
const open = new Set<{ dispose(): void }>();

/** Workers that are message ports: the same protocol as in a browser, without one. */
function setUp(faults: Faults = {}) {
  const loads: Settings[] = [];
  const workers: { fail: (message: string) => void }[] = [];
  const run = new RunController<typeof table, State, Frame>({
    id: 'watch',
    table,
    isSaved:
      async () =>
      (stored): stored is State =>
        typeof (stored as State)?.step === 'number',
    startWorker: () => {
      const { port1, port2 } = new MessageChannel();
      expose(
        new Player<Settings, Frame, State>(async (settings, from) => {
          loads.push(settings);
          if (faults.loadDelay) await new Promise((resolve) => setTimeout(resolve, faults.loadDelay));
          if (faults.load) throw faults.load;
          return new Stopwatch(settings, from, faults);
        }),
        port2 as unknown as Parameters<typeof expose>[1],
      );
      workers.push({
        fail: (message) => {
          port2.close();
          port1.dispatchEvent(Object.assign(new Event('error'), { message }));
        },
      });
      return Object.assign(port1, { terminate: () => port2.close() }) as unknown as Worker;
    },
  });
  open.add(run);
  return { run, loads, workers };
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 3000, interval: 5 });

afterEach(() => {
  for (const run of open) run.dispose();
  open.clear();
});

beforeEach(async () => {
  globalThis.requestAnimationFrame ??= (callback) =>
    setTimeout(() => callback(performance.now()), 4) as unknown as number;
  await dropCheckpoint('watch');
});

test('plays, pauses, and goes on to the end', async () => {
  const { run } = setUp();
  run.play();
  expect(run.state.value).toBe('loading');
  await until(() => (run.frame.value?.step ?? 0) > 5);
  expect(run.state.value).toBe('running');
  run.pause();
  await until(() => run.state.value === 'paused');
  const { step } = run.frame.value!;
  await wait(30);
  expect(run.frame.value!.step).toBe(step);
  run.change({ steps: String(step + 4) });
  await run.play();
  expect(run.state.value).toBe('done');
  expect(run.frame.value!.step).toBe(step + 4);
});

test('a run that ends before the screen drew it shows its end', async () => {
  const { run } = setUp();
  run.change({ steps: '3' });
  await run.play();
  await wait(40);
  expect(run.state.value).toBe('done');
  expect(run.frame.value!.step).toBe(3);
});

test('Play pressed while a step is out plays after it, and the figure says so', async () => {
  const { run } = setUp();
  await run.step();
  run.step();
  run.play();
  await until(() => run.state.value === 'running' && run.frame.value!.step > 8);
  run.pause();
  await until(() => run.state.value === 'paused');
});

test('presses without pause leave one run, in the state that was asked for last', async () => {
  const { run, loads } = setUp({ loadDelay: 10 });
  for (let i = 0; i < 10; i++) {
    run.play();
    run.pause();
    run.step();
    run.play();
    run.pause();
  }
  await wait(100);
  await until(() => run.state.value === 'paused');
  expect(loads).toHaveLength(1);
  const { step } = run.frame.value!;
  await wait(30);
  expect(run.frame.value!.step).toBe(step);
});

test('Reset while it plays shows step 0 of the same run, and nothing of the old one after that', async () => {
  const { run, loads } = setUp();
  run.play();
  await until(() => (run.frame.value?.step ?? 0) > 3);
  await run.reset();
  expect(run.state.value).toBe('idle');
  expect(run.frame.value).toMatchObject({ step: 0, seed: 3 });
  await wait(40);
  expect(run.frame.value!.step).toBe(0);
  expect(loads).toHaveLength(2);
});

test('New seed begins one run, with a seed within the bounds of the table', async () => {
  const { run, loads } = setUp();
  await run.step();
  for (let i = 0; i < 20; i++) await run.newSeed();
  expect(loads).toHaveLength(21);
  for (const { seed } of loads) expect(seed).toBeLessThanOrEqual(9);
  expect(new Set(loads.map(({ seed }) => seed)).size).toBeGreaterThan(2);
});

test('a live setting that changes while the run loads counts', async () => {
  const { run } = setUp({ loadDelay: 40 });
  run.play();
  await wait(10);
  run.change({ steps: '5' });
  await until(() => run.state.value === 'done');
  expect(run.frame.value!.step).toBe(5);
});

test('another setting begins anew', async () => {
  const { run } = setUp();
  await run.step();
  run.change({ seed: '7' });
  await until(() => run.frame.value?.seed === 7);
  expect(run.frame.value!.step).toBe(0);
  expect(run.state.value).toBe('idle');
});

test('out of sight it waits, back in sight it goes on, and a Pause meanwhile is kept', async () => {
  const { run } = setUp();
  run.play();
  await until(() => run.state.value === 'running');
  run.attend(false);
  await until(() => run.state.value === 'paused');
  run.attend(true);
  await until(() => run.state.value === 'running');
  run.attend(false);
  run.attend(true);
  run.attend(false);
  run.attend(true);
  const step = run.frame.value!.step;
  await until(() => run.state.value === 'running' && run.frame.value!.step > step + 5);
  run.attend(false);
  run.pause();
  await until(() => run.state.value === 'paused');
  run.attend(true);
  await wait(30);
  expect(run.state.value).toBe('paused');
});

test('hidden while it loads, it does not train in the background', async () => {
  const { run } = setUp({ loadDelay: 30 });
  run.play();
  await wait(5);
  run.attend(false);
  await wait(80);
  expect(run.state.value).not.toBe('running');
  expect(run.frame.value?.step ?? 0).toBe(0);
  run.attend(true);
  await until(() => run.state.value === 'running');
});

test('a worker that dies is replaced by one that goes on from what was saved', async () => {
  const { run, workers } = setUp();
  await run.step();
  await run.step();
  run.play();
  await until(() => run.state.value === 'running');
  workers[0]!.fail('out of memory');
  await until(() => run.state.value === 'error');
  expect(run.failure.value).toMatch(/out of memory.*step 2 is kept/);
  expect(run.frame.value!.step).toBeGreaterThanOrEqual(2);
  await run.step();
  expect(run.failure.value).toBe('');
  expect(run.frame.value!.step).toBe(3);
});

test('a worker that dies while nothing is asked of it is reported, and the next press goes on', async () => {
  const { run, workers } = setUp();
  await run.step();
  workers[0]!.fail('killed');
  expect(run.state.value).toBe('error');
  await run.step();
  expect(run.frame.value!.step).toBe(2);
  expect(workers).toHaveLength(2);
});

test('a failure that the run puts into words is shown in its words', async () => {
  const { run } = setUp({ load: new RunError('The word list is empty. Choose another one.') });
  await run.play();
  expect(run.state.value).toBe('error');
  expect(run.failure.value).toBe('The word list is empty. Choose another one.');
});

test('a reload offers to resume, also where the address has settings; a link does not delete the run', async () => {
  const { run } = setUp();
  run.change({ seed: '7' });
  for (let i = 0; i < 3; i++) await run.step();
  run.dispose();

  const addresses: Record<string, string>[] = [{ seed: '7' }, { seed: '5' }, {}];
  for (const address of addresses) {
    const { run: reloaded } = setUp();
    await reloaded.open(address);
    expect(reloaded.keptAt.value).toBe(3);
    expect(reloaded.settings.value.seed).toBe(Number(address.seed ?? 3));
    reloaded.dispose();
  }

  const { run: reloaded } = setUp();
  await reloaded.open({});
  reloaded.resume();
  await until(() => (reloaded.frame.value?.step ?? 0) > 4);
  expect(reloaded.frame.value!.seed).toBe(7);
  await reloaded.reset();
  expect(await loadCheckpoint('watch')).toBeUndefined();
});

test('what no run saved is not offered', async () => {
  const { run } = setUp();
  await run.step();
  run.dispose();
  const { set } = await import('idb-keyval');
  for (const spoiled of [
    7,
    {},
    { version: 2, settings: { seed: '99' }, saved: { step: 1 } },
    { version: 2, settings: {}, saved: 'x' },
  ]) {
    await set('run:watch', spoiled);
    const { run: reloaded } = setUp();
    await reloaded.open({});
    expect(reloaded.keptAt.value).toBeUndefined();
  }
});

test('a worker that does not answer is told of after twenty counted seconds, and Pause ends it', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const faults: Faults = { hangsAfter: 2 };
    const { run, workers } = setUp(faults);
    await run.step();
    await run.step();
    run.play();
    await until(() => run.state.value === 'running');
    vi.advanceTimersByTime(19_000);
    expect(run.failure.value).toBe('');
    vi.advanceTimersByTime(1000);
    expect(run.failure.value).toMatch(/has not answered for 20 seconds.*Pause.*step 2 is kept/);
    expect(run.state.value).toBe('running');
    run.pause();
    expect(run.state.value).toBe('paused');
    expect(run.failure.value).toBe('');
    faults.hangsAfter = undefined;
    await run.step();
    expect(run.frame.value!.step).toBe(3);
    expect(workers).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('a worker that is only slow is waited for, and the sentence goes with its answer', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const { run } = setUp({ loadDelay: 60 });
    run.play();
    await wait(20);
    vi.advanceTimersByTime(60_000); // As many ticks as a minute has, however long they took.
    expect(run.failure.value).toContain('has not answered');
    await until(() => run.state.value === 'running');
    await until(() => run.frame.value!.step > 2);
    expect(run.failure.value).toBe('');
  } finally {
    vi.useRealTimers();
  }
});

test('of two tabs with one figure the first that saves is stored, until it is closed', async () => {
  const { run: first } = setUp();
  const { run: second } = setUp();
  for (let i = 0; i < 3; i++) await first.step();
  await second.step();
  expect(first.unstored.value).toBe('');
  expect(second.unstored.value).toContain('another tab');
  const { run: third } = setUp();
  await third.open({});
  expect(third.keptAt.value).toBeUndefined();
  await second.reset();
  await second.step();
  first.dispose();
  const { run: fourth } = setUp();
  await fourth.open({});
  expect(fourth.keptAt.value).toBe(3);
  await second.step();
  expect(second.unstored.value).toBe('');
});
