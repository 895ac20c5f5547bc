import { kernelsFor } from '../../src/engines/simd/host.ts';
import portable from '../limit.wasm?url';
import fused from '../limit-fused.wasm?url';

interface Limit {
  readonly OPERATIONS: WebAssembly.Global;
  readonly FUSED_OPERATIONS: WebAssembly.Global;
  chains(turns: number, ...startingValues: number[]): number;
  fusedChains(turns: number, one: number, zero: number): number;
}

/** Some 15 ms: the clock of a page goes in tenths of a millisecond. */
const TURNS = 20_000_000;
const REPEATS = 5;
const STARTING_VALUES = [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0];

let limit: Promise<Limit> | undefined;

/**
 * @returns the most that this processor does by vectors of WebAssembly, in GFLOP/s: the best of a few repeats, by separate
 * instructions and, where the browser has them, by those that multiply and add.
 */
export async function measureLimit(): Promise<number> {
  limit ??= fetch(kernelsFor() === 'fused' ? fused : portable)
    .then((response) => response.arrayBuffer())
    .then((bytes) => WebAssembly.instantiate(bytes))
    .then(({ instance }) => instance.exports as unknown as Limit);
  const { OPERATIONS, FUSED_OPERATIONS, chains, fusedChains } = await limit;
  const separate = best(OPERATIONS.value, () => chains(TURNS, ...STARTING_VALUES));
  return kernelsFor() === 'fused'
    ? Math.max(
        separate,
        best(FUSED_OPERATIONS.value, () => fusedChains(TURNS, 1, 0)),
      )
    : separate;
}

function best(operations: number, run: () => void): number {
  let most = 0;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const begin = performance.now();
    run();
    most = Math.max(most, (TURNS * operations) / (performance.now() - begin) / 1e6);
  }
  return most;
}
