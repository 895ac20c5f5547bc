import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWordList, readWordListBytes } from './word-list.ts';
import { WordListError } from './word-list-error.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The sentence of a refusal; fails where the list is taken or another error is thrown. */
function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(WordListError);
    return (error as Error).message;
  }
  throw new Error('The list was taken.');
}

/** `count` different words of a to j. */
const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => String(i).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!));

test('a word a line is kept as it is, in its order', () => {
  expect(readWordList('oak\nash\nelm\n')).toEqual({
    words: ['oak', 'ash', 'elm'],
    notes: ['3 words kept, of 8 different symbols.'],
  });
});

describe('read without a word', () => {
  test.for([
    ['CRLF', 'oak\r\nash\r\n'],
    ['CR', 'oak\rash'],
    ['blanks around words and empty lines', '  oak \t\n\n \n\u00a0ash\u3000\n'],
    ['a byte order mark', '\ufeffoak\nash'],
    ['a byte order mark where two files were joined', 'oak\n\ufeffash'],
    ['a comma at the end of a line', 'oak,\nash,'],
  ] as const)('%s', ([, text]) => {
    expect(readWordList(text)).toEqual({ words: ['oak', 'ash'], notes: ['2 words kept, of 5 different symbols.'] });
  });
});

describe('kept in any script', () => {
  test.for([
    ['right to left', ['שרה', 'דוד', 'مريم']],
    ['accents', ['zoë', 'josé', 'nguyễn']],
    ['Cyrillic', ['юлия', 'пётр']],
    ['Han', ['王小明', '李娜']],
    ['emoji', ['👩🏽‍🚀🇩🇪', '👨‍👩‍👧‍👦']],
    ['apostrophes and hyphens', ['o’neill', "d'arcy", 'jean-luc']],
    ['zero-width joiners that shape a letter', ['می\u200cخواهم', 'क्\u200dष']],
  ] as const)('%s', ([, words]) => {
    const list = readWordList(words.join('\n'));
    expect(list.words).toEqual(words);
    expect(list.notes).toHaveLength(1);
  });

  test('length is counted in what a reader sees as letters', () => {
    const families = '👨‍👩‍👧‍👦'.repeat(32);
    expect(readWordList(`${families}\nash`).words).toEqual([families, 'ash']);
  });

  test('composed and decomposed accents are one word', () => {
    expect(readWordList('zoe\u0308\nzo\u00eb\nash')).toEqual({
      words: ['zo\u00eb', 'ash'],
      notes: ['2 words kept, of 6 different symbols.', '1 line dropped: already in the list.'],
    });
  });
});

describe('changed, and said', () => {
  test.for([
    ['capitals', 'Oak\nASH\nelm', ['oak', 'ash', 'elm'], '2 words turned into lower case.'],
    [
      'capitals whose small letter has a composed form',
      'J\u030c\nash',
      ['\u01f0', 'ash'],
      '1 word turned into lower case.',
    ],
    [
      'several words on a line',
      'oak ash\nelm;yew，fir\npine',
      ['oak', 'ash', 'elm', 'yew', 'fir', 'pine'],
      '2 lines split into words at blanks, commas and semicolons.',
    ],
    ['NUL bytes', 'oak\0\nash\nhornbeam\0', ['oak', 'ash', 'hornbeam'], '2 control characters read as blanks.'],
    [
      'other control characters',
      'oak\x1b\nash\nelm\x85',
      ['oak', 'ash', 'elm'],
      '2 control characters read as blanks.',
    ],
    ['marks of text direction', '\u202bשרה\u202c\nדוד\u200f', ['שרה', 'דוד'], '3 invisible marks removed.'],
    [
      'soft hyphens and zero-width spaces',
      'horn\u00adbeam\nash\u200b',
      ['hornbeam', 'ash'],
      '2 invisible marks removed.',
    ],
  ] as const)('%s', ([, text, words, note]) => {
    const list = readWordList(text);
    expect(list.words).toEqual(words);
    expect(list.notes.slice(1)).toEqual([note]);
  });
});

describe('dropped, and said', () => {
  test.for([
    ['duplicates', 'oak\nash\noak\nash\noak', '3 lines dropped: already in the list.'],
    ['words longer than 32 symbols', `oak\nash\n${'a'.repeat(33)}`, '1 line dropped: longer than 32 letters.'],
    [
      'a “.” inside a word',
      'oak\nash\nst.ives\nend.',
      '2 lines dropped: with a “.” inside, which is the mark of a word’s end.',
    ],
    ['lone surrogates', 'oak\nash\nel\ud800m', '1 line dropped: with a character that could not be read.'],
    ['replacement characters', 'oak\nash\nel\ufffdm', '1 line dropped: with a character that could not be read.'],
  ] as const)('%s', ([, text, note]) => {
    expect(readWordList(text)).toEqual({
      words: ['oak', 'ash'],
      notes: ['2 words kept, of 5 different symbols.', note],
    });
  });

  test('a word of 32 letters is not dropped', () => {
    expect(readWordList(`oak\n${'a'.repeat(32)}`).words).toHaveLength(2);
  });

  test('where lines were split, words are counted', () => {
    expect(readWordList('oak, ash, oak').notes).toContain('1 word dropped: already in the list.');
  });

  test('words after the first 200,000', () => {
    const { words, notes } = readWordList(numbered(200_010).join('\n'));
    expect(words).toEqual(numbered(200_000));
    expect(notes).toEqual([
      '200,000 words kept, of 10 different symbols.',
      '10 lines dropped: after the first 200,000 words, which are kept.',
    ]);
  });
});

describe('refused with a sentence', () => {
  test.for([
    ['empty', ''],
    ['blank', ' \r\n\t\n'],
    ['a byte order mark alone', '\ufeff'],
  ] as const)('%s', ([, text]) => {
    expect(refusal(() => readWordList(text))).toBe('The list is empty. A model needs at least 2 words.');
    expect(refusal(() => readWordListBytes(encode(text)))).toContain('empty');
  });

  test('one word', () => {
    expect(refusal(() => readWordList('oak'))).toBe('The list has 1 word to learn from, and a model needs at least 2.');
  });

  test('too little left, and why', () => {
    expect(refusal(() => readWordList('Oak\noak'))).toBe(
      'The list has 1 word to learn from, and a model needs at least 2. ' +
        '1 word turned into lower case. 1 line dropped: already in the list.',
    );
  });

  test('more than 200 different symbols', () => {
    const han = (count: number) => Array.from({ length: count }, (_, i) => String.fromCodePoint(0x4e00 + i)).join('\n');
    expect(readWordList(han(200)).words).toHaveLength(200);
    expect(refusal(() => readWordList(han(1234)))).toContain('1,234 different symbols');
  });

  test('a list of more than 32 MB', () => {
    expect(refusal(() => readWordList('a\n'.repeat(16_000_001)))).toContain('33 MB');
    expect(refusal(() => readWordListBytes(new Uint8Array(40e6)))).toContain('40 MB');
  });

  test('a PNG renamed to .txt', () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13);
    expect(refusal(() => readWordListBytes(png))).toBe('This is not a text file: it begins as a PNG image does.');
  });

  test('a PNG pasted, or read as text', () => {
    expect(refusal(() => readWordList('\ufffdPNG\r\n\x1a\n\0\0\0\rIHDR\0\0'))).toContain(
      'This is not a text file: 7 of',
    );
  });

  test('a PDF, whose bytes can all be ASCII', () => {
    expect(refusal(() => readWordListBytes(encode('%PDF-1.4\noak\nash\n')))).toContain('a PDF document');
  });

  test('bytes that are not UTF-8', () => {
    const latin1 = Uint8Array.from('josé\nash', (character) => character.charCodeAt(0));
    expect(refusal(() => readWordListBytes(latin1))).toContain('its bytes are not UTF-8');
  });

  test('bytes that are mostly NUL', () => {
    expect(refusal(() => readWordListBytes(new Uint8Array(1000)))).toContain('1,000 of its 1,000 characters');
  });
});

describe('files', () => {
  const utf16 = (text: string, littleEndian: boolean): Uint8Array => {
    const view = new DataView(new ArrayBuffer(2 * text.length));
    for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian);
    return new Uint8Array(view.buffer);
  };

  test('UTF-8, with and without a byte order mark', () => {
    expect(readWordListBytes(encode('zoë\nюлия')).words).toEqual(['zoë', 'юлия']);
    expect(readWordListBytes(encode('\ufeffzoë\nюлия')).words).toEqual(['zoë', 'юлия']);
  });

  test('UTF-16 with a byte order mark, in either order of bytes', () => {
    expect(readWordListBytes(utf16('\ufeffzoë\r\nюлия', true)).words).toEqual(['zoë', 'юлия']);
    expect(readWordListBytes(utf16('\ufeffzoë\r\nюлия', false)).words).toEqual(['zoë', 'юлия']);
  });

  test('UTF-16 without one, or cut in the middle of a character', () => {
    expect(refusal(() => readWordListBytes(utf16('oak\nash', true)))).toContain('This is not a text file');
    expect(refusal(() => readWordListBytes(utf16('\ufeffoak\nash', true).subarray(0, -1)))).toContain('not UTF-16');
  });
});

describe('large lists take no more than a moment', () => {
  // Generous, for a busy machine; what would fail is work that grows with the square of the text.
  const MOMENT = 5_000;

  test('200,000 words', { timeout: MOMENT }, () => {
    expect(readWordListBytes(encode(numbered(200_000).join('\n'))).words).toHaveLength(200_000);
  });

  test('a line of 10 MB that is one word', { timeout: MOMENT }, () => {
    expect(refusal(() => readWordListBytes(encode('a'.repeat(1e7))))).toContain(
      '1 line dropped: longer than 32 letters.',
    );
    expect(readWordList(`oak\nash\n${'a'.repeat(1e7)}`).words).toEqual(['oak', 'ash']);
  });

  test('a line of 10 MB of one letter and its accents', { timeout: MOMENT }, () => {
    expect(readWordList(`oak\nash\na${'\u0301\u0323'.repeat(5e6)}`).words).toEqual(['oak', 'ash']);
  });

  test('a line of 10 MB of words', { timeout: MOMENT }, () => {
    expect(readWordListBytes(encode('oak, ash; '.repeat(1e6))).words).toEqual(['oak', 'ash']);
  });
});

describe('whatever is given', () => {
  const noise = fc.string({ unit: 'binary', maxLength: 200 });
  const lines = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 50 }).map((words) => words.join('\n'));
  const units = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes));

  /** What `read` gives, or undefined where it refuses; any other error fails the test. */
  const readOrRefuse = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      expect(error).toBeInstanceOf(WordListError);
      expect((error as Error).message).toMatch(/^[A-Z].*\.$/);
      return undefined;
    }
  };

  test('bytes are read or refused in words', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readOrRefuse(() => readWordListBytes(bytes))),
    );
  });

  test('a kept word is there once, has no control character, no blank and no end mark', () => {
    fc.assert(
      fc.property(fc.oneof(noise, lines, units), (text) => {
        const words = readOrRefuse(() => readWordList(text))?.words ?? [];
        expect(new Set(words).size).toBe(words.length);
        for (const word of words) expect(word).toMatch(/^[^\p{Cc}\s.]+$/u);
      }),
      { numRuns: 500 },
    );
  });

  test('a list that was read once is kept whole when it is read again', () => {
    fc.assert(
      fc.property(fc.oneof(noise, lines), (text) => {
        const words = readOrRefuse(() => readWordList(text))?.words;
        if (!words) return;
        const again = readWordList(words.join('\n'));
        expect(again.words).toEqual(words);
        expect(again.notes).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });
});
