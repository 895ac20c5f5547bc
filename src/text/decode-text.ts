import { WordListError } from './word-list-error.ts';

/** What files of other kinds begin with, as text in which a character is a byte. */
const SIGNATURES: readonly (readonly [signature: string, kind: string])[] = [
  ['\x89PNG', 'a PNG image'],
  ['\xff\xd8\xff', 'a JPEG image'],
  ['GIF8', 'a GIF image'],
  ['%PDF-', 'a PDF document'],
  ['PK\x03\x04', 'a ZIP archive, or a Word or Excel document'],
  ['\xd0\xcf\x11\xe0', 'an old Word or Excel document'],
  ['{\\rtf', 'a formatted document (RTF)'],
  ['\x1f\x8b', 'a compressed file'],
];

/**
 * The text of a file: UTF-8, or UTF-16 with a byte order mark. Older encodings cannot be told apart, so they are
 * refused and not guessed.
 *
 * @throws WordListError where the bytes are no such text.
 */
export function decodeText(bytes: Uint8Array): string {
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  const known = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (known) throw new WordListError(`This is not a text file: it begins as ${known[1]} does.`);

  const encoding = start.startsWith('\xff\xfe') ? 'utf-16le' : start.startsWith('\xfe\xff') ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new WordListError(
      `This is not a text file: its bytes are not ${encoding === 'utf-8' ? 'UTF-8' : 'UTF-16'}. ` +
        'If it holds text in an older encoding, save it as UTF-8 and choose it again.',
    );
  }
}
