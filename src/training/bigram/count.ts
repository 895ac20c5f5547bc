import { type BigramCounts, countBigrams } from '../../text/bigram.ts';
import { Vocabulary } from '../../text/vocabulary.ts';
import { type CorpusSource, loadCorpus } from '../corpus.ts';

/** A list of words, counted: all that the bigram’s figures need of it. */
export interface CountedCorpus extends BigramCounts {
  /** The symbol of each row and column; the first is '.'. */
  readonly symbols: readonly string[];
  /** How many words were counted. */
  readonly words: number;
  readonly notes: readonly string[];
}

/** @throws RunError with a sentence where there is no list to be counted. */
export async function countCorpus(source: CorpusSource): Promise<CountedCorpus> {
  const { words, notes } = await loadCorpus(source);
  const vocabulary = new Vocabulary(words);
  return { ...countBigrams(words, vocabulary), symbols: vocabulary.symbols, words: words.length, notes };
}
