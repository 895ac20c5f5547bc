import url from '../limit.wasm?url';

interface Limit {
  readonly OPERATIONS: WebAssembly.Global;
  chains(turns: number, ...startingValues: number[]): number;
}

/** Some 15 ms: the clock of a page goes in tenths of a millisecond. */
const TURNS = 20_000_000;
const REPEATS = 5;
const STARTING_VALUES = [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0];

let limit: Promise<Limit> | undefined;

/** @returns the most that this processor does by vectors of WebAssembly, in GFLOP/s: the best of a few repeats. */
export async function measureLimit(): Promise<number> {
  limit ??= fetch(url)
    .then((response) => response.arrayBuffer())
    .then((bytes) => WebAssembly.instantiate(bytes))
    .then(({ instance }) => instance.exports as unknown as Limit);
  const { OPERATIONS, chains } = await limit;
  let best = 0;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const begin = performance.now();
    chains(TURNS, ...STARTING_VALUES);
    best = Math.max(best, (TURNS * OPERATIONS.value) / (performance.now() - begin) / 1e6);
  }
  return best;
}
