export { type Split, splitWords } from './split.ts';
export { END_MARK, Vocabulary } from './vocabulary.ts';
export { type Windows, windows } from './windows.ts';
export {
  MAX_LENGTH,
  MAX_MEGABYTES,
  MAX_SYMBOLS,
  MAX_WORDS,
  MIN_WORDS,
  readWordList,
  readWordListBytes,
  type WordList,
} from './word-list.ts';
export { WordListError } from './word-list-error.ts';
