import { type Signal, signal } from '@preact/signals';
import * as faults from '../../src/faults.ts';
import type { RunClient } from '../../src/training/client.ts';
import { fetchPart } from '../../src/training/fetch-part.ts';
import { inWords } from '../../src/training/in-words.ts';
import { type Guard, type KeptRun, RunStore } from '../../src/training/run-store.ts';
import {
  changedSettings,
  defaultsOf,
  type NumberField,
  parseSettings,
  type Refusal,
  type SettingsOf,
  type SettingsTable,
} from '../../src/training/settings.ts';
import { drawSeed } from './draw-seed.ts';

export type RunState = 'idle' | 'loading' | 'running' | 'paused' | 'done' | 'error';

/** What the frame and the saved state of every run have in common. */
export interface Progress {
  /** Updates made. */
  readonly step: number;
}

/** The settings of a run; all of them have a seed. */
export type RunTable = SettingsTable & { readonly seed: NumberField };

interface Options<T extends RunTable, Saved extends Progress, Frame extends Progress & { readonly done: boolean }> {
  readonly id: string;
  readonly table: T;
  /** Starts the worker that holds the run’s `Player`; called at the first press of a button, not before. */
  readonly startWorker: () => Worker;
  /** What the figure draws a run with, where that is fetched, too, with what talks to the worker. */
  readonly parts?: () => Promise<unknown>;
  /** Tells whether something can be what a run saved; fetched once something was found in storage. */
  readonly isSaved: () => Promise<Guard<T, Saved>>;
  /** What the run needs beside its settings; asked for whenever it begins. */
  readonly inputs?: (settings: SettingsOf<T>) => unknown;
  /** The settings that replay a run whose settings were changed while it was under way. */
  readonly toReplay?: (settings: SettingsOf<T>, frame: Frame) => SettingsOf<T>;
  /** How long a drawn frame stands at least: a large figure need not be drawn sixty times a second. */
  readonly frameMs?: number;
  /** A sentence where the run itself has failed, such as a loss that is no number any more. */
  readonly fault?: (frame: Frame, settings: SettingsOf<T>) => string | undefined;
}

const SAVE_EVERY_MS = 1000;

/** A worker that is at work on something large answers late; one that has not answered for this long may hang. */
const SILENT_S = 20;

const UNSTORED = { stored: '', refused: faults.notStored, elsewhere: faults.storedElsewhere } as const;

/**
 * What a training widget does, without its picture: it owns the worker, turns presses of buttons into calls, and holds as
 * signals what the figure shows. Frames arrive at most once per frame of the screen.
 *
 * Calls to the worker are made one after another. Each belongs to a run; when the reader begins another run, what is
 * still under way for the old one finishes unseen.
 */
export class RunController<
  T extends RunTable,
  Saved extends Progress,
  Frame extends Progress & { readonly done: boolean },
> {
  readonly state = signal<RunState>('idle');
  /** The last frame of the run at hand; undefined until a button was pressed. */
  readonly frame: Signal<Frame | undefined> = signal(undefined);
  readonly settings: Signal<SettingsOf<T>>;
  /** Settings that were refused, by name. */
  readonly refusals = signal<readonly Refusal[]>([]);
  /** What went wrong, as a sentence. */
  readonly failure = signal('');
  /** What the worker is doing before the run can begin, as a sentence. */
  readonly progress = signal('');
  /** The step at which a run was put aside when the page was last closed. */
  readonly keptAt = signal<number | undefined>(undefined);
  /** Why the run is not stored, as a sentence; empty where it is. */
  readonly unstored = signal('');
  /** Whether a setting was changed while the run was under way, so that its link alone does not replay it. */
  readonly changedMidway = signal(false);

  private readonly options: Options<T, Saved, Frame>;
  private readonly store: RunStore<T, Saved>;
  private client: RunClient<SettingsOf<T>, Frame, Saved> | undefined;
  /** Whether the worker has the run at hand. */
  private isLoaded = false;
  /** The last state that the run saved: a worker that died is replaced by one that goes on from there. */
  private saved: Saved | undefined;
  private kept: KeptRun<T, Saved> | undefined;
  private calls: Promise<void> = Promise.resolve();
  /** Counts the runs, so that answers which belong to an earlier one are not shown. */
  private generation = 0;
  /** What the buttons asked for last. */
  private wanted: 'play' | 'rest' = 'rest';
  /** Whether anyone can see the figure; a run that is wanted waits while nobody does. */
  private attended = true;
  private lastSave = 0;
  /** Seconds since the worker was last heard. They are counted, so that a machine that slept, or a clock that jumped, adds none. */
  private quiet = 0;
  private ticking: ReturnType<typeof setInterval> | undefined;

  constructor(options: Options<T, Saved, Frame>) {
    this.options = options;
    this.settings = signal(defaultsOf(options.table));
    this.store = new RunStore(options.id, options.table, options.isSaved);
  }

  /** Takes the settings of an address, and looks for a run to resume. */
  async open(raw: Readonly<Record<string, string>>): Promise<void> {
    const { settings, refusals } = parseSettings(this.options.table, raw);
    this.settings.value = settings;
    this.refusals.value = refusals;
    const found = await this.store.find().catch((error) => {
      this.failure.value = `${inWords(error)} ${faults.stillStored}`;
    });
    if (!found || this.state.value !== 'idle' || this.frame.value) return;
    this.kept = found;
    this.keptAt.value = found.saved.step;
  }

  play(): Promise<void> {
    this.wanted = 'play';
    return this.reconcile();
  }

  pause(): void {
    this.wanted = 'rest';
    if (this.isSilent) this.giveUp();
    else this.reconcile();
  }

  /** One update. */
  step(): Promise<void> {
    if (this.wanted === 'play') return this.calls;
    return this.call(async (current) => {
      const client = await this.loaded(current);
      if (!client) return;
      const frame = await client.step();
      if (current()) await this.settle(client, frame, current);
    });
  }

  /** Back to step 0 of the same run: same seed, same initial weights. */
  reset(): Promise<void> {
    this.store.drop();
    const { toReplay } = this.options;
    if (toReplay && this.frame.value) this.settings.value = toReplay(this.settings.value, this.frame.value);
    this.refusals.value = [];
    return this.beginAnew();
  }

  /** Another run, with a seed drawn from within the bounds of the table. */
  newSeed(): Promise<void> {
    const seed = drawSeed(this.options.table.seed);
    this.settings.value = { ...this.settings.value, seed };
    return this.reset();
  }

  /** Takes new values for settings, as text. A run goes on with those that are live, and begins anew for others. */
  change(raw: Readonly<Record<string, string>>): void {
    const { table } = this.options;
    const before = this.settings.value;
    const { settings, refusals } = parseSettings(table, raw, before);
    this.refusals.value = [...this.refusals.value.filter(({ name }) => !Object.hasOwn(raw, name)), ...refusals];
    const changed = changedSettings(table, settings, before);
    if (changed.length === 0) return;
    this.settings.value = settings;
    if (!changed.every((name) => table[name]!.live)) {
      this.beginAnew();
      return;
    }
    if (!this.isLoaded) return;
    this.changedMidway.value = (this.frame.value?.step ?? 0) > 0;
    this.tune(settings);
  }

  /** Not in the row of calls: a run that plays holds the row until it ends. */
  private async tune(settings: SettingsOf<T>): Promise<void> {
    const { client, generation } = this;
    try {
      const frame = await client!.tune(settings);
      if (generation !== this.generation || this.wanted === 'play') return;
      this.frame.value = frame;
      const isSpoiled = this.options.fault?.(frame, settings) !== undefined;
      if (frame.step > 0 && !isSpoiled) this.state.value = frame.done ? 'done' : 'paused';
    } catch (error) {
      if (generation === this.generation) this.fail(error);
    }
  }

  /** The run as it is, to be taken along; undefined where none has begun. */
  async snapshot(): Promise<Saved | undefined> {
    return this.client && this.isLoaded ? this.client.save() : this.saved;
  }

  resume(): Promise<void> {
    if (!this.kept) return this.calls;
    const { settings, saved } = this.kept;
    this.forget();
    this.settings.value = settings;
    this.saved = saved;
    return this.play();
  }

  discardKept(): void {
    this.kept = undefined;
    this.keptAt.value = undefined;
    this.store.drop();
  }

  /** The figure came into sight or went out of it. */
  attend(seen: boolean): void {
    this.attended = seen;
    this.reconcile();
  }

  dispose(): void {
    this.generation += 1;
    this.endWorker();
    this.store.leave();
  }

  /** The page is left, and may be come back to: meanwhile another tab may store its run. */
  leave(): void {
    this.store.leave();
  }

  /** Brings what the worker does in line with what is wanted. */
  private reconcile(): Promise<void> {
    const active = this.state.value === 'loading' || this.state.value === 'running';
    const goes = this.wanted === 'play' && this.attended;
    if (active && !goes) this.client?.pause().catch(() => undefined); // A dead worker is reported by the call it broke.
    if (active || !goes) return this.calls;
    this.state.value = this.isLoaded ? 'running' : 'loading'; // At once, so that the next press means Pause.
    return this.call((current) => this.playOn(current));
  }

  private async playOn(current: () => boolean): Promise<void> {
    const goes = () => current() && this.wanted === 'play' && this.attended;
    if (!goes()) return this.rest(current);
    const client = await this.loaded(current);
    if (!client || !goes()) return this.rest(current);
    this.state.value = 'running';
    const frame = await client.play((drawn) => this.show(drawn, client, current));
    if (!current()) return;
    if (frame.done) this.wanted = 'rest';
    await this.settle(client, frame, current);
    if (goes()) await this.playOn(current); // Wanted again, or seen again, while it came to rest.
  }

  private rest(current: () => boolean): void {
    if (current()) this.state.value = this.frame.value?.step ? 'paused' : 'idle';
  }

  /** A worker with the run loaded; undefined where the run was given up meanwhile. */
  private async loaded(current: () => boolean): Promise<RunClient<SettingsOf<T>, Frame, Saved> | undefined> {
    if (this.client && this.isLoaded) return this.client;
    this.state.value = 'loading';
    const client = this.client ?? (await this.startClient(current));
    if (!client) return undefined;
    const settings = this.settings.value;
    let frame = await client.load(settings, this.saved, this.options.inputs?.(settings), (what) => {
      if (!current()) return;
      this.hear();
      this.progress.value = what;
    });
    if (!current()) return undefined;
    if (this.settings.value !== settings) frame = await client.tune(this.settings.value);
    this.isLoaded = true;
    this.frame.value = frame;
    return client;
  }

  /** What talks to the worker is fetched with it. Undefined where the run was given up meanwhile. */
  private async startClient(current: () => boolean): Promise<RunClient<SettingsOf<T>, Frame, Saved> | undefined> {
    const parts = [import('../../src/training/client.ts'), this.options.parts?.()] as const;
    const [{ RunClient }] = await fetchPart(Promise.all(parts));
    if (!current()) return undefined;
    const client = new RunClient<SettingsOf<T>, Frame, Saved>(this.options.startWorker(), (reason) => {
      if (this.client === client) this.fail(reason);
    });
    this.client = client;
    return client;
  }

  /** Puts a call to the worker at the end of the row. */
  private call(action: (current: () => boolean) => Promise<unknown>): Promise<void> {
    const { generation } = this;
    const current = () => generation === this.generation;
    this.failure.value = '';
    this.kept = undefined;
    this.keptAt.value = undefined;
    this.calls = this.calls.then(async () => {
      if (!current()) return;
      this.listen();
      try {
        await action(current);
      } catch (error) {
        if (current()) this.fail(error);
      }
      if (current()) this.stopListening();
    });
    return this.calls;
  }

  /** Counts the seconds until the worker is heard. */
  private listen(): void {
    this.hear();
    this.ticking ??= setInterval(() => {
      this.quiet += 1;
      if (this.quiet === SILENT_S)
        this.failure.value = `${faults.workerSilent(SILENT_S)} ${faults.keptWhileSilent(this.saved?.step)}`;
    }, 1000);
  }

  private hear(): void {
    if (this.isSilent) this.failure.value = '';
    this.quiet = 0;
  }

  private stopListening(): void {
    clearInterval(this.ticking);
    this.ticking = undefined;
    this.hear();
  }

  private get isSilent(): boolean {
    return this.quiet >= SILENT_S;
  }

  /** Ends a worker that does not answer; the run goes on from what it has saved. */
  private giveUp(): void {
    this.generation += 1;
    this.endWorker();
    this.state.value = this.frame.value?.step ? 'paused' : 'idle';
  }

  private endWorker(): void {
    this.stopListening();
    this.client?.dispose();
    this.client = undefined;
    this.isLoaded = false;
  }

  private beginAnew(): Promise<void> {
    this.forget();
    if (!this.client) return this.calls;
    return this.call(async (current) => {
      await this.loaded(current);
      this.rest(current);
    });
  }

  /** Gives the run up, and shows none. */
  private forget(): void {
    this.generation += 1;
    this.wanted = 'rest';
    // A worker that is loading hears nothing: it may be trying engines, or waiting for a list that never comes.
    if (this.state.value === 'loading' || this.isSilent) this.endWorker();
    this.client?.pause().catch(() => undefined); // As above.
    this.stopListening();
    this.isLoaded = false;
    this.saved = undefined;
    this.frame.value = undefined;
    this.failure.value = '';
    this.changedMidway.value = false;
    this.state.value = 'idle';
  }

  /** Shows a frame with the screen’s next one; resolves when it has been shown, and the next may come. */
  private show(frame: Frame, client: RunClient<SettingsOf<T>, Frame, Saved>, current: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      requestAnimationFrame(() => {
        // A frame may wait for the screen until the run has come to rest at a later one.
        if (current() && this.state.value === 'running') {
          this.hear();
          this.frame.value = frame;
          if (performance.now() - this.lastSave > SAVE_EVERY_MS) {
            this.save(client, current).catch(() => undefined); // As above.
          }
        }
        const { frameMs } = this.options;
        if (frameMs) setTimeout(resolve, frameMs);
        else resolve();
      });
    });
  }

  /** The run has come to rest at a frame. */
  private async settle(
    client: RunClient<SettingsOf<T>, Frame, Saved>,
    frame: Frame,
    current: () => boolean,
  ): Promise<void> {
    this.frame.value = frame;
    const fault = this.options.fault?.(frame, this.settings.value);
    if (fault) this.failure.value = fault;
    this.state.value = fault ? 'error' : frame.done ? 'done' : 'paused';
    if (frame.done) this.store.drop();
    else await this.save(client, current);
  }

  private async save(client: RunClient<SettingsOf<T>, Frame, Saved>, current: () => boolean): Promise<void> {
    this.lastSave = performance.now();
    const saved = await client.save();
    if (!current()) return;
    this.saved = saved;
    const stored = await this.store.save(this.settings.value, saved);
    if (current()) this.unstored.value = UNSTORED[stored];
  }

  private fail(error: unknown): void {
    this.generation += 1;
    this.endWorker();
    this.wanted = 'rest';
    // What a run says of itself tells what to do, too.
    const isWhole = error instanceof Error && error.name === 'RunError';
    this.failure.value = isWhole ? error.message : `${inWords(error)} ${faults.keptFrom(this.saved?.step)}`;
    this.state.value = 'error';
  }
}
