import { isReady } from './life.ts';
import type { Run } from './run.ts';

/**
 * Begins a run. `inputs` is what it needs beside its settings, such as a list of words that no address can hold; `report`
 * is told what is being done meanwhile.
 */
export type Begin<Settings, Frame, Saved> = (
  settings: Settings,
  from: Saved | undefined,
  inputs: unknown,
  report: (what: string) => void,
) => Run<Settings, Frame, Saved> | Promise<Run<Settings, Frame, Saved>>;

/** How long the run goes on before it looks whether someone asked it to pause. */
const SLICE_MS = 12;

/**
 * Plays a run inside a worker: it steps in short slices, and between them the worker hears what the page asks. A frame is
 * sent only when the page has drawn the last one, so a slow page gets fewer frames and the run loses no time.
 */
export class Player<Settings, Frame, Saved> {
  private readonly begin: Begin<Settings, Frame, Saved>;
  private run: Run<Settings, Frame, Saved> | undefined;
  /** Whoever took the last turn may step; pausing and loading take the turn away. */
  private turn = 0;
  /** What is done with the run at the moment, and all that waits for it. */
  private work: Promise<unknown> = Promise.resolve();

  constructor(begin: Begin<Settings, Frame, Saved>) {
    this.begin = begin;
  }

  readonly ready = isReady;

  /** Begins a run, from the start or from what an earlier one saved. */
  async load(
    settings: Settings,
    from?: Saved,
    inputs?: unknown,
    report: (what: string) => void = () => {},
  ): Promise<Frame> {
    this.turn += 1;
    return this.alone(async () => {
      this.run?.dispose?.();
      this.run = undefined;
      this.run = await this.begin(settings, from, inputs, report);
      return this.run.frame();
    });
  }

  /** @returns the frame as it is with the new settings: they may have moved the end. */
  tune(settings: Settings): Promise<Frame> {
    return this.alone(async () => {
      const run = this.loaded();
      await run.tune(settings);
      return run.frame();
    });
  }

  step(): Promise<Frame> {
    return this.alone(async () => {
      const run = this.loaded();
      if (!run.done) await run.advance(1);
      return run.frame();
    });
  }

  save(): Promise<Saved> {
    return this.alone(() => this.loaded().save());
  }

  /** Runs until `pause()` or the end. @returns the frame at which it stopped. */
  async play(draw: (frame: Frame) => unknown): Promise<Frame> {
    const run = this.loaded();
    this.turn += 1;
    const { turn } = this;
    let drawn = true;
    let steps = 1; // the first, to learn how long one takes
    while (turn === this.turn && !run.done) {
      const begun = performance.now();
      await this.alone(() => run.advance(steps));
      // As many steps at once as fit into a slice: an engine does many small ones faster in one call.
      const each = (performance.now() - begun) / steps;
      steps = run.perSecond ? 1 : Math.max(1, Math.min(2 * steps, Math.floor(SLICE_MS / each)));
      if (drawn) {
        drawn = false;
        const settle = () => {
          drawn = true;
        };
        Promise.resolve(draw(await this.alone(() => run.frame()))).then(settle, settle);
      }
      if (run.perSecond) await new Promise((resolve) => setTimeout(resolve, 1000 / run.perSecond! - each));
      else await breathe();
    }
    return this.alone(() => run.frame());
  }

  pause(): void {
    this.turn += 1;
  }

  /**
   * One thing at a time: an engine that answers late is in the middle of a step meanwhile, and what was saved or tuned then
   * would belong to neither side of it.
   */
  private alone<T>(action: () => T | Promise<T>): Promise<T> {
    const result = this.work.then(action);
    this.work = result.catch(() => {});
    return result;
  }

  private loaded(): Run<Settings, Frame, Saved> {
    if (!this.run) throw new Error('No run is loaded.');
    return this.run;
  }
}

/** Lets waiting messages be handled. Unlike a timer, which browsers hold back for 4 ms, this costs microseconds. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
