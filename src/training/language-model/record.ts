import type { Engine, NetworkState } from '../../engines/engine.ts';
import { countParameters, initialBuffers, initialize, type Network } from '../../networks/index.ts';
import { TorchGenerator } from '../../random/torch-generator.ts';
import { prepareData } from './data.ts';
import { type FinalLosses, type LanguageModelFrame, LanguageModelRun } from './run.ts';
import type { LanguageModelSettings } from './settings.ts';

type Settings = LanguageModelSettings & { readonly block: number };

/** A run as it is kept in content/runs/: what a figure draws before anyone presses Play, and what a post says of it. */
export interface LanguageModelRecord<S extends Settings> {
  readonly settings: S;
  readonly symbols: readonly string[];
  readonly baselines: LanguageModelFrame['baselines'];
  readonly parameters: number;
  /** How many words the list has, and how many examples each split. */
  readonly counts: { readonly words: number; readonly train: number; readonly dev: number; readonly test: number };
  readonly step: number;
  readonly loss: number;
  /** Minibatch losses at 0, 1, 10, 100 and 1000: a test runs them again. */
  readonly marks: Readonly<Record<string, number>>;
  readonly curve: { readonly every: number; readonly values: readonly number[] };
  readonly dev: LanguageModelFrame['dev'];
  readonly final: Omit<FinalLosses, 'step'>;
  readonly samples: readonly string[];
  readonly schedule: LanguageModelFrame['schedule'];
  /** Where it was asked for: the weight of the first layer, row after row. */
  readonly embedding?: readonly number[];
}

const MARKS = [0, 1, 10, 100, 1000];
/** As many values as a drawn curve can show. */
const DRAWN = 260;

const round = (digits: number) => (x: number) => Number(x.toFixed(digits));

interface Options<S extends Settings> {
  readonly settings: S;
  readonly words: readonly string[];
  readonly network: (settings: S, symbols: number) => Network;
  readonly open: (network: Network, state: NetworkState) => Promise<Engine>;
  readonly watching?: 'embedding';
}

/** A run at its step 0, with its engine. */
export async function startRun<S extends Settings>(
  options: Options<S>,
): Promise<{ run: LanguageModelRun; network: Network }> {
  const { settings, words, network: networkOf, open, watching } = options;
  const data = prepareData(words, settings.block);
  const network = networkOf(settings, data.symbols.length);
  const generator = new TorchGenerator(settings.seed);
  const state = { parameters: initialize(network, generator), buffers: initialBuffers(network) };
  const opened = { engine: await open(network, state), trials: [], notes: [] };
  return { run: new LanguageModelRun({ settings, data, opened, generator, watching }), network };
}

/** The minibatch losses at the marks that `limit` steps reach. */
export async function lossesAtMarks(run: LanguageModelRun, limit: number): Promise<Record<string, number>> {
  const losses: Record<string, number> = {};
  for (const mark of MARKS.filter((step) => step < limit)) {
    await run.advance(mark + 1 - run.step);
    losses[mark] = (await run.frame()).loss!;
  }
  return losses;
}

export async function recordRun<S extends Settings>(options: Options<S>): Promise<LanguageModelRecord<S>> {
  const { settings, words } = options;
  const { run, network } = await startRun(options);
  const marks = await lossesAtMarks(run, settings.steps);
  await run.advance(settings.steps - run.step);
  const frame = await run.frame();
  run.dispose();
  const { train, dev, test } = prepareData(words, settings.block);
  return {
    settings,
    symbols: frame.symbols,
    baselines: frame.baselines,
    parameters: countParameters(network),
    counts: { words: words.length, train: train.count, dev: dev.count, test: test.count },
    step: frame.step,
    loss: frame.loss!,
    marks,
    curve: joined(frame.curve),
    dev: { steps: frame.dev.steps, losses: frame.dev.losses.map(round(6)) },
    final: { train: frame.final!.train, dev: frame.final!.dev, test: frame.final!.test },
    samples: frame.samples,
    schedule: frame.schedule,
    ...(frame.embedding && { embedding: Array.from(frame.embedding, round(4)) }),
  };
}

/** The curve with fewer values: means of neighbors, until a chart has room for all. */
function joined({ every, values }: LanguageModelFrame['curve']): LanguageModelRecord<Settings>['curve'] {
  const group = Math.ceil(values.length / DRAWN);
  const means = Array.from({ length: Math.floor(values.length / group) }, (_, i) => {
    const part = values.subarray(i * group, (i + 1) * group);
    return part.reduce((sum, x) => sum + x, 0) / group;
  });
  return { every: every * group, values: means.map(round(4)) };
}
