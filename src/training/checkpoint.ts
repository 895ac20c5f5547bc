import { del, get, set } from 'idb-keyval';

/** A run put aside: enough to go on from there after a reload. */
export interface Checkpoint<Settings, Frame> {
  readonly settings: Settings;
  readonly frame: Frame;
}

/**
 * Checkpoints by widget, in IndexedDB. Storage can be full or forbidden; a run does without it then, and these functions
 * say whether it worked.
 */
export async function saveCheckpoint<S, F>(id: string, checkpoint: Checkpoint<S, F>): Promise<boolean> {
  return set(`run:${id}`, checkpoint).then(
    () => true,
    () => false,
  );
}

export async function loadCheckpoint<S, F>(id: string): Promise<Checkpoint<S, F> | undefined> {
  return get<Checkpoint<S, F>>(`run:${id}`).catch(() => undefined);
}

export async function dropCheckpoint(id: string): Promise<void> {
  await del(`run:${id}`).catch(() => undefined);
}
