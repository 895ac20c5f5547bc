import { expose } from 'comlink';
import type { CorpusSource } from '../corpus.ts';
import { Player } from '../player.ts';
import { countCorpus } from './count.ts';
import { type BigramFrame, BigramRun, type BigramSaved, type BigramTrainingSettings } from './run.ts';

expose(
  new Player<BigramTrainingSettings, BigramFrame, BigramSaved>(async (settings, from, source) => {
    const { symbols, ...counts } = await countCorpus(source as CorpusSource);
    return new BigramRun(settings, counts, symbols, from);
  }),
);
