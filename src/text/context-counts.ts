import { splitWords } from './split.ts';
import { Vocabulary } from './vocabulary.ts';
import { windows } from './windows.ts';

/** A table of counts over contexts of some length: a row for each context, and in it how often each symbol followed. */
export interface ContextTable {
  readonly block: number;
  /** How many contexts could be written with the symbols of the list. */
  readonly possible: number;
  /** Contexts that the train split has. */
  readonly seen: number;
  /** … and has a single time. */
  readonly seenOnce: number;
  /** Share of the dev split's examples whose context the train split does not have. */
  readonly devUnseen: number;
  /** The mean negative log-likelihood of the train split by its own counts, nothing added. */
  readonly train: number;
  /** That of the dev split, with the added count that suits it best, and that count. */
  readonly dev: number;
  readonly smoothing: number;
  /** That of the test split with the same added count. */
  readonly test: number;
}

/** The added counts that are tried. */
export const SMOOTHINGS: readonly number[] = [0.01, 0.03, 0.1, 0.3, 1];

type Rows = ReadonlyMap<string, Float64Array>;

const total = (row: Float64Array): number => row.reduce((sum, times) => sum + times, 0);

function countContexts(words: readonly string[], symbols: Vocabulary, block: number): Rows {
  const { contexts, targets, count } = windows(words, symbols, block);
  const rows = new Map<string, Float64Array>();
  for (let i = 0; i < count; i++) {
    const context = contexts.subarray(i * block, (i + 1) * block).join();
    const row = rows.get(context) ?? new Float64Array(symbols.size);
    row[targets[i]!]! += 1;
    rows.set(context, row);
  }
  return rows;
}

/** The mean negative log-likelihood of `asked` by the counts of `known`, with `smoothing` added to each. */
function meanNll(asked: Rows, known: Rows, symbols: number, smoothing: number): number {
  const empty = new Float64Array(symbols);
  let sum = 0;
  let count = 0;
  for (const [context, followers] of asked) {
    const counted = known.get(context) ?? empty;
    const all = total(counted) + smoothing * symbols;
    for (const [symbol, times] of followers.entries()) {
      if (times > 0) sum -= times * Math.log((counted[symbol]! + smoothing) / all);
      count += times;
    }
  }
  return sum / count;
}

/** The tables for contexts of these lengths, counted on the train split of a list and judged by the other two. */
export function contextTables(words: readonly string[], blocks: readonly number[], seed: number): ContextTable[] {
  const vocabulary = new Vocabulary(words);
  const split = splitWords(words, seed);
  return blocks.map((block) => {
    const [train, dev, test] = [split.train, split.dev, split.test].map((part) =>
      countContexts(part, vocabulary, block),
    ) as [Rows, Rows, Rows];
    const nll = (asked: Rows, smoothing: number) => meanNll(asked, train, vocabulary.size, smoothing);
    const losses = SMOOTHINGS.map((smoothing) => nll(dev, smoothing));
    const smoothing = SMOOTHINGS[losses.indexOf(Math.min(...losses))]!;
    const devRows = [...dev].map(([context, row]) => ({ known: train.has(context), times: total(row) }));
    const timesOf = (rows: typeof devRows) => rows.reduce((sum, { times }) => sum + times, 0);
    return {
      block,
      possible: vocabulary.size ** block,
      seen: train.size,
      seenOnce: [...train.values()].filter((row) => total(row) === 1).length,
      devUnseen: timesOf(devRows.filter(({ known }) => !known)) / timesOf(devRows),
      train: nll(train, 0),
      dev: nll(dev, smoothing),
      smoothing,
      test: nll(test, smoothing),
    };
  });
}
