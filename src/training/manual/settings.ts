import { ENGINE_LABELS } from '../../engines/engine.ts';
import { manualMlp, type Network } from '../../networks/index.ts';
import { corpusField, seedField } from '../fields.ts';
import { languageModelFields } from '../language-model/settings.ts';
import { mlpFields } from '../mlp/settings.ts';
import { paceField } from '../pace.ts';
import type { SettingsOf, SettingsTable } from '../settings.ts';

/** The backends of TensorFlow.js: the project’s own kernels have no autograd to compare with. */
const { webgl, webgpu, wasm, cpu } = ENGINE_LABELS;
const tfjsEngineField = {
  kind: 'choice',
  label: 'Engine',
  options: { auto: 'fastest here', webgl, webgpu, wasm, cpu },
  default: 'auto',
} as const;

/** Makemore’s notebook on manual backpropagation, but for its length: the same steps are made twice. */
export const manualTrainingTable = {
  corpus: corpusField,
  steps: { kind: 'integer', label: 'Steps', min: 1, max: 200_000, default: 10_000 },
  rate: { kind: 'number', label: 'Learning rate', min: 0, max: 100, default: 0.1 },
  decay: { kind: 'integer', label: 'A tenth from step', min: 0, max: 200_000, default: 100_000 },
  // A minibatch of one example has no variance to divide by.
  batch: { ...languageModelFields.batch, min: 2 },
  block: mlpFields.block,
  embedding: mlpFields.embedding,
  hidden: { ...mlpFields.hidden, default: 64 },
  seed: seedField,
  engine: tfjsEngineField,
  pace: paceField,
} as const satisfies SettingsTable;
export type ManualTrainingSettings = SettingsOf<typeof manualTrainingTable>;

/** The network of the 26 steps. @param symbols the size of the vocabulary. */
export function manualNetworkOf(
  { block, embedding, hidden }: Pick<ManualTrainingSettings, 'block' | 'embedding' | 'hidden'>,
  symbols: number,
): Network {
  return manualMlp({ symbols, block, embedding, hidden });
}
