/** A computation that goes on step by step and can be drawn at any of them. */
export interface Run<Settings, Frame> {
  /** Steps done. */
  readonly step: number;
  /** Nothing is left to do. */
  readonly done: boolean;
  advance(): void;
  /** Takes the settings that may change while the run is under way. */
  tune(settings: Settings): void;
  /** What a figure draws. Structured-cloneable, and enough to go on from. */
  frame(): Frame;
}

export type Draw<Frame> = (frame: Frame) => unknown;

/** How long the run goes on before it looks whether someone asked it to pause. */
const SLICE_MS = 12;

/**
 * Plays a run inside a worker: it steps in short slices, and between them the worker hears `pause()`. A frame is sent only
 * when the page has drawn the last one, so a slow page gets fewer frames and the run loses no time.
 */
export class Player<Settings, Frame> {
  private readonly begin: (settings: Settings, from?: Frame) => Run<Settings, Frame>;
  private run: Run<Settings, Frame> | undefined;
  private playing = false;

  constructor(begin: (settings: Settings, from?: Frame) => Run<Settings, Frame>) {
    this.begin = begin;
  }

  /** Begins a run, from the start or from a frame of an earlier one. */
  load(settings: Settings, from?: Frame): Frame {
    this.playing = false;
    this.run = this.begin(settings, from);
    return this.run.frame();
  }

  tune(settings: Settings): void {
    this.loaded().tune(settings);
  }

  step(): Frame {
    const run = this.loaded();
    if (!run.done) run.advance();
    return run.frame();
  }

  /** Runs until `pause()` or the end. @returns the frame at which it stopped. */
  async play(draw: Draw<Frame>): Promise<Frame> {
    const run = this.loaded();
    this.playing = true;
    let drawn = true;
    while (this.playing && !run.done) {
      const until = performance.now() + SLICE_MS;
      do run.advance();
      while (!run.done && performance.now() < until);
      if (drawn) {
        drawn = false;
        Promise.resolve(draw(run.frame())).finally(() => {
          drawn = true;
        });
      }
      await breathe();
    }
    this.playing = false;
    return run.frame();
  }

  pause(): void {
    this.playing = false;
  }

  private loaded(): Run<Settings, Frame> {
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
