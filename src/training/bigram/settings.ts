import type { SettingsTable } from '../settings.ts';

/** The lists that a reader can choose from. */
export const corpusField = {
  kind: 'choice',
  label: 'Word list',
  options: {
    names: 'Names',
    makemore: 'makemore',
    dinosaurs: 'Dinosaurs',
    minerals: 'Minerals',
    own: 'Your own',
  },
  default: 'names',
} as const;

/** The seed of every makemore notebook. */
export const seedField = { kind: 'integer', label: 'Seed', min: 0, max: 4294967295, default: 2147483647 } as const;

export const bigramCountsTable = {
  corpus: corpusField,
  smoothing: { kind: 'number', label: 'Smoothing', min: 0, max: 10000, default: 1 },
  word: { kind: 'text', label: 'Word', maxLength: 32, default: '' },
} as const satisfies SettingsTable;

export const bigramSamplerTable = {
  corpus: corpusField,
  seed: seedField,
  temperature: { kind: 'number', label: 'Temperature', min: 0.05, max: 20, default: 1 },
} as const satisfies SettingsTable;
