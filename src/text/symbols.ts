/**
 * Printable ASCII, and letters of scripts in which every one is a symbol of its own: Latin, Greek, Cyrillic, Hebrew,
 * Arabic, Han, kana. Marks are no letters, so a word with combining accents or vowel points does not match.
 */
const ONE_CODE_POINT_EACH =
  /^(?:[ -~]|(?=\p{L})[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hebr}\p{sc=Arab}\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}])*$/u;

let segmenter: Intl.Segmenter | undefined;

/**
 * The symbols of a word as a reader counts them: its grapheme clusters. A letter with its accents is one symbol, and so
 * is a family emoji.
 *
 * Source: Unicode Standard Annex 29, extended grapheme clusters, as the platform's `Intl.Segmenter` finds them.
 */
export function symbolsOf(word: string): string[] {
  // The segmenter takes a microsecond a symbol, 20 times as long as this: too long for 200,000 words.
  if (ONE_CODE_POINT_EACH.test(word)) return Array.from(word);
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(word), ({ segment }) => segment);
}
