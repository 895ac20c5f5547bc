import type { CountedCorpus } from '../../src/training/bigram/count.ts';

/** More symbols than this cannot be told apart in one table. */
const MOST = 40;

/** The symbols that a table shows: all, or where there are too many, '.' and the most frequent others, in their order. */
export function shownSymbols({ counts, size }: CountedCorpus): number[] {
  const all = Array.from({ length: size }, (_, i) => i);
  if (size <= MOST) return all;
  const uses = all.map((column) => all.reduce((sum, row) => sum + counts[row * size + column]!, 0));
  const kept = all
    .slice(1)
    .sort((a, b) => uses[b]! - uses[a]!)
    .slice(0, MOST - 1);
  return [0, ...kept.sort((a, b) => a - b)];
}
