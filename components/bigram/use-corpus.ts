import { batch, type Signal, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import * as faults from '../../src/faults.ts';
import type { CountedCorpus } from '../../src/training/bigram/count.ts';
import type { BigramRecord } from '../../src/training/bigram/record.ts';
import type { CorpusSource } from '../../src/training/corpus.ts';
import { fetchPart } from '../../src/training/fetch-part.ts';
import { inWords } from '../../src/training/in-words.ts';
import { type CorpusName, type SiteLists, sourceOf } from '../training/corpus-source.ts';

/** Counts a list away from the page’s thread. */
async function countInWorker(source: CorpusSource): Promise<CountedCorpus> {
  const { CountClient } = await fetchPart(import('../../src/training/bigram/count-client.ts'));
  const worker = new Worker(new URL('../../src/training/bigram/count.worker.ts', import.meta.url), { type: 'module' });
  const client = new CountClient(worker, () => {});
  try {
    return await client.count(source);
  } finally {
    client.dispose();
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
      if (turn === latest.value) failure.value = `${inWords(error)} ${faults.lastListStays}`;
    } finally {
      if (turn === latest.value) busy.value = false;
    }
  };
  return { counted, name, wanted, busy, failure, choose };
}
