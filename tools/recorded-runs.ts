/** The runs of character models that are kept in content/runs/, by the name of their file. */
import { deepBatchNorm, mlp, type Network, waveNet } from '../src/networks/index.ts';
import { type LanguageModelRecord, recordRun, startRun } from '../src/training/language-model/record.ts';
import type { LanguageModelSettings } from '../src/training/language-model/settings.ts';
import { embeddingMapTable, mlpOf, mlpTrainingTable } from '../src/training/mlp/settings.ts';
import { defaultsOf } from '../src/training/settings.ts';
import { openNodeEngine } from './node-engine.ts';

interface Sizes {
  readonly block: number;
  readonly embedding: number;
  readonly hidden: number;
}
export type RecordedSettings = LanguageModelSettings & Sizes & { readonly init: 'notebook' | 'scaled' };

export interface RecordedRun {
  readonly settings: RecordedSettings;
  readonly network: (settings: RecordedSettings, symbols: number) => Network;
  readonly watching?: 'embedding';
  /** Whether the trained weights are kept too, so that a figure can draw from them. */
  readonly keepsWeights?: true;
}

const full = defaultsOf(mlpTrainingTable);
const makemore = { corpus: 'makemore' } as const;
const notebook = { init: 'notebook' } as const;
/** In the notebooks of the deeper networks the rate falls later. */
const deep = { ...full, decay: 150_000, hidden: 100 };
const wave = { ...full, decay: 150_000, seed: 42, block: 8, embedding: 24, hidden: 128 };

const batchNormOf = ({ block, embedding, hidden }: Sizes, symbols: number): Network =>
  mlp({ symbols, block, embedding, hidden, batchNorm: true });
const deepOf = ({ block, embedding, hidden }: Sizes, symbols: number): Network =>
  deepBatchNorm({ symbols, block, embedding, hidden });
const waveOf = ({ block, embedding, hidden }: Sizes, symbols: number): Network =>
  waveNet({ symbols, embedding, hidden, levels: Math.log2(block) });

export const RECORDED_RUNS: Readonly<Record<string, RecordedRun>> = {
  mlp: { settings: full, network: mlpOf, keepsWeights: true },
  'mlp-notebook': { settings: { ...full, ...notebook }, network: mlpOf },
  'mlp-dinosaurs': { settings: { ...full, corpus: 'dinosaurs', steps: 60_000, decay: 50_000 }, network: mlpOf },
  'mlp-makemore': { settings: { ...full, ...makemore }, network: mlpOf },
  'mlp-makemore-notebook': { settings: { ...full, ...makemore, ...notebook }, network: mlpOf },
  'embedding-map': {
    settings: defaultsOf(embeddingMapTable),
    network: mlpOf,
    watching: 'embedding',
    keepsWeights: true,
  },
  'batchnorm-mlp': { settings: full, network: batchNormOf, keepsWeights: true },
  'batchnorm-mlp-makemore': { settings: { ...full, ...makemore }, network: batchNormOf },
  'deep-batchnorm': { settings: deep, network: deepOf, keepsWeights: true },
  'deep-batchnorm-makemore': { settings: { ...deep, ...makemore }, network: deepOf },
  wavenet: { settings: wave, network: waveOf, keepsWeights: true },
  'wavenet-makemore': { settings: { ...wave, ...makemore }, network: waveOf },
};

/** A recorded run again, at its step 0. */
export const beginAnew = ({ network }: RecordedRun, settings: RecordedSettings, words: readonly string[]) =>
  startRun({ settings, words, network, open: openNodeEngine });

export const recordAnew = ({ settings, network, watching }: RecordedRun, words: readonly string[]) =>
  recordRun({ settings, words, network, open: openNodeEngine, watching });

/** One setting of the MLP at a time is changed, in shorter runs. */
const VARIED: readonly Partial<RecordedSettings>[] = [
  {},
  ...[25, 50, 100, 400].map((hidden) => ({ hidden })),
  ...[1, 2, 5, 20].map((embedding) => ({ embedding })),
  ...[1, 2, 4, 5, 8].map((block) => ({ block })),
];

/** What a table needs of a run. */
export interface Variation {
  readonly changed: Partial<RecordedSettings>;
  readonly parameters: number;
  readonly final: LanguageModelRecord<RecordedSettings>['final'];
}

export async function recordVariations(
  words: readonly string[],
): Promise<{ steps: number; decay: number; runs: Variation[] }> {
  const shorter = { steps: 50_000, decay: 25_000 };
  const runs: Variation[] = [];
  for (const changed of VARIED) {
    const settings = { ...full, ...shorter, ...changed };
    const { parameters, final } = (await recordAnew({ settings, network: mlpOf }, words)).record;
    console.log(JSON.stringify(changed), final.dev);
    runs.push({ changed, parameters, final });
  }
  return { ...shorter, runs };
}
