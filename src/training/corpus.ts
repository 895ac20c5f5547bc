import * as faults from '../faults.ts';
import { readWordList, readWordListBytes } from '../text/word-list.ts';
import { WordListError } from '../text/word-list-error.ts';
import { MAKEMORE, makemoreAddress } from './makemore.ts';
import { RunError } from './run.ts';

export { MAKEMORE };

/** Where a list of words comes from: a file of this site, makemore’s address, or the reader. */
export type CorpusSource =
  | { readonly kind: 'site'; readonly url: string }
  | { readonly kind: 'makemore' }
  | { readonly kind: 'own'; readonly content: string | Uint8Array };

export interface Corpus {
  readonly words: readonly string[];
  /** What was dropped on the way, and why, as sentences for the reader. */
  readonly notes: readonly string[];
}

/**
 * Reads a list of words.
 * @throws RunError with a sentence where it cannot be had, was altered, or is no list of words.
 */
export async function loadCorpus(source: CorpusSource): Promise<Corpus> {
  if (source.kind === 'makemore') return published(await fetchMakemore());
  if (source.kind === 'site') return published(await fetchBytes(source.url, 'The word list of this site'));
  try {
    return typeof source.content === 'string' ? readWordList(source.content) : readWordListBytes(source.content);
  } catch (error) {
    throw error instanceof WordListError ? new RunError(error.message) : error;
  }
}

/** A published list is taken as it is, with the names that it has twice: the losses were measured on all its lines. */
function published(bytes: Uint8Array): Corpus {
  return { words: new TextDecoder().decode(bytes).trimEnd().split('\n'), notes: [] };
}

async function fetchMakemore(): Promise<Uint8Array> {
  const bytes = await fetchBytes(makemoreAddress(), 'The makemore list');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hex !== MAKEMORE.sha256) {
    throw new RunError(`${faults.listAltered} ${faults.chooseList}`);
  }
  return bytes;
}

async function fetchBytes(url: string, what: string): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer' });
  } catch {
    throw new RunError(`${faults.listUnreachable(what)} ${faults.anotherList}`);
  }
  if (!response.ok) throw new RunError(`${faults.listRefused(what, response.status)} ${faults.chooseList}`);
  return new Uint8Array(await response.arrayBuffer());
}
