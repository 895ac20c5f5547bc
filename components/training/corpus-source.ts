import { type Signal, signal } from '@preact/signals';
import { get, set } from 'idb-keyval';
import type { CorpusSource } from '../../src/training/corpus.ts';
import type { corpusField } from '../../src/training/fields.ts';

export type CorpusName = keyof (typeof corpusField)['options'];

/** The addresses of the lists that ship with the site. */
export type SiteLists = Readonly<Record<'names' | 'dinosaurs' | 'minerals', string>>;

/** The reader’s own list, shared by the figures of a page. */
export const ownList: Signal<string | Uint8Array | undefined> = signal(undefined);

const KEY = 'own-list';

/** Takes a list, and lets the browser keep it, so that a run on it can be resumed. It goes nowhere else. */
export async function takeOwnList(list: string | Uint8Array): Promise<void> {
  ownList.value = list;
  try {
    await set(KEY, list);
  } catch {
    // Storage can be full or forbidden; the page does without it then.
  }
}

/** The list that the browser kept, where the page has none yet. */
export async function recallOwnList(): Promise<void> {
  try {
    const kept: unknown = await get(KEY);
    if (ownList.value === undefined && (typeof kept === 'string' || kept instanceof Uint8Array)) ownList.value = kept;
  } catch {
    // As above.
  }
}

export function sourceOf(name: string, lists: SiteLists): CorpusSource {
  if (name === 'makemore') return { kind: 'makemore' };
  if (name === 'own') return { kind: 'own', content: ownList.value ?? '' };
  return { kind: 'site', url: new URL(lists[name as keyof SiteLists], location.href).href };
}
