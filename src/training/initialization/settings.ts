import { deepBatchNorm, type Network } from '../../networks/index.ts';
import { batchNormTable } from '../batchnorm/settings.ts';
import type { SettingsOf, SettingsTable } from '../settings.ts';

const { corpus, seed, engine, hidden, batch } = batchNormTable;
const { help: _, ...gain } = batchNormTable.gain;
const { help: __, ...depth } = batchNormTable.depth;

/** What the deep network begins with, and the minibatch that it is looked at with. */
export const initializationTable = {
  gain,
  depth,
  hidden: { ...hidden, max: 512 },
  batch: { ...batch, max: 512 },
  corpus,
  seed,
  engine,
} as const satisfies SettingsTable;
export type InitializationSettings = SettingsOf<typeof initializationTable>;

/** How many symbols the network sees. */
export const BLOCK = 3;

export const deepOf = ({ gain, depth, hidden }: InitializationSettings, symbols: number, batchNorm: boolean): Network =>
  deepBatchNorm({ symbols, block: BLOCK, depth, hidden, gain, batchNorm });
