/**
 * A computation that goes on step by step and can be drawn at any of them. It knows neither worker nor page; `Player`
 * plays it. Whatever an engine cannot answer at once may be a promise.
 */
export interface Run<Settings, Frame, Saved> {
  /** Updates made. */
  readonly step: number;
  /** Nothing is left to do. */
  readonly done: boolean;
  /** How many updates a second are wanted at most, for a reader who wants to watch; undefined for as many as possible. */
  readonly perSecond?: number | undefined;
  /** Makes `steps` updates, or fewer where the end comes first. */
  advance(steps: number): void | Promise<void>;
  /** Takes the settings that may change while the run is under way. */
  tune(settings: Settings): void | Promise<void>;
  /** What a figure draws; structured-cloneable. */
  frame(): Frame | Promise<Frame>;
  /** All that is needed to go on from here; structured-cloneable. */
  save(): Saved | Promise<Saved>;
  /** Gives back what the garbage collector does not: memory of a GPU or of a WebAssembly module. */
  dispose?(): void;
}

/** A failure that a run can put into words for the reader; other errors are reported as the worker’s. */
export class RunError extends Error {
  override readonly name = 'RunError';
}
