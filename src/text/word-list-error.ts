/** A word list that cannot be used. The message is a sentence for the reader: what was wrong, and what would do. */
export class WordListError extends Error {
  override readonly name = 'WordListError';
}
