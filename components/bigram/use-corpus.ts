import { batch, type Signal, useSignal } from '@preact/signals';
import { wrap } from 'comlink';
import { useMemo } from 'preact/hooks';
import type { CountedCorpus, countCorpus } from '../../src/training/bigram/count.ts';
import type { BigramRecord } from '../../src/training/bigram/record.ts';
import type { CorpusSource } from '../../src/training/corpus.ts';
import { type CorpusName, type SiteLists, sourceOf } from '../training/corpus-source.ts';

/** Counts a list away from the page’s thread. @throws an Error whose message is a sentence for the reader. */
async function countInWorker(source: CorpusSource): Promise<CountedCorpus> {
  const worker = new Worker(new URL('../../src/training/bigram/count.worker.ts', import.meta.url), { type: 'module' });
  const death = new Promise<never>((_, reject) => {
    worker.addEventListener('error', () =>
      reject(
        new Error('The part of this page that reads word lists could not be started. Reload the page and try again.'),
      ),
    );
  });
  try {
    const remote = wrap<{ countCorpus: typeof countCorpus }>(worker);
    return await Promise.race([remote.countCorpus(source), death]);
  } finally {
    worker.terminate();
  }
}

export interface CorpusInUse {
  /** The last list that could be counted: a failure keeps it. */
  readonly counted: Signal<CountedCorpus>;
  /** Its name. */
  readonly name: Signal<CorpusName>;
  readonly busy: Signal<boolean>;
  readonly failure: Signal<string>;
  /** The list that is being read. */
  readonly wanted: Signal<CorpusName>;
  /** @param onTaken called together with the change, where the list could be counted. */
  readonly choose: (name: CorpusName, onTaken?: () => void) => Promise<void>;
}

/** The list of words that a figure uses; it begins with the recorded one. */
export function useCorpus(recorded: BigramRecord['corpus'], lists: SiteLists): CorpusInUse {
  const first = useMemo(() => ({ ...recorded, counts: Int32Array.from(recorded.counts), notes: [] }), []);
  const counted = useSignal<CountedCorpus>(first);
  const name = useSignal<CorpusName>('names');
  const busy = useSignal(false);
  const failure = useSignal('');
  const latest = useSignal(0);

  const wanted = useSignal<CorpusName>('names');

  const choose = async (chosen: CorpusName, onTaken?: () => void) => {
    latest.value += 1;
    const turn = latest.value;
    wanted.value = chosen;
    busy.value = true;
    failure.value = '';
    try {
      const result = await countInWorker(sourceOf(chosen, lists));
      if (turn !== latest.value) return;
      batch(() => {
        counted.value = result;
        name.value = chosen;
        onTaken?.();
      });
    } catch (error) {
      if (turn === latest.value) failure.value = `${(error as Error).message} The last list stays in use.`;
    } finally {
      if (turn === latest.value) busy.value = false;
    }
  };
  return { counted, name, wanted, busy, failure, choose };
}
