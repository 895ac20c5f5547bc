/** The runs of character models that are kept in content/runs/, by the name of their file. */
import { countParameters, manualMlp, type Network, vocabularySize } from '../src/networks/index.ts';
import { batchNormOf, batchNormTable } from '../src/training/batchnorm/settings.ts';
import type { drawInitial } from '../src/training/language-model/initial.ts';
import { type LanguageModelRecord, recordRun, startRun } from '../src/training/language-model/record.ts';
import type { Watching } from '../src/training/language-model/run.ts';
import type { LanguageModelSettings } from '../src/training/language-model/settings.ts';
import { drawManualInitial } from '../src/training/manual/initial.ts';
import { embeddingMapTable, mlpOf, mlpTrainingTable } from '../src/training/mlp/settings.ts';
import { defaultsOf } from '../src/training/settings.ts';
import { waveNetOf, waveNetTable } from '../src/training/wavenet/settings.ts';
import { openNodeEngine } from './node-engine.ts';

type Settings = LanguageModelSettings & { readonly block: number };

export interface RecordedRun {
  readonly settings: Settings;
  /** For a vocabulary of this size. */
  readonly network: (symbols: number) => Network;
  /** What it begins with, where that is not drawn in the order of the layers. */
  readonly initial?: (network: Network, settings: Settings) => ReturnType<typeof drawInitial>;
  readonly watching?: Watching;
  /** Whether the trained weights are kept too, so that a figure can draw from them. */
  readonly keepsWeights?: true;
}

/** A run of the network that is determined by its settings. */
const runOf = <S extends Settings>(
  settings: S,
  networkOf: (settings: S, symbols: number) => Network,
  more: Pick<RecordedRun, 'initial' | 'watching' | 'keepsWeights'> = {},
): RecordedRun => ({ settings, network: (symbols) => networkOf(settings, symbols), ...more });

const full = defaultsOf(mlpTrainingTable);
const makemore = { corpus: 'makemore' } as const;
const notebook = { init: 'notebook' } as const;
/** The notebook’s deep network, and its MLP, which has more units and an earlier decay. */
const deep = defaultsOf(batchNormTable);
const normalizedMlp = { ...deep, network: 'mlp', hidden: 200, decay: 100_000 } as const;
/** The large one of the notebook on the WaveNet, and three of a third of its size. */
const wave = defaultsOf(waveNetTable);
const pairs = { ...wave, embedding: 10, hidden: 68 };
const flat = { ...pairs, hidden: 200, join: 'all' } as const;
const batchOnly = { ...pairs, over: 'batch' } as const;

/** The whole training of the notebook on manual backpropagation, which has more units than its exercise. */
const manual = { ...full, block: 3, embedding: 10, hidden: 200 };
const manualMlpOf = (settings: typeof manual, symbols: number): Network => manualMlp({ ...settings, symbols });
const manualInitial = (network: Network, settings: Settings) =>
  drawManualInitial(settings as typeof manual, vocabularySize(network));

export const RECORDED_RUNS: Readonly<Record<string, RecordedRun>> = {
  mlp: runOf(full, mlpOf, { keepsWeights: true }),
  'mlp-notebook': runOf({ ...full, ...notebook }, mlpOf),
  'mlp-dinosaurs': runOf({ ...full, corpus: 'dinosaurs', steps: 60_000, decay: 50_000 }, mlpOf),
  'mlp-makemore': runOf({ ...full, ...makemore }, mlpOf),
  'mlp-makemore-notebook': runOf({ ...full, ...makemore, ...notebook }, mlpOf),
  'embedding-map': runOf(defaultsOf(embeddingMapTable), mlpOf, { watching: 'embedding', keepsWeights: true }),
  'batchnorm-mlp': runOf(normalizedMlp, batchNormOf, { keepsWeights: true }),
  'batchnorm-mlp-makemore': runOf({ ...normalizedMlp, ...makemore }, batchNormOf),
  'deep-batchnorm': runOf(deep, batchNormOf, { watching: 'health', keepsWeights: true }),
  'deep-batchnorm-makemore': runOf({ ...deep, ...makemore }, batchNormOf),
  'manual-mlp': runOf(manual, manualMlpOf, { initial: manualInitial }),
  'manual-mlp-makemore': runOf({ ...manual, ...makemore }, manualMlpOf, { initial: manualInitial }),
  wavenet: runOf(wave, waveNetOf, { keepsWeights: true }),
  'wavenet-makemore': runOf({ ...wave, ...makemore }, waveNetOf),
  'wavenet-stopped': runOf({ ...wave, steps: 20_000, decay: 15_000 }, waveNetOf, { keepsWeights: true }),
  'wavenet-flat': runOf(flat, waveNetOf),
  'wavenet-flat-makemore': runOf({ ...flat, ...makemore }, waveNetOf),
  'wavenet-pairs': runOf(pairs, waveNetOf),
  'wavenet-pairs-makemore': runOf({ ...pairs, ...makemore }, waveNetOf),
  'wavenet-batch-only': runOf(batchOnly, waveNetOf),
  'wavenet-batch-only-makemore': runOf({ ...batchOnly, ...makemore }, waveNetOf),
};

const networkIn =
  ({ network }: RecordedRun) =>
  (_: Settings, symbols: number) =>
    network(symbols);

/** A recorded run again, at its step 0. */
export const beginAnew = (run: RecordedRun, words: readonly string[]) =>
  startRun({ ...run, words, network: networkIn(run), open: openNodeEngine });

export const recordAnew = (run: RecordedRun, words: readonly string[]) =>
  recordRun({ ...run, words, network: networkIn(run), open: openNodeEngine });

/** Shorter runs, in which some settings differ from one to the next. */
interface Variations<S extends Settings> {
  readonly base: S;
  readonly networkOf: (settings: S, symbols: number) => Network;
  readonly varied: readonly Partial<S>[];
}

/** What a table needs of a run. */
export interface Variation<S> {
  readonly changed: Partial<S>;
  readonly parameters: number;
  /** Updates made: fewer than were asked for where the loss became infinite or no number. */
  readonly step: number;
  /** Of a run that reached its end. */
  readonly final?: LanguageModelRecord<Settings>['final'];
}

async function recordVariations<S extends Settings>(
  { base, networkOf, varied }: Variations<S>,
  words: readonly string[],
): Promise<{ steps: number; decay: number; runs: Variation<S>[] }> {
  const runs: Variation<S>[] = [];
  for (const changed of varied) {
    const { run, network } = await beginAnew(runOf({ ...base, ...changed }, networkOf), words);
    await run.advance(base.steps);
    const { step, final: ended } = await run.frame();
    run.dispose();
    const final = ended && { train: ended.train, dev: ended.dev, test: ended.test };
    console.log(JSON.stringify(changed), step, final?.dev);
    runs.push({ changed, parameters: countParameters(network), step, ...(final && { final }) });
  }
  return { steps: base.steps, decay: base.decay, runs };
}

const shorter = { steps: 20_000, decay: 15_000 };
const NORMS = ['off', 'on'] as const;

/** Tables of variations, by the name of their file. */
export const RECORDED_VARIATIONS = {
  /** One setting of the MLP at a time. */
  'mlp-sizes': (words: readonly string[]) =>
    recordVariations(
      {
        base: { ...full, steps: 50_000, decay: 25_000 },
        networkOf: mlpOf,
        varied: [
          {},
          ...[25, 50, 100, 400].map((hidden) => ({ hidden })),
          ...[1, 2, 5, 20].map((embedding) => ({ embedding })),
          ...[1, 2, 4, 5, 8].map((block) => ({ block })),
        ],
      },
      words,
    ),
  /** The deep network at several gains, without BatchNorm and with it. */
  'batchnorm-gains': (words: readonly string[]) =>
    recordVariations(
      {
        base: { ...deep, ...shorter },
        networkOf: batchNormOf,
        varied: [0.5, 1, 5 / 3, 3, 10].flatMap((gain) => NORMS.map((norm) => ({ gain, norm }))),
      },
      words,
    ),
  /** The same at several batch sizes, at the gain that is best without BatchNorm. */
  'batchnorm-batches': (words: readonly string[]) =>
    recordVariations(
      {
        base: { ...deep, ...shorter, gain: 5 / 3 },
        networkOf: batchNormOf,
        varied: [2, 4, 8, 16, 32, 128].flatMap((batch) => NORMS.map((norm) => ({ batch, norm }))),
      },
      words,
    ),
} as const;
