import type { CorpusSource } from '../corpus.ts';
import { RemoteWorker, type Startable } from '../remote-worker.ts';
import type { CountedCorpus, countCorpus } from './count.ts';

/** The page’s side of a worker that counts a list. */
export class CountClient extends RemoteWorker<Startable & { countCorpus: typeof countCorpus }> {
  /** @throws RunError with a sentence where there is no list to be counted. */
  count(source: CorpusSource): Promise<CountedCorpus> {
    return this.ask((worker) => worker.countCorpus(source));
  }
}
