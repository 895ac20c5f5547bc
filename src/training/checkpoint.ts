import { del, get, set } from 'idb-keyval';

/** Raised whenever what is stored changes its shape: older checkpoints are then left alone. */
const VERSION = 3;

/** A run put aside. Settings are text, as in an address, so that they are parsed again before they are believed. */
interface Checkpoint {
  readonly version: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly saved: unknown;
}

const areTexts = (found: unknown): found is Checkpoint['settings'] =>
  typeof found === 'object' && found !== null && Object.values(found).every((value) => typeof value === 'string');

const key = (id: string): string => `run:${id}`;

/**
 * Puts a run aside in IndexedDB, under its widget’s name.
 * @returns whether it worked: storage can be full or forbidden, and a run does without it then.
 */
export async function saveCheckpoint(id: string, settings: Record<string, string>, saved: unknown): Promise<boolean> {
  try {
    await set(key(id), { version: VERSION, settings, saved } satisfies Checkpoint);
    return true;
  } catch {
    return false;
  }
}

/** @returns what was put aside; undefined where there is nothing, or nothing that this version could have written. */
export async function loadCheckpoint(id: string): Promise<Pick<Checkpoint, 'settings' | 'saved'> | undefined> {
  try {
    const found = await get<Partial<Checkpoint>>(key(id));
    if (found?.version !== VERSION || !areTexts(found.settings)) return undefined;
    return { settings: found.settings, saved: found.saved };
  } catch {
    return undefined;
  }
}

export async function dropCheckpoint(id: string): Promise<void> {
  try {
    await del(key(id));
  } catch {
    // Nothing could be stored either.
  }
}
