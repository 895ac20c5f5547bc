import type { NetworkState } from '../../engines/engine.ts';
import { drawManualMlp, initialBuffers, inNetworkOrder, type Network } from '../../networks/index.ts';
import { TorchGenerator } from '../../random/torch-generator.ts';
import { type ManualTrainingSettings, manualNetworkOf } from './settings.ts';

/** What the trainings begin with: parameters drawn in the notebook’s order, which is not that of the network’s layers. */
export function drawManualInitial(
  settings: Pick<ManualTrainingSettings, 'seed' | 'block' | 'embedding' | 'hidden'>,
  symbols: number,
): { network: Network; generator: TorchGenerator; state: NetworkState } {
  const network = manualNetworkOf(settings, symbols);
  const generator = new TorchGenerator(settings.seed);
  const parameters = inNetworkOrder(drawManualMlp(generator, { ...settings, symbols }));
  return { network, generator, state: { parameters, buffers: initialBuffers(network) } };
}
