import { type Signal, signal } from '@preact/signals';
import { type Checkpoint, dropCheckpoint, loadCheckpoint, saveCheckpoint } from '../../src/training/checkpoint.ts';
import { RunClient } from '../../src/training/client.ts';
import {
  defaultsOf,
  formatField,
  parseSettings,
  type Refusal,
  type SettingsOf,
  type SettingsTable,
} from '../../src/training/settings.ts';

export type RunState = 'idle' | 'loading' | 'running' | 'paused' | 'done' | 'error';

interface Options<T extends SettingsTable, Frame> {
  readonly id: string;
  readonly table: T;
  /** Starts the worker that holds the run’s `Player`; called at the first press of a button, not before. */
  readonly startWorker: () => Worker;
  /** A sentence where the run itself has failed, such as a loss that is no number any more. */
  readonly fault?: (frame: Frame, settings: SettingsOf<T>) => string | undefined;
}

const SAVE_EVERY_MS = 1000;

/**
 * What a training widget does, without its picture: it owns the worker, turns presses of buttons into calls, and holds as
 * signals what the figure shows. Frames arrive at most once per frame of the screen.
 */
export class RunController<T extends SettingsTable, Frame extends { step: number; done: boolean }> {
  readonly state = signal<RunState>('idle');
  /** The last frame of the run at hand; undefined until a button was pressed. */
  readonly frame: Signal<Frame | undefined> = signal(undefined);
  readonly settings: Signal<SettingsOf<T>>;
  /** Settings that were refused, by name. */
  readonly refusals = signal<readonly Refusal[]>([]);
  /** What went wrong, as a sentence. */
  readonly failure = signal('');
  /** A run that was under way when the page was closed. */
  readonly kept: Signal<Checkpoint<SettingsOf<T>, Frame> | undefined> = signal(undefined);

  private readonly options: Options<T, Frame>;
  private client: RunClient<SettingsOf<T>, Frame> | undefined;
  /** Counts the runs, so that answers which belong to an earlier one are not shown. */
  private generation = 0;
  private asleep = false;
  private lastSaved = 0;

  constructor(options: Options<T, Frame>) {
    this.options = options;
    this.settings = signal(defaultsOf(options.table));
  }

  /** Takes settings from an address, and looks for a run to resume. */
  async open(raw: Readonly<Record<string, string>>): Promise<void> {
    if (Object.keys(raw).length > 0) this.change(raw);
    const kept = await loadCheckpoint<SettingsOf<T>, Frame>(this.options.id);
    if (this.state.value === 'idle' && kept && !kept.frame.done) this.kept.value = kept;
  }

  play(): Promise<void> {
    return this.attempt(async (current) => {
      const client = await this.ready();
      if (!current()) return;
      this.state.value = 'running';
      const last = await client.play((frame) => this.draw(frame, current));
      if (current()) this.stopAt(last);
    });
  }

  step(): Promise<void> {
    return this.attempt(async (current) => {
      const client = await this.ready();
      if (!current()) return;
      const frame = await client.step();
      if (current()) this.stopAt(frame);
    });
  }

  async pause(): Promise<void> {
    this.asleep = false;
    if (this.state.value === 'loading') {
      this.generation += 1;
      this.state.value = this.frame.value ? 'paused' : 'idle';
    }
    await this.client?.pause().catch(() => undefined);
  }

  /** Back to step 0 of the same run: same seed, same initial weights. */
  async reset(): Promise<void> {
    this.forget();
    if (this.client) await this.attempt(() => this.ready(), 'idle');
  }

  newSeed(): Promise<void> {
    const [seed] = crypto.getRandomValues(new Uint32Array(1));
    this.change({ seed: String(seed) });
    return this.reset();
  }

  /** Takes new values for settings, as text. A run goes on with those that are live, and begins anew for others. */
  change(raw: Readonly<Record<string, string>>): void {
    const { table } = this.options;
    const before = this.settings.value;
    const { settings, refusals } = parseSettings(table, raw, before);
    this.refusals.value = [...this.refusals.value.filter(({ name }) => !Object.hasOwn(raw, name)), ...refusals];
    const changed = Object.keys(table).filter(
      (name) => formatField(table[name]!, settings[name]) !== formatField(table[name]!, before[name]),
    );
    if (changed.length === 0) return;
    this.settings.value = settings;
    if (changed.every((name) => table[name]!.live)) {
      if (this.frame.value) this.client?.tune(settings).catch(() => undefined);
      if (this.state.value === 'done') this.state.value = 'paused';
    } else {
      this.reset();
    }
  }

  async resume(): Promise<void> {
    const kept = this.kept.value;
    if (!kept) return;
    this.kept.value = undefined;
    this.settings.value = kept.settings;
    this.frame.value = kept.frame;
    this.dispose();
    await this.play();
  }

  discardKept(): void {
    this.kept.value = undefined;
    dropCheckpoint(this.options.id);
  }

  /** The figure is out of sight: pauses, and remembers to go on. */
  async sleep(): Promise<void> {
    if (this.state.value !== 'running') return;
    await this.pause();
    this.asleep = true;
  }

  wake(): void {
    if (!this.asleep) return;
    this.asleep = false;
    this.play();
  }

  dispose(): void {
    this.client?.dispose();
    this.client = undefined;
  }

  /** A worker with the run loaded; after a failure, a new one that goes on from the last frame. */
  private async ready(): Promise<RunClient<SettingsOf<T>, Frame>> {
    if (this.client && this.frame.value) return this.client;
    this.state.value = 'loading';
    this.client ??= new RunClient(this.options.startWorker());
    const { client, generation } = this;
    const frame = await client.load(this.settings.value, this.frame.value);
    if (generation === this.generation) this.frame.value = frame;
    return client;
  }

  /** Does something with the worker; `current()` says whether the run is still the one it was begun for. */
  private async attempt(action: (current: () => boolean) => Promise<unknown>, after?: RunState): Promise<void> {
    if (this.state.value === 'loading' || this.state.value === 'running') return;
    this.failure.value = '';
    this.kept.value = undefined;
    const generation = this.generation;
    const current = () => generation === this.generation;
    try {
      await action(current);
      if (after && current()) this.state.value = after;
    } catch (error) {
      if (current()) this.fail(error);
    }
  }

  private forget(): void {
    this.generation += 1;
    this.asleep = false;
    this.client?.pause().catch(() => undefined);
    this.frame.value = undefined;
    this.failure.value = '';
    this.state.value = 'idle';
    this.discardKept();
  }

  private draw(frame: Frame, current: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      requestAnimationFrame(() => {
        if (current() && this.state.value === 'running') {
          this.frame.value = frame;
          if (performance.now() - this.lastSaved > SAVE_EVERY_MS) this.save(frame);
        }
        resolve();
      });
    });
  }

  private stopAt(frame: Frame): void {
    this.frame.value = frame;
    const fault = this.options.fault?.(frame, this.settings.value);
    if (fault) this.failure.value = fault;
    this.state.value = fault ? 'error' : frame.done ? 'done' : 'paused';
    if (frame.done) dropCheckpoint(this.options.id);
    else this.save(frame);
  }

  private save(frame: Frame): void {
    this.lastSaved = performance.now();
    saveCheckpoint(this.options.id, { settings: this.settings.value, frame });
  }

  private fail(error: unknown): void {
    this.dispose();
    const reason = error instanceof Error ? error.message : String(error);
    const step = this.frame.value?.step;
    const kept = step ? `What was reached by step ${step} is kept` : 'Nothing was lost';
    this.failure.value = `The background worker that does the training stopped (${reason}). ${kept}; press Play to try again from there.`;
    this.state.value = 'error';
  }
}
