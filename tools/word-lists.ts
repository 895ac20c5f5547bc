/** The word lists of the recorded runs, and their SHA-256. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { MAKEMORE } from '../src/training/corpus.ts';

/** Where the makemore list is looked for unless it is told; it is not the site’s to ship. */
export const BESIDE = new URL('../../shared/data/names.txt', import.meta.url);

export interface WordList {
  readonly words: readonly string[];
  readonly sha256: string;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A list that ships with the site. */
export const shippedList = (name: string): WordList =>
  toList(readFileSync(new URL(`../content/corpora/${name}.txt`, import.meta.url)));

/**
 * The makemore list.
 * @param from a path, `download` for the published one, or nothing for the file beside the project.
 * @returns undefined where nothing was told and there is no such file.
 * @throws Error where it is not the list on which every published loss was measured.
 */
export async function makemoreList(from?: string): Promise<WordList | undefined> {
  if (!from && !existsSync(BESIDE)) return undefined;
  const list = toList(from === 'download' ? await download(MAKEMORE.url) : readFileSync(from ?? BESIDE));
  if (list.sha256 !== MAKEMORE.sha256)
    throw new Error(
      `${from ?? BESIDE.pathname} is another list: its SHA-256 is ${list.sha256}, not ${MAKEMORE.sha256}.`,
    );
  return list;
}

async function download(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}

function toList(bytes: Uint8Array): WordList {
  return { words: new TextDecoder().decode(bytes).trimEnd().split('\n'), sha256: sha256(bytes) };
}
