import type { Examples } from '../../engines/engine.ts';
import * as faults from '../../faults.ts';
import type { TorchGenerator } from '../../random/index.ts';
import { bigramProbabilities, countBigrams, meanNll } from '../../text/bigram.ts';
import { splitWords, Vocabulary, type Windows, windows } from '../../text/index.ts';
import { type CorpusSource, loadCorpus } from '../corpus.ts';
import { RunError } from '../run.ts';

/** Every notebook shuffles its words once with this seed, whatever the seed of the run. */
const SPLIT_SEED = 42;

/** A list of words as a model learns from it. */
export interface LanguageData {
  /** Tells this list from others. */
  readonly fingerprint: string;
  readonly symbols: readonly string[];
  readonly train: Windows;
  readonly dev: Windows;
  readonly test: Windows;
  /**
   * Mean negative log-likelihood of the dev split in nats, for models that see nothing, and that see one symbol; of a list
   * too short for a dev split, nothing is known of the second.
   */
  readonly baselines: { readonly uniform: number; readonly bigram: number | undefined };
  /** What was dropped from the list, as sentences. */
  readonly notes: readonly string[];
}

/** @param block how many symbols a model sees. */
export function prepareData(words: readonly string[], block: number, notes: readonly string[] = []): LanguageData {
  const vocabulary = new Vocabulary(words);
  const split = splitWords(words, SPLIT_SEED);
  const [train, dev, test] = [split.train, split.dev, split.test].map((part) => windows(part, vocabulary, block));
  return {
    fingerprint: fingerprintOf(words),
    symbols: vocabulary.symbols,
    train: train!,
    dev: dev!,
    test: test!,
    baselines: {
      uniform: Math.log(vocabulary.size),
      // Counted on the training split, one added to each count: an unseen pair would cost infinitely much.
      bigram:
        dev!.count > 0
          ? meanNll(countBigrams(split.dev, vocabulary), bigramProbabilities(countBigrams(split.train, vocabulary), 1))
          : undefined,
    },
    notes,
  };
}

/** 32 bits of all words in their order, by FNV-1a, and how many there are. */
function fingerprintOf(words: readonly string[]): string {
  let hash = 0x811c9dc5;
  for (const word of words) {
    for (let i = 0; i <= word.length; i++) hash = Math.imul(hash ^ (word.charCodeAt(i) || 0x0a), 0x01000193);
  }
  return `${words.length} ${(hash >>> 0).toString(16)}`;
}

let last: { key: string; data: LanguageData } | undefined;

/** The data of a list; that of the last one is kept, for Reset. @throws RunError with a sentence. */
export async function loadData(source: CorpusSource, block: number): Promise<LanguageData> {
  const key = source.kind === 'own' ? undefined : JSON.stringify([source, block]);
  if (last && key === last.key) return last.data;
  const { words, notes } = await loadCorpus(source);
  const data = prepareData(words, block, notes);
  if (data.train.count === 0) throw new RunError(`${faults.listTooShort} ${faults.chooseList}`);
  if (key) last = { key, data };
  return data;
}

/** `torch.randint(0, count, (batch,))` for each step: examples drawn with replacement, minibatch after minibatch. */
export function drawMinibatches(train: Windows, generator: TorchGenerator, steps: number, batch: number): Examples {
  const { contexts, targets, count } = train;
  const block = contexts.length / count;
  const indices = generator.randint(0, count, steps * batch);
  const drawn = { contexts: new Int32Array(indices.length * block), targets: new Int32Array(indices.length) };
  for (let row = 0; row < indices.length; row++) {
    const i = indices[row]!;
    for (let k = 0; k < block; k++) drawn.contexts[row * block + k] = contexts[i * block + k]!;
    drawn.targets[row] = targets[i]!;
  }
  return drawn;
}
