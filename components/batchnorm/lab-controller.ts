import { batch, type Signal, signal } from '@preact/signals';
import * as faults from '../../src/faults.ts';
import { fetchPart } from '../../src/training/fetch-part.ts';
import { inWords } from '../../src/training/in-words.ts';
import type { LabClient } from '../../src/training/initialization/client.ts';
import type { Examination } from '../../src/training/initialization/lab.ts';
import { type InitializationSettings, initializationTable } from '../../src/training/initialization/settings.ts';
import { changedSettings, defaultsOf, parseSettings, type Refusal } from '../../src/training/settings.ts';
import { type SiteLists, sourceOf } from '../training/corpus-source.ts';
import { drawSeed } from '../training/draw-seed.ts';
import type { RunState } from '../training/run-controller.ts';

interface Options {
  /** Starts the worker; called when something is first asked of it. */
  readonly startWorker: () => Worker;
  readonly lists: SiteLists;
}

/**
 * What the lab does, without its picture: it turns changed settings into questions to a worker. One question is under way
 * at a time; what was changed meanwhile is asked next, and what was changed in between is never asked.
 */
export class LabController {
  readonly state: Signal<RunState> = signal('idle');
  readonly settings: Signal<InitializationSettings> = signal(defaultsOf(initializationTable));
  readonly refusals: Signal<readonly Refusal[]> = signal([]);
  /** The last answer; undefined until there was one. */
  readonly found: Signal<Examination | undefined> = signal(undefined);
  readonly failure = signal('');
  /** What the worker is doing before its first answer, as a sentence. */
  readonly progress = signal('');

  private readonly options: Options;
  private client: LabClient | undefined;
  private wanted: InitializationSettings | undefined;
  /** What is being asked. */
  private asked: InitializationSettings | undefined;

  constructor(options: Options) {
    this.options = options;
  }

  /** Takes the settings of an address; nothing is computed before the reader asks for it. */
  open(raw: Readonly<Record<string, string>>): void {
    const { settings, refusals } = parseSettings(initializationTable, raw);
    this.settings.value = settings;
    this.refusals.value = refusals;
  }

  /** Takes new values for settings, as text, and examines the network that they make. */
  change(raw: Readonly<Record<string, string>>): void {
    const before = this.settings.value;
    const { settings, refusals } = parseSettings(initializationTable, raw, before);
    batch(() => {
      this.refusals.value = [...this.refusals.value.filter(({ name }) => !Object.hasOwn(raw, name)), ...refusals];
      this.settings.value = settings;
    });
    if (changedSettings(initializationTable, settings, before).length > 0) this.examine();
  }

  /** Back to the defaults. */
  reset(): void {
    this.refusals.value = [];
    this.settings.value = defaultsOf(initializationTable);
    this.examine();
  }

  /** Other random numbers. */
  newSeed(): void {
    this.change({ seed: String(drawSeed(initializationTable.seed)) });
  }

  /** Examines the network of the settings at hand. */
  examine(): void {
    this.wanted = this.settings.value;
    const { asked, wanted } = this;
    if (!asked) this.ask();
    // A worker may wait for a list that never comes, and hears nothing meanwhile.
    else if (asked.corpus !== wanted.corpus || asked.engine !== wanted.engine) this.dispose();
  }

  dispose(): void {
    this.client?.dispose();
    this.client = undefined;
  }

  private async ask(): Promise<void> {
    while (this.wanted) {
      const settings = this.wanted;
      this.asked = settings;
      this.wanted = undefined;
      this.failure.value = '';
      this.state.value = this.found.value ? 'running' : 'loading';
      try {
        this.client ??= await this.start();
        if (this.wanted) continue; // Changed while the worker was fetched.
        const source = sourceOf(settings.corpus, this.options.lists);
        const found = await this.client.examine(settings, source, (what) => {
          this.progress.value = what;
        });
        batch(() => {
          this.found.value = found;
          this.state.value = 'done';
        });
      } catch (error) {
        if (this.wanted) this.dispose();
        else this.fail(error as Error);
      }
    }
    this.asked = undefined;
  }

  private async start(): Promise<LabClient> {
    const { LabClient } = await fetchPart(import('../../src/training/initialization/client.ts'));
    const client = new LabClient(this.options.startWorker(), (reason) => {
      if (this.client === client && !this.asked) this.fail(reason);
    });
    return client;
  }

  private fail(error: Error): void {
    this.dispose();
    const kept = this.found.value ? `${faults.lastNetworkStays} ` : '';
    batch(() => {
      this.failure.value = `${inWords(error)} ${kept}${faults.press('Initialize')}`;
      this.state.value = 'error';
    });
  }
}
