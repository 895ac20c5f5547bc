import { corpusField, engineField, seedField } from '../fields.ts';
import { languageModelFields } from '../language-model/settings.ts';
import { mlpFields } from '../mlp/settings.ts';
import { paceField } from '../pace.ts';
import type { SettingsOf, SettingsTable } from '../settings.ts';

export const rateSweepTable = {
  corpus: corpusField,
  low: { kind: 'number', label: 'From rate', min: 1e-6, max: 100, default: 0.001 },
  high: { kind: 'number', label: 'To rate', min: 1e-6, max: 100, default: 1 },
  steps: { kind: 'integer', label: 'Steps', min: 10, max: 5000, default: 1000 },
  batch: languageModelFields.batch,
  ...mlpFields,
  seed: seedField,
  engine: engineField,
  pace: paceField,
} as const satisfies SettingsTable;

export type RateSweepSettings = SettingsOf<typeof rateSweepTable>;

/** The rate of each step, the lower one first: `10 ** torch.linspace(log10(low), log10(high), steps)`. */
export function sweptRates({ low, high, steps }: Pick<RateSweepSettings, 'low' | 'high' | 'steps'>): Float64Array {
  const [from, to] = [Math.log10(Math.min(low, high)), Math.log10(Math.max(low, high))];
  return Float64Array.from({ length: steps }, (_, i) => 10 ** (from + ((to - from) * i) / (steps - 1)));
}
