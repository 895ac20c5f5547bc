import { symbolsOf } from './symbols.ts';

/** The symbol that stands before and after every word. Its index is 0. */
export const END_MARK = '.';

/** The order of Python's `sorted()`: by code points, where JavaScript's own goes by UTF-16 units. */
function byCodePoints(a: string, b: string): number {
  const left = Array.from(a, (character) => character.codePointAt(0)!);
  const right = Array.from(b, (character) => character.codePointAt(0)!);
  const differs = left.findIndex((codePoint, i) => codePoint !== right[i]);
  if (differs === -1) return left.length - right.length;
  return left[differs]! - (right[differs] ?? -1);
}

/**
 * The symbols that a model can read and write, each with an index: `.` is 0, and the distinct grapheme clusters of a
 * word list follow in sorted order. For words of a to z it is the notebooks' `stoi` and `itos`.
 *
 * A vocabulary made from the symbols of another equals it, so that `symbols` is all that has to be stored or sent.
 */
export class Vocabulary {
  /** The symbol of each index. */
  readonly symbols: readonly string[];
  private readonly indices: ReadonlyMap<string, number>;

  constructor(words: Iterable<string>) {
    const distinct = new Set<string>();
    for (const word of words) {
      for (const symbol of symbolsOf(word)) distinct.add(symbol);
    }
    distinct.delete(END_MARK);
    this.symbols = [END_MARK, ...[...distinct].sort(byCodePoints)];
    this.indices = new Map(this.symbols.map((symbol, index) => [symbol, index]));
  }

  /** The number of symbols, `.` included. */
  get size(): number {
    return this.symbols.length;
  }

  /** The index of each symbol of `word`. @throws RangeError naming the first symbol that is not in the vocabulary. */
  encode(word: string): Int32Array {
    const symbols = symbolsOf(word);
    const encoded = new Int32Array(symbols.length);
    for (const [i, symbol] of symbols.entries()) {
      const index = this.indices.get(symbol);
      if (index === undefined)
        throw new RangeError(`“${symbol}” in “${word}” is not in this vocabulary of ${this.size} symbols.`);
      encoded[i] = index;
    }
    return encoded;
  }

  /** The symbols at `indices`, joined. @throws RangeError naming the first index that is not in the vocabulary. */
  decode(indices: ArrayLike<number>): string {
    return Array.from(indices, (index) => {
      const symbol = this.symbols[index];
      if (symbol === undefined)
        throw new RangeError(`There is no symbol ${index} in this vocabulary: its ${this.size} symbols count from 0.`);
      return symbol;
    }).join('');
  }
}
