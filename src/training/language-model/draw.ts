import type { EngineHost, NetworkState } from '../../engines/engine.ts';
import { startHost } from '../../engines/start-host.ts';
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

/** Fetched with the first words, once in a thread. */
let host: Promise<EngineHost> | undefined;

/**
 * Words drawn from a model. A few small forward passes, for which any engine will do, in whatever thread asks for it.
 * @param time 0 for the words that a run draws, each other number for others.
 * @throws EngineError where there is no engine at all.
 */
export async function drawWords({ network, state, symbols, block, seed }: Model, time: number): Promise<string[]> {
  host ??= startHost('simd', () => import('../../engines/simd/browser-host.ts')).catch(() =>
    startHost('cpu', () => import('../../engines/tfjs/hosts/cpu.ts')),
  );
  host.catch(() => {
    host = undefined; // It may be there the next time.
  });
  const engine = await (await host).open(network, state);
  try {
    return await sampleWords(engine, symbols, block, seed + time, SAMPLES);
  } finally {
    engine.dispose();
  }
}
