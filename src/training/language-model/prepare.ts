import type { EngineName, NetworkState } from '../../engines/engine.ts';
import { type Opened, openEngine } from '../../engines/open.ts';
import * as faults from '../../faults.ts';
import { buffersOf, type Network, outputShapes, parametersOf, sizeOf } from '../../networks/index.ts';
import type { TorchGenerator } from '../../random/torch-generator.ts';
import type { CorpusSource } from '../corpus.ts';
import { RunError } from '../run.ts';
import { type LanguageData, loadData } from './data.ts';
import { drawInitial } from './initial.ts';
import type { Watching } from './run.ts';

/** The runs that engine.worker.ts knows. */
export type RunKind = 'mlp' | 'batchnorm' | 'wavenet' | 'rate-sweep' | 'manual';

/** What the page sends with the settings. */
export interface LanguageModelInputs {
  readonly kind: RunKind;
  readonly source: CorpusSource;
  /** What frames carry beside the losses. */
  readonly watching?: Watching | undefined;
}

interface Wanted {
  readonly seed: number;
  readonly batch: number;
  readonly block: number;
  readonly engine: EngineName | 'auto';
}

/** What every run of a character model begins with. */
export interface Prepared<Saved> {
  readonly data: LanguageData;
  readonly opened: Opened;
  /** The run’s one generator, after it drew the parameters; each step draws a minibatch from it. */
  readonly generator: TorchGenerator;
  /** What was put aside, where it fits the list and the network. */
  readonly from: Saved | undefined;
}

/**
 * Reads the list, draws the parameters, or takes those that were put aside, and opens an engine for them.
 * @param networkOf the network of some settings, for a vocabulary of this size.
 * @throws RunError or EngineError with a sentence.
 */
export async function prepareRun<
  Settings extends Wanted,
  Saved extends { readonly state: NetworkState; readonly list: string },
>(
  settings: Settings,
  networkOf: (settings: Settings, symbols: number) => Network,
  from: Saved | undefined,
  inputs: unknown,
  report: (what: string) => void,
): Promise<Prepared<Saved>> {
  report('Reading the word list.');
  const data = await loadData((inputs as LanguageModelInputs).source, settings.block);
  const network = networkOf(settings, data.symbols.length);
  if (hasLonelyNorm(network, settings)) throw new RunError(faults.loneExample);
  const { generator, state: initial } = drawInitial(network, settings.seed);
  const saved = from?.list === data.fingerprint && fitsNetwork(network, from.state) ? from : undefined;
  const { batch, block } = settings;
  const opened = await openEngine(settings.engine, network, saved?.state ?? initial, { batch, block }, report);
  if (!from || saved) return { data, opened, generator, from: saved };
  return { data, opened: { ...opened, notes: [...opened.notes, faults.doesNotFit] }, generator, from: undefined };
}

/** Whether some BatchNorm1d would see a single row. */
function hasLonelyNorm(network: Network, { batch, block }: Wanted): boolean {
  const shapes = outputShapes(network, batch, block);
  return network.some((layer, i) => {
    if (layer.kind !== 'BatchNorm1d') return false;
    return sizeOf(shapes[i]!.slice(0, -1)) / (layer.positions ?? 1) < 2;
  });
}

/** Whether a state is one of this network. */
export function fitsNetwork(network: Network, { parameters, buffers }: NetworkState): boolean {
  const areSized = (specs: readonly { readonly shape: readonly number[] }[], arrays: readonly Float32Array[]) =>
    specs.length === arrays.length && specs.every(({ shape }, i) => arrays[i]!.length === sizeOf(shape));
  return areSized(parametersOf(network), parameters) && areSized(buffersOf(network), buffers);
}
