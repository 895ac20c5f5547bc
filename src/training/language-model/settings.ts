import { corpusField, engineField, seedField } from '../fields.ts';
import { paceField } from '../pace.ts';
import type { SettingsOf, SettingsTable } from '../settings.ts';

/** How many words are drawn at an evaluation. */
export const SAMPLES = 5;

/** What every run of a character model is determined by, beside its network. */
export const languageModelFields = {
  corpus: corpusField,
  steps: { kind: 'integer', label: 'Steps', min: 1, max: 1_000_000, default: 200_000, live: true },
  rate: { kind: 'number', label: 'Learning rate', min: 0, max: 100, default: 0.1, live: true },
  decay: { kind: 'integer', label: 'A tenth from step', min: 0, max: 1_000_000, default: 100_000, live: true },
  /** A figure whose network always normalizes asks for two at least. */
  batch: { kind: 'integer', label: 'Batch size', min: 1 as number, max: 4096, default: 32 },
  seed: seedField,
  engine: engineField,
  pace: paceField,
  /** Where the rate was changed on the way, a link says so here; then `rate` and `decay` are only what the form shows. */
  schedule: {
    kind: 'schedule',
    label: 'Schedule',
    min: 0,
    max: 100,
    maxStep: 1_000_000,
    maxPieces: 200,
    default: [],
    hidden: true,
    live: true,
  },
} as const satisfies SettingsTable;

export type LanguageModelSettings = SettingsOf<typeof languageModelFields>;
