/** Drawn parameters and examples for a network of any shape, and how far apart two answers are, for the tests of engines. */
import { expect } from 'vitest';
import type { Examples, NetworkState } from '../src/engines/engine.ts';
import { buffersOf, type Network, parametersOf, sizeOf, vocabularySize } from '../src/networks/index.ts';
import { TorchGenerator } from '../src/random/index.ts';

export const l2 = (values: Iterable<number>): number => Math.sqrt([...values].reduce((total, x) => total + x * x, 0));

export const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a).toHaveLength(b.length);
  return l2(Array.from(a, (x, i) => x - b[i]!));
};

/** Drawn parameters, also where a network would begin with zeros and ones, and running statistics of some age. */
export function drawState(network: Network, seed: number): NetworkState {
  const generator = new TorchGenerator(seed);
  return {
    parameters: parametersOf(network).map(({ shape, layer }) => {
      const fanIn = network[layer]!.kind === 'Linear' && shape.length === 2 ? shape[0]! : 1;
      return generator.randn(sizeOf(shape)).map((x) => x / Math.sqrt(fanIn));
    }),
    buffers: buffersOf(network).map(({ name, shape }) => {
      const drawn = generator.randn(sizeOf(shape));
      return name === 'running_mean' ? drawn : drawn.map((x) => 0.5 + x * x);
    }),
  };
}

export function drawExamples(network: Network, count: number, block: number, seed: number): Examples {
  const generator = new TorchGenerator(seed);
  const symbols = vocabularySize(network);
  return { contexts: generator.randint(0, symbols, count * block), targets: generator.randint(0, symbols, count) };
}
