import { corpusField, seedField } from '../fields.ts';
import type { SettingsTable } from '../settings.ts';

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
