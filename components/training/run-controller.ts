import { type Signal, signal } from '@preact/signals';
import { dropCheckpoint, loadCheckpoint, saveCheckpoint } from '../../src/training/checkpoint.ts';
import { RunClient } from '../../src/training/client.ts';
import {
  changedSettings,
  defaultsOf,
  formatSettings,
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
  /** Whether something found in storage can be what a run with these settings saved. */
  readonly isSaved: (stored: unknown, settings: SettingsOf<T>) => stored is Saved;
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
  /** Whether the browser refused to store the run: it is full, or forbids it. */
  readonly unstored = signal(false);
  /** Whether a setting was changed while the run was under way, so that its link alone does not replay it. */
  readonly changedMidway = signal(false);

  private readonly options: Options<T, Saved, Frame>;
  private client: RunClient<SettingsOf<T>, Frame, Saved> | undefined;
  /** Whether the worker has the run at hand. */
  private isLoaded = false;
  /** The last state that the run saved: a worker that died is replaced by one that goes on from there. */
  private saved: Saved | undefined;
  private kept: { settings: SettingsOf<T>; saved: Saved } | undefined;
  private calls: Promise<void> = Promise.resolve();
  /** Counts the runs, so that answers which belong to an earlier one are not shown. */
  private generation = 0;
  /** What the buttons asked for last. */
  private wanted: 'play' | 'rest' = 'rest';
  /** Whether anyone can see the figure; a run that is wanted waits while nobody does. */
  private attended = true;
  private lastSave = 0;

  constructor(options: Options<T, Saved, Frame>) {
    this.options = options;
    this.settings = signal(defaultsOf(options.table));
  }

  /** Takes the settings of an address, and looks for a run to resume. */
  async open(raw: Readonly<Record<string, string>>): Promise<void> {
    const { id, table, isSaved } = this.options;
    const { settings, refusals } = parseSettings(table, raw);
    this.settings.value = settings;
    this.refusals.value = refusals;
    const found = await loadCheckpoint(id);
    if (!found || this.state.value !== 'idle' || this.frame.value) return;
    const parsed = parseSettings(table, found.settings);
    if (parsed.refusals.length > 0 || !isSaved(found.saved, parsed.settings)) return;
    this.kept = { settings: parsed.settings, saved: found.saved };
    this.keptAt.value = found.saved.step;
  }

  play(): Promise<void> {
    this.wanted = 'play';
    return this.reconcile();
  }

  pause(): void {
    this.wanted = 'rest';
    this.reconcile();
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
    dropCheckpoint(this.options.id);
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
    dropCheckpoint(this.options.id);
  }

  /** The figure came into sight or went out of it. */
  attend(seen: boolean): void {
    this.attended = seen;
    this.reconcile();
  }

  dispose(): void {
    this.generation += 1;
    this.isLoaded = false;
    this.client?.dispose();
    this.client = undefined;
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
    const client = this.client ?? this.startClient();
    const settings = this.settings.value;
    let frame = await client.load(settings, this.saved, this.options.inputs?.(settings), (what) => {
      if (current()) this.progress.value = what;
    });
    if (!current()) return undefined;
    if (this.settings.value !== settings) frame = await client.tune(this.settings.value);
    this.isLoaded = true;
    this.frame.value = frame;
    return client;
  }

  private startClient(): RunClient<SettingsOf<T>, Frame, Saved> {
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
      try {
        await action(current);
      } catch (error) {
        if (current()) this.fail(error);
      }
    });
    return this.calls;
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
    if (this.state.value === 'loading') {
      this.client?.dispose();
      this.client = undefined;
    }
    this.client?.pause().catch(() => undefined); // As above.
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
    if (frame.done) dropCheckpoint(this.options.id);
    else await this.save(client, current);
  }

  private async save(client: RunClient<SettingsOf<T>, Frame, Saved>, current: () => boolean): Promise<void> {
    this.lastSave = performance.now();
    const saved = await client.save();
    if (!current()) return;
    this.saved = saved;
    const text = formatSettings(this.options.table, this.settings.value);
    const stored = await saveCheckpoint(this.options.id, text, saved);
    if (current()) this.unstored.value = !stored;
  }

  private fail(error: unknown): void {
    this.generation += 1;
    this.client?.dispose();
    this.client = undefined;
    this.isLoaded = false;
    this.wanted = 'rest';
    const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
    const step = this.saved?.step;
    const kept = step
      ? `What was reached by step ${step} is kept, and Play goes on from there.`
      : 'Press Play to try again.';
    if (name === 'RunError') this.failure.value = message;
    else if (name === 'EngineError') this.failure.value = `${message} ${kept}`;
    else this.failure.value = `The background worker of this figure stopped: ${message}. ${kept}`;
    this.state.value = 'error';
  }
}
