import type { Engine, NetworkState } from '../../engines/engine.ts';
import type { Network } from '../../networks/index.ts';
import { roundedHealth } from '../health.ts';
import { prepareData } from '../language-model/data.ts';
import { type Examination, InitializationLab, type Look } from './lab.ts';
import { BLOCK, type InitializationSettings } from './settings.ts';

/** An examination as it is kept in content/runs/, with as many digits as are printed. */
export async function recordInitialization(
  settings: InitializationSettings,
  words: readonly string[],
  open: (network: Network, state: NetworkState) => Promise<Engine>,
): Promise<Examination> {
  const lab = new InitializationLab(async (_, network, state) => ({ engine: await open(network, state), notes: [] }));
  const found = await lab.examineOn(prepareData(words, BLOCK), settings);
  lab.dispose();
  return { ...found, plain: printed(found.plain), normalized: found.normalized && printed(found.normalized) };
}

/** How many digits that count are kept: one more than is printed. */
const DIGITS = 7;

const printed = ({ layers, ...look }: Look): Look => ({ ...look, layers: roundedHealth(layers, DIGITS) });
