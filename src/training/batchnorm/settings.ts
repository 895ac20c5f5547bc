import { deepBatchNorm, mlp, type Network } from '../../networks/index.ts';
import { languageModelFields } from '../language-model/settings.ts';
import { mlpFields } from '../mlp/settings.ts';
import type { SettingsOf, SettingsTable } from '../settings.ts';

/** The networks of makemore’s third notebook. */
const networkFields = {
  network: {
    kind: 'choice',
    label: 'Network',
    options: { deep: 'deep', mlp: 'MLP' },
    default: 'deep',
  },
  norm: { kind: 'choice', label: 'BatchNorm', options: { on: 'on', off: 'off' }, default: 'on' },
  gain: { kind: 'number', label: 'Gain', help: '(deep)', min: 0, max: 1e6, default: 1 },
  depth: { kind: 'integer', label: 'Hidden layers', help: '(deep)', min: 1, max: 12, default: 5 },
  hidden: { ...mlpFields.hidden, label: 'Units in each', max: 1024, default: 100 },
  block: mlpFields.block,
  embedding: mlpFields.embedding,
} as const satisfies SettingsTable;

/** The notebook’s deep network takes its last quarter of the steps at a tenth of the rate. */
export const batchNormTable = {
  ...languageModelFields,
  decay: { ...languageModelFields.decay, default: 150_000 },
  ...networkFields,
} as const satisfies SettingsTable;
export type BatchNormSettings = SettingsOf<typeof batchNormTable>;

/** The deep network, or the MLP, which has a gain of its own and one hidden layer. */
export function batchNormOf(settings: BatchNormSettings, symbols: number): Network {
  const { network, norm, gain, depth, hidden, block, embedding } = settings;
  const sizes = { symbols, block, embedding, hidden, batchNorm: norm === 'on' };
  return network === 'mlp' ? mlp(sizes) : deepBatchNorm({ ...sizes, gain, depth });
}

const aNumber = (label: string, value: number) => ({ kind: 'number', label, min: -6, max: 6, default: value }) as const;

/** Five numbers to be normalized, and the one whose slopes are shown. */
export const normalizeBatchTable = {
  x1: aNumber('Number 1', -1),
  x2: aNumber('Number 2', 0.5),
  x3: aNumber('Number 3', 2),
  x4: aNumber('Number 4', 3),
  x5: aNumber('Number 5', 1.5),
  of: {
    kind: 'choice',
    label: 'Slopes of',
    options: { 1: '1', 2: '2', 3: '3', 4: '4', 5: '5' },
    default: '4',
  },
} as const satisfies SettingsTable;
export type NormalizeBatchSettings = SettingsOf<typeof normalizeBatchTable>;
