import { countBigrams } from '../../text/bigram.ts';
import { Vocabulary } from '../../text/vocabulary.ts';
import { defaultsOf } from '../settings.ts';
import type { CountedCorpus } from './count.ts';
import { type BigramFrame, BigramRun, bigramTrainingTable } from './run.ts';

/** The list that ships with the site, counted and learned, as it is kept in content/runs/. */
export interface BigramRecord {
  readonly corpus: Omit<CountedCorpus, 'counts' | 'notes'> & { readonly counts: readonly number[] };
  /** The neural bigram after its updates; numbers rounded for drawing, losses to nine digits. */
  readonly run: Pick<BigramFrame, 'step' | 'done' | 'losses' | 'countedNll'> & {
    readonly probabilities: readonly number[];
  };
}

export function recordBigram(words: readonly string[]): BigramRecord {
  const vocabulary = new Vocabulary(words);
  const { counts, size, total } = countBigrams(words, vocabulary);
  const settings = defaultsOf(bigramTrainingTable);
  const run = new BigramRun(settings, { counts, size, total }, vocabulary.symbols);
  run.advance(settings.steps);
  const { step, done, losses, countedNll, probabilities } = run.frame();
  return {
    corpus: { counts: Array.from(counts), size, total, symbols: vocabulary.symbols, words: words.length },
    run: {
      step,
      done,
      losses: losses.map((loss) => Number(loss.toPrecision(9))),
      countedNll,
      probabilities: Array.from(probabilities, (p) => Number(p.toFixed(4))),
    },
  };
}
