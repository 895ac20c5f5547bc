import type { NetworkState } from '../../engines/engine.ts';
import { initialBuffers, initialize, type Network } from '../../networks/index.ts';
import { TorchGenerator } from '../../random/torch-generator.ts';

/** What a run begins with: its one generator, and the parameters that it drew first. */
export function drawInitial(network: Network, seed: number): { generator: TorchGenerator; state: NetworkState } {
  const generator = new TorchGenerator(seed);
  return { generator, state: { parameters: initialize(network, generator), buffers: initialBuffers(network) } };
}
