import { decodeText } from './decode-text.ts';
import { symbolsOf } from './symbols.ts';
import { END_MARK } from './vocabulary.ts';
import { WordListError } from './word-list-error.ts';

export interface WordList {
  /** The kept words in the order of the text: each once, in lower case, in Unicode's composed form (NFC). */
  readonly words: string[];
  /** Sentences for the reader: how many words were kept, what was changed, and what was dropped and why. */
  readonly notes: string[];
}

export const MIN_WORDS = 2;
export const MAX_WORDS = 200_000;
/** The longest word, in symbols. */
export const MAX_LENGTH = 32;
/** The most distinct symbols, `.` aside: a figure shows every pair of them in one square. */
export const MAX_SYMBOLS = 200;

/** The largest list that is read. 200,000 words of 32 letters have 7 MB in ASCII and 13 MB in Cyrillic. */
export const MAX_MEGABYTES = 32;

/** No word of `MAX_LENGTH` symbols is longer in UTF-16 units: the longest emoji has 15. */
const MAX_UNITS = 16 * MAX_LENGTH;

/** Text of which a larger share is control or undecodable characters is taken for a binary file. */
const MAX_NOISE = 1 / 4;

const LINE_END = /\r\n?|\n/;
/**
 * Blanks, a byte order mark among them; commas and semicolons of any script; control characters. U+037E is the Greek
 * question mark, which NFC turns into a semicolon.
 */
const SEPARATORS = /[\s\p{Cc},;،؛、，；\u037e]+/u;
/** Marks of text direction, soft hyphens, zero-width spaces, word joiners: a model should not have to learn them. */
const INVISIBLE = /[\p{Bidi_Control}\u00ad\u200b\u2060]/gu;
const UNREADABLE = /[\p{Cs}\ufffd]/u;

/** Why a word is dropped, as it follows “3 lines dropped:”. The notes have the same order. */
const DROPPED_BECAUSE = {
  unreadable: 'with a character that could not be read',
  endMark: `with a “${END_MARK}” inside, which is the mark of a word’s end`,
  long: `longer than ${MAX_LENGTH} letters`,
  repeated: 'already in the list',
  surplus: `after the first ${MAX_WORDS.toLocaleString('en-US')} words, which are kept`,
};
type Reason = keyof typeof DROPPED_BECAUSE;

/**
 * Reads a word list from a file's bytes, as `readWordList` does from its text.
 *
 * @throws WordListError also where the bytes are no text.
 */
export function readWordListBytes(bytes: Uint8Array): WordList {
  refuseTooLarge(bytes.length);
  return readWordList(decodeText(bytes));
}

/**
 * Reads a word list that a reader wrote, pasted or dropped: a word a line, or words with blanks, commas or semicolons
 * between them. A list with other letters is as welcome as one of a to z; the vocabulary follows the list.
 *
 * The time is linear in the text: about 0.2 s for 200,000 words, and up to 3 s where each letter is made of several
 * code points. That would freeze a page, so a page calls this in a worker.
 *
 * @throws WordListError where too little is left, where the list is too large or has too many different symbols, and
 * where the text is that of a binary file.
 */
export function readWordList(text: string): WordList {
  refuseTooLarge(text.length);
  const controls = countControls(text);
  const visible = text.replace(INVISIBLE, '');
  const { pieces, linesSplit } = splitIntoWords(visible);
  const { words, lowered, dropped } = keepWords(pieces);

  const notes: string[] = [];
  const note = (n: number, subject: string, rest: string) => {
    if (n > 0) notes.push(`${counted(n, subject)} ${rest}`);
  };
  note(controls, 'control character', 'read as blanks.');
  note(text.length - visible.length, 'invisible mark', 'removed.');
  note(linesSplit, 'line', 'split into words at blanks, commas and semicolons.');
  note(lowered, 'word', 'turned into lower case.');
  for (const [reason, because] of Object.entries(DROPPED_BECAUSE))
    note(dropped[reason as Reason], linesSplit > 0 ? 'word' : 'line', `dropped: ${because}.`);

  if (pieces.length === 0) throw new WordListError(`The list is empty. A model needs at least ${MIN_WORDS} words.`);
  if (words.length < MIN_WORDS) {
    const left = words.length === 0 ? 'no word' : counted(words.length, 'word');
    throw new WordListError(
      [`The list has ${left} to learn from, and a model needs at least ${MIN_WORDS}.`, ...notes].join(' '),
    );
  }
  const symbols = new Set(words.flatMap(symbolsOf)).size;
  if (symbols > MAX_SYMBOLS) {
    throw new WordListError(
      `The list has ${counted(symbols, 'different symbol')}, and the figures have room for ${MAX_SYMBOLS}. ` +
        'A shorter list, or one in a single alphabet, has fewer.',
    );
  }
  return {
    words,
    notes: [`${counted(words.length, 'word')} kept, of ${counted(symbols, 'different symbol')}.`, ...notes],
  };
}

function refuseTooLarge(size: number): void {
  const megabytes = Math.ceil(size / 1e6);
  if (megabytes > MAX_MEGABYTES) {
    throw new WordListError(
      `The list has ${megabytes.toLocaleString('en-US')} MB, and at most ${MAX_MEGABYTES} MB are read.`,
    );
  }
}

/**
 * The number of control characters that are neither tabs nor line ends.
 *
 * @throws WordListError where so many stand in the text that it must be a binary file, read or pasted as text.
 */
function countControls(text: string): number {
  let controls = 0;
  let undecodable = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0xfffd) undecodable += 1;
    else if (unit < 0x20 ? unit < 0x09 || unit > 0x0d : unit >= 0x7f && unit <= 0x9f) controls += 1;
  }
  if (controls + undecodable > MAX_NOISE * text.length) {
    throw new WordListError(
      `This is not a text file: ${(controls + undecodable).toLocaleString('en-US')} of its ` +
        `${counted(text.length, 'character')} are control characters or could not be read.`,
    );
  }
  return controls;
}

function splitIntoWords(text: string): { pieces: string[]; linesSplit: number } {
  const pieces: string[] = [];
  let linesSplit = 0;
  for (const line of text.split(LINE_END)) {
    const before = pieces.length;
    for (const piece of line.split(SEPARATORS)) {
      if (piece !== '') pieces.push(piece);
    }
    if (pieces.length - before > 1) linesSplit += 1;
  }
  return { pieces, linesSplit };
}

function keepWords(pieces: readonly string[]): { words: string[]; lowered: number; dropped: Record<Reason, number> } {
  const kept = new Set<string>();
  const dropped: Record<Reason, number> = { unreadable: 0, endMark: 0, long: 0, repeated: 0, surplus: 0 };
  let lowered = 0;
  for (const piece of pieces) {
    // Composing and segmenting are not linear in a word that goes on for megabytes, so its length is looked at first.
    if (piece.length > MAX_UNITS) {
      dropped.long += 1;
      continue;
    }
    const lower = piece.toLowerCase();
    const word = lower.normalize('NFC');
    const reason = reasonToDrop(word, kept);
    if (reason) dropped[reason] += 1;
    else kept.add(word);
    if (lower !== piece && reason !== 'surplus') lowered += 1;
  }
  return { words: [...kept], lowered, dropped };
}

function reasonToDrop(word: string, kept: ReadonlySet<string>): Reason | undefined {
  if (UNREADABLE.test(word)) return 'unreadable';
  if (word.includes(END_MARK)) return 'endMark';
  if (word.length > MAX_LENGTH && symbolsOf(word).length > MAX_LENGTH) return 'long';
  if (kept.has(word)) return 'repeated';
  if (kept.size === MAX_WORDS) return 'surplus';
  return undefined;
}

const counted = (n: number, noun: string): string => `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`;
