import { type MlpOptions, mlp, type Network } from '../../networks/index.ts';
import { languageModelFields } from '../language-model/settings.ts';
import type { SettingsOf, SettingsTable } from '../settings.ts';

/** The network’s own settings. */
export const mlpFields = {
  block: { kind: 'integer', label: 'Block size', min: 1, max: 16, default: 3 },
  embedding: { kind: 'integer', label: 'Embedding size', min: 1, max: 128, default: 10 },
  hidden: { kind: 'integer', label: 'Hidden units', min: 1, max: 2048, default: 200 },
  init: {
    kind: 'choice',
    label: 'Initialization',
    options: { scaled: 'scaled', notebook: 'notebook' },
    default: 'scaled',
  },
} as const satisfies SettingsTable;

export const mlpTrainingTable = { ...languageModelFields, ...mlpFields } as const satisfies SettingsTable;
export type MlpTrainingSettings = SettingsOf<typeof mlpTrainingTable>;

/**
 * Two numbers a symbol, so that the table can be drawn as it is. The notebook’s large initial weights send large gradients
 * back to it; with scaled ones the hidden layer learns, and the vectors stay about where they were drawn.
 */
export const embeddingMapTable = {
  ...mlpTrainingTable,
  init: { ...mlpFields.init, default: 'notebook' },
  embedding: { ...mlpFields.embedding, min: 2, default: 2 },
  steps: { ...languageModelFields.steps, default: 50_000 },
  decay: { ...languageModelFields.decay, default: 25_000 },
} as const satisfies SettingsTable;

export const mlpOf = (settings: Required<Omit<MlpOptions, 'symbols' | 'batchNorm'>>, symbols: number): Network => {
  const { block, embedding, hidden, init } = settings;
  return mlp({ symbols, block, embedding, hidden, init });
};
