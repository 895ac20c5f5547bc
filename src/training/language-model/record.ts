import type { UnitStatistics } from '../../diagnostics/drift.ts';
import type { Engine, NetworkState } from '../../engines/engine.ts';
import { countParameters, type Network } from '../../networks/index.ts';
import { type LayerHistograms, layerHistograms, roundedHealth } from '../health.ts';
import type { CurvePoints } from './curve.ts';
import { type LanguageData, prepareData } from './data.ts';
import type { Health } from './health-watch.ts';
import { drawInitial } from './initial.ts';
import { type FinalLosses, type LanguageModelFrame, LanguageModelRun, type Watching } from './run.ts';
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
  /** Of the tanh layers, before the first step and after the last. */
  readonly histograms: { readonly first: readonly LayerHistograms[]; readonly last: readonly LayerHistograms[] };
  /** Where it was asked for: the weight of the first layer, row after row. */
  readonly embedding?: readonly number[];
  /** Where it was asked for: the network’s inside after the last step, and how it came there. */
  readonly health?: Health;
}

const MARKS = [0, 1, 10, 100, 1000];
/** As many values as a drawn curve can show. */
const DRAWN = 260;
const DRAWN_RATIOS = 140;
/** How many digits that count are kept of spreads and ratios. */
const HEALTH_DIGITS = 6;
/** How many examples the histograms are of, and how many bins they have. */
const LOOKED_AT = 256;
const BINS = 40;

const round = (digits: number) => (x: number) => Number(x.toFixed(digits));

interface Options<S extends Settings> {
  readonly settings: S;
  readonly words: readonly string[];
  readonly network: (settings: S, symbols: number) => Network;
  /** What the run begins with; drawn in the order of the network’s layers unless told. */
  readonly initial?: ((network: Network, settings: S) => ReturnType<typeof drawInitial>) | undefined;
  readonly open: (network: Network, state: NetworkState) => Promise<Engine>;
  readonly watching?: Watching | undefined;
}

/** A run at its step 0, with what it runs on. */
export async function startRun<S extends Settings>(
  options: Options<S>,
): Promise<{ run: LanguageModelRun; network: Network; data: LanguageData; engine: Engine }> {
  const { settings, words, network: networkOf, initial, open, watching } = options;
  const data = prepareData(words, settings.block);
  const network = networkOf(settings, data.symbols.length);
  const { generator, state } = initial?.(network, settings) ?? drawInitial(network, settings.seed);
  const engine = await open(network, state);
  const opened = { engine, open, trials: [], notes: [] };
  return { run: new LanguageModelRun({ settings, data, opened, generator, watching }), network, data, engine };
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

/** A whole run: its record, and the weights that it ends with. */
export async function recordRun<S extends Settings>(
  options: Options<S>,
): Promise<{ record: LanguageModelRecord<S>; network: Network; state: NetworkState }> {
  const { settings, words } = options;
  const { run, network, data, engine } = await startRun(options);
  const first = await lookInside(engine, data);
  const marks = await lossesAtMarks(run, settings.steps);
  await run.advance(settings.steps - run.step);
  const frame = await run.frame();
  const last = await lookInside(engine, data);
  const state = await engine.state();
  run.dispose();
  const { train, dev, test } = data;
  const record = {
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
    histograms: { first, last },
    ...(frame.embedding && { embedding: Array.from(frame.embedding, round(4)) }),
    ...(frame.health && { health: shortened(frame.health) }),
  };
  return { record, network, state };
}

/** The tanh layers on the first examples of the training split, in one forward and backward pass. */
async function lookInside(engine: Engine, { train }: LanguageData): Promise<LayerHistograms[]> {
  const block = train.contexts.length / train.count;
  const examples = {
    contexts: train.contexts.subarray(0, LOOKED_AT * block),
    targets: train.targets.subarray(0, LOOKED_AT),
  };
  const { activations } = await engine.inspect(examples, { activations: true });
  return layerHistograms(engine.network, activations, BINS);
}

/** With fewer ratios, and as many digits as a chart can show. */
function shortened({ ratios, drift, statistics, layers, weights, ...rest }: Health): Health {
  const every = Math.ceil(ratios.steps.length / DRAWN_RATIOS);
  const thin = <T>(list: readonly T[]) => list.filter((_, i) => i % every === 0);
  const precise = (x: number) => Number(x.toPrecision(HEALTH_DIGITS));
  const unitStatistics = ({ mean, std }: UnitStatistics) => ({
    mean: Array.from(mean, round(3)),
    std: Array.from(std, round(3)),
  });
  return {
    ...rest,
    layers: roundedHealth(layers, HEALTH_DIGITS),
    weights: weights.map(({ parameter, shape, std, gradientStd, ...weight }) => ({
      parameter,
      shape,
      std: precise(std),
      gradientStd: precise(gradientStd),
      gradientToData: precise(weight.gradientToData),
      updateToData: precise(weight.updateToData),
    })),
    ratios: { steps: thin(ratios.steps), values: ratios.values.map((one) => thin(one).map(round(3))) },
    drift: { steps: drift.steps, mean: drift.mean.map(round(5)), std: drift.std.map(round(5)) },
    statistics: statistics && {
      ...statistics,
      layers: statistics.layers.map(({ layer, running, actual }) => ({
        layer,
        running: unitStatistics(running),
        actual: unitStatistics(actual),
      })),
    },
  };
}

/** The curve with fewer values: means of neighbors, until each stands for `joint` steps or a chart has room for all. */
export function joined({ every, values }: CurvePoints, joint?: number): LanguageModelRecord<Settings>['curve'] {
  const group = joint === undefined ? Math.ceil(values.length / DRAWN) : joint / every;
  const means = Array.from({ length: Math.floor(values.length / group) }, (_, i) => {
    const part = values.subarray(i * group, (i + 1) * group);
    return part.reduce((sum, x) => sum + x, 0) / group;
  });
  return { every: every * group, values: means.map(round(4)) };
}
