import { type Network, vocabularySize } from '../../networks/index.ts';
import type { Ground, Input } from './layers.ts';

/** How symbols get into a network. */
export interface Reading {
  /** What the first layer stands on. */
  readonly input: Input;
  /** Takes in the symbols of some contexts. */
  read(contexts: Int32Array): void;
}

/** An Embedding looks symbols up; a network that begins with a Linear layer gets one-hot rows. */
export function readSymbols({ memory }: Ground, network: Network, symbols: number): Reading {
  if (network[0]!.kind === 'Embedding') {
    const address = memory.integers(symbols);
    return {
      input: { kind: 'symbols', address, count: symbols },
      read: (contexts) => memory.writeIntegers(address, contexts),
    };
  }
  const columns = vocabularySize(network);
  const out = memory.matrix(symbols, columns);
  return {
    input: { kind: 'activations', out, byOut: undefined, needsOut: true },
    read(contexts) {
      const rows = new Float32Array(symbols * columns);
      for (const [i, symbol] of contexts.entries()) rows[i * columns + symbol] = 1;
      memory.write(out, rows);
    },
  };
}
