import { memory } from '@tensorflow/tfjs-core';
import { expose } from 'comlink';
import type { EngineName, Examples, Inspection, Minibatches, NetworkState } from '../../src/engines/engine.ts';
import { hostOf, openEngine } from '../../src/engines/open.ts';
import type { Network } from '../../src/networks/index.ts';

/** What of a run a test compares. */
export interface Trained {
  readonly isEmulated: boolean;
  readonly first: Inspection;
  readonly losses: Float32Array;
  readonly devLoss: number;
  readonly state: NetworkState;
  /** Tensors alive while the engine has its network, and after it was disposed of. */
  readonly tensors: { readonly open: number; readonly disposed: number };
}

const harness = {
  async train(
    name: EngineName,
    network: Network,
    initial: NetworkState,
    minibatches: Minibatches,
    batch: number,
    dev: Examples,
  ): Promise<Trained> {
    const host = await hostOf(name);
    const engine = await host.open(network, initial);
    const block = minibatches.contexts.length / minibatches.targets.length;
    const examples = {
      contexts: minibatches.contexts.slice(0, batch * block),
      targets: minibatches.targets.slice(0, batch),
    };
    const first = await engine.inspect(examples, { activations: true });
    const losses = await engine.train(minibatches);
    const devLoss = await engine.loss(dev);
    const state = await engine.state();
    const open = memory().numTensors;
    engine.dispose();
    return {
      isEmulated: host.isEmulated,
      first,
      losses,
      devLoss,
      state,
      tensors: { open, disposed: memory().numTensors },
    };
  },

  async choose(network: Network, state: NetworkState, shape: { batch: number; block: number }) {
    const { engine, trials, notes } = await openEngine('auto', network, state, shape);
    engine.dispose();
    return { name: engine.name, trials, notes };
  },
};

export type Harness = typeof harness;
expose(harness);
