import { type Network, waveNet } from '../../networks/index.ts';
import { languageModelFields } from '../language-model/settings.ts';
import { mlpFields } from '../mlp/settings.ts';
import type { SettingsOf, SettingsTable } from '../settings.ts';

/** The networks of makemore’s fifth notebook. */
const networkFields = {
  join: { kind: 'choice', label: 'Joins', options: { pairs: 'pairs', all: 'all at once' }, default: 'pairs' },
  over: {
    kind: 'choice',
    label: 'Normalizes over',
    options: { both: 'both axes', batch: 'the batch' },
    default: 'both',
  },
  block: { ...mlpFields.block, min: 2, powerOf: 2, default: 8 },
  embedding: { ...mlpFields.embedding, default: 24 },
  hidden: { ...mlpFields.hidden, label: 'Units in each layer', max: 1024, default: 128 },
} as const satisfies SettingsTable;

/** The large one, with the seed and the rates of that notebook. */
export const waveNetTable = {
  ...languageModelFields,
  decay: { ...languageModelFields.decay, default: 150_000 },
  // A minibatch of one example has no variance to divide by.
  batch: { ...languageModelFields.batch, min: 2 },
  seed: { ...languageModelFields.seed, default: 42 },
  ...networkFields,
} as const satisfies SettingsTable;
export type WaveNetSettings = SettingsOf<typeof waveNetTable>;

export function waveNetOf({ join, over, block, embedding, hidden }: WaveNetSettings, symbols: number): Network {
  const levels = Math.log2(block);
  return waveNet({
    symbols,
    embedding,
    hidden,
    levels,
    join,
    over: over === 'both' ? 'batch and positions' : 'batch',
  });
}
