import type { Vocabulary } from './vocabulary.ts';

/** The examples that a model learns from: in row i, the symbol `targets[i]` follows the symbols of context i. */
export interface Windows {
  /** Indices of symbols, (count, blockSize), row by row. */
  readonly contexts: Int32Array;
  /** Indices of symbols, (count). */
  readonly targets: Int32Array;
  readonly count: number;
}

/**
 * Slides a window of `blockSize` symbols over each word and the `.` after it, so that a word of n symbols gives n + 1
 * rows. A word begins with a context of `.` alone.
 *
 * Source: `build_dataset` in the makemore notebooks.
 *
 * @throws RangeError where `blockSize` is no whole number above 0, or a word has a symbol that `vocabulary` lacks.
 */
export function windows(words: readonly string[], vocabulary: Vocabulary, blockSize: number): Windows {
  if (!(Number.isInteger(blockSize) && blockSize >= 1))
    throw new RangeError(`The block size must be a whole number above 0, not ${blockSize}.`);

  const encoded = words.map((word) => vocabulary.encode(word));
  const count = encoded.reduce((sum, indices) => sum + indices.length + 1, 0);
  const contexts = new Int32Array(count * blockSize);
  const targets = new Int32Array(count);

  let row = 0;
  for (const indices of encoded) {
    for (let position = 0; position <= indices.length; position++) {
      // A context is filled from its end; what lies before the word stays 0, which is the index of `.`.
      const rowEnd = (row + 1) * blockSize;
      const seen = Math.min(position, blockSize);
      for (let back = 1; back <= seen; back++) contexts[rowEnd - back] = indices[position - back]!;
      if (position < indices.length) targets[row] = indices[position]!;
      row += 1;
    }
  }
  return { contexts, targets, count };
}
