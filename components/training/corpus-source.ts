import { type Signal, signal } from '@preact/signals';
import type { CorpusSource } from '../../src/training/corpus.ts';
import type { corpusField } from '../../src/training/fields.ts';

export type CorpusName = keyof (typeof corpusField)['options'];

/** The addresses of the lists that ship with the site. */
export type SiteLists = Readonly<Record<'names' | 'dinosaurs' | 'minerals', string>>;

/** The reader’s own list, shared by the figures of a page. It stays in memory and goes nowhere. */
export const ownList: Signal<string | Uint8Array | undefined> = signal(undefined);

export function sourceOf(name: string, lists: SiteLists): CorpusSource {
  if (name === 'makemore') return { kind: 'makemore' };
  if (name === 'own') return { kind: 'own', content: ownList.value ?? '' };
  return { kind: 'site', url: new URL(lists[name as keyof SiteLists], location.href).href };
}
