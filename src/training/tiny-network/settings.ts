import { paceField } from '../pace.ts';
import type { SettingsOf, SettingsTable } from '../settings.ts';

/** The settings of the tiny network of the first post. */
export const tinyNetworkTable = {
  points: {
    kind: 'choice',
    label: 'Points',
    options: { moons: 'Two moons', circles: 'Circles', spiral: 'Spiral', own: 'Your own' },
    default: 'moons',
  },
  hidden: {
    kind: 'widths',
    label: 'Hidden widths',
    help: 'as 16,16',
    maxLayers: 4,
    maxWidth: 32,
    default: [16, 16],
  },
  activation: { kind: 'choice', label: 'Activation', options: { tanh: 'tanh', relu: 'ReLU' }, default: 'tanh' },
  rate: { kind: 'number', label: 'Learning rate', min: 0, max: 100, default: 1, help: 'at the start', live: true },
  steps: { kind: 'integer', label: 'Updates', min: 1, max: 2000, default: 100, live: true },
  zerograd: {
    kind: 'choice',
    label: 'Gradients',
    options: { yes: 'zeroed', no: 'never zeroed' },
    default: 'yes',
    live: true,
  },
  pace: paceField,
  seed: { kind: 'integer', label: 'Seed', min: 0, max: 4294967295, default: 1337 },
  own: { kind: 'text', label: 'Drawn points', maxLength: 1200, default: '', hidden: true },
} as const satisfies SettingsTable;

export type TinyNetworkSettings = SettingsOf<typeof tinyNetworkTable>;
