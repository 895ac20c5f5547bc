import { dropCheckpoint, loadCheckpoint, saveCheckpoint } from './checkpoint.ts';
import { claim } from './life.ts';
import { formatSettings, parseSettings, type SettingsOf, type SettingsTable } from './settings.ts';

/** A run that was put aside. */
export interface KeptRun<T extends SettingsTable, Saved> {
  readonly settings: SettingsOf<T>;
  readonly saved: Saved;
}

/** Whether something that was stored can be what a run with these settings saved. */
export type Guard<T extends SettingsTable, Saved> = (stored: unknown, settings: SettingsOf<T>) => stored is Saved;

/** How the saving of a run went: another tab may be storing its own, or the browser may refuse. */
export type Stored = 'stored' | 'elsewhere' | 'refused';

/**
 * Where the run of a figure is put aside between visits. There is one place for a figure. Of two tabs that run it, the
 * first to save has the place until it is closed, so that neither writes over what the other has reached.
 */
export class RunStore<T extends SettingsTable, Saved> {
  private readonly id: string;
  private readonly table: T;
  private readonly guard: () => Promise<Guard<T, Saved>>;
  /** Gives the place back; undefined where this tab does not have it. */
  private release: (() => void) | undefined;

  /** @param guard asked for once something was found. */
  constructor(id: string, table: T, guard: () => Promise<Guard<T, Saved>>) {
    this.id = id;
    this.table = table;
    this.guard = guard;
  }

  /** The run that was put aside; undefined where there is none that this page could go on with, or another tab runs it. */
  async find(): Promise<KeptRun<T, Saved> | undefined> {
    const found = await loadCheckpoint(this.id);
    if (!found || !(await this.isFree())) return undefined;
    const { settings, refusals } = parseSettings(this.table, found.settings);
    if (refusals.length > 0) return undefined;
    const isSaved = await this.guard();
    return isSaved(found.saved, settings) ? { settings, saved: found.saved } : undefined;
  }

  async save(settings: SettingsOf<T>, saved: Saved): Promise<Stored> {
    if (!(await this.take())) return 'elsewhere';
    const text = formatSettings(this.table, settings);
    return (await saveCheckpoint(this.id, text, saved)) ? 'stored' : 'refused';
  }

  /** Forgets the run that was put aside, unless it is another tab’s. */
  async drop(): Promise<void> {
    if (await this.take()) await dropCheckpoint(this.id);
  }

  /** Leaves the place to other tabs; what is in it stays. */
  leave(): void {
    this.release?.();
    this.release = undefined;
  }

  private async take(): Promise<boolean> {
    this.release ??= await claim(`run:${this.id}`);
    return this.release !== undefined;
  }

  private async isFree(): Promise<boolean> {
    if (this.release) return true;
    const release = await claim(`run:${this.id}`);
    release?.();
    return release !== undefined;
  }
}
