import type { NetworkState } from '../../engines/engine.ts';
import { hostOf } from '../../engines/open.ts';
import type { Network } from '../../networks/index.ts';
import { sampleWords } from './sample.ts';
import { SAMPLES } from './settings.ts';

/** A model that is not in training: enough of it to draw words from. */
export interface Model {
  readonly network: Network;
  readonly state: NetworkState;
  readonly symbols: readonly string[];
  readonly block: number;
  readonly seed: number;
}

/**
 * Words drawn from a model. A few small forward passes, for which any engine will do, in whatever thread asks for it.
 * @param time 0 for the words that a run draws, each other number for others.
 * @throws EngineError where there is no engine at all.
 */
export async function drawWords({ network, state, symbols, block, seed }: Model, time: number): Promise<string[]> {
  const host = await hostOf('simd').catch(() => hostOf('cpu'));
  const engine = await host.open(network, state);
  try {
    return await sampleWords(engine, symbols, block, seed + time, SAMPLES);
  } finally {
    engine.dispose();
  }
}
