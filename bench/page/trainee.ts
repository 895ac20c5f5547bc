import type { Minibatches, NetworkState } from '../../src/engines/engine.ts';
import type { Network } from '../../src/networks/index.ts';

/** A network that is trained: what the benchmark needs of an engine, and what a peer is made to look like. */
export interface Trainee {
  /** One step a minibatch. @returns the loss of each before its update; of several, a peer may give their mean alone. */
  train(minibatches: Minibatches): Promise<ArrayLike<number>>;
}

/** Trains any network, or says why it does not. */
export interface Contender {
  readonly isEmulated: boolean;
  /**
   * How far its losses may be from those of the project’s kernels, and for how many steps: another definition of the
   * variance is no error.
   */
  readonly agrees: { readonly within: number; readonly steps: number };
  /** @throws Error with a sentence where the network cannot be trained. */
  open(network: Network, state: NetworkState, shape: { batch: number; block: number }): Promise<Trainee>;
}

/** The learning rate of every step. */
export const RATE = 0.1;

/** The same computation in another order. */
export const SAME_COMPUTATION = { within: 1e-3, steps: 3 } as const;
