import type { Engine, NetworkState } from '../../engines/engine.ts';
import type { Network } from '../../networks/index.ts';
import { prepareData } from '../language-model/data.ts';
import { drawInitial } from '../language-model/initial.ts';
import { mlpOf } from '../mlp/settings.ts';
import { RateSweepRun } from './run.ts';
import type { RateSweepSettings } from './settings.ts';

/** A sweep as it is kept in content/runs/. */
export interface RateSweepRecord {
  readonly settings: RateSweepSettings;
  readonly losses: readonly number[];
  readonly uniform: number;
}

export async function recordSweep(
  settings: RateSweepSettings,
  words: readonly string[],
  open: (network: Network, state: NetworkState) => Promise<Engine>,
): Promise<RateSweepRecord> {
  const data = prepareData(words, settings.block);
  const network = mlpOf(settings, data.symbols.length);
  const { generator, state } = drawInitial(network, settings.seed);
  const opened = { engine: await open(network, state), open, trials: [], notes: [] };
  const run = new RateSweepRun({ settings, data, opened, generator });
  await run.advance(settings.steps);
  const { losses, uniform } = run.frame();
  run.dispose();
  return { settings, losses: Array.from(losses, (loss) => Number(loss.toFixed(4))), uniform };
}
