import { type Drift, drift, type UnitStatistics } from '../../diagnostics/drift.ts';
import type { Engine, Examples, NetworkState } from '../../engines/engine.ts';
import { buffersOf, type Network, outputShapes } from '../../networks/index.ts';
import type { Windows } from '../../text/index.ts';
import {
  BINS,
  gradientReach,
  type LayerHealth,
  type LayerHistograms,
  layerHealth,
  layerHistograms,
  type WeightHealth,
  weightHealth,
} from '../health.ts';

/** The running statistics of one BatchNorm1d beside the true ones of what it normalizes. */
export interface NormStatistics {
  /** The layer’s place in the network. */
  readonly layer: number;
  readonly running: UnitStatistics;
  readonly actual: UnitStatistics;
}

/** How the network’s inside looks, and how that has changed. */
export interface Health {
  /** The step before which the layers were looked at, on its minibatch. */
  readonly step: number;
  readonly layers: readonly LayerHealth[];
  /** All gradients to one scale. */
  readonly histograms: readonly LayerHistograms[];
  readonly weights: readonly WeightHealth[];
  /** The update-to-data ratios of the weight matrices as powers of ten: one list for each, one number for each step. */
  readonly ratios: { readonly steps: readonly number[]; readonly values: readonly (readonly number[])[] };
  /** Where the network has BatchNorm1d: at the last comparison, on how many examples, and how far off at each. */
  readonly statistics: { readonly examples: number; readonly layers: readonly NormStatistics[] } | undefined;
  readonly drift: {
    readonly steps: readonly number[];
    readonly mean: readonly number[];
    readonly std: readonly number[];
  };
}

/** What goes on when a run does. */
export type HealthSaved = Pick<Health, 'ratios' | 'drift'>;

interface Parts {
  readonly engine: Engine;
  /** Opens an engine of the same kind. */
  readonly open: (network: Network, state: NetworkState) => Promise<Engine>;
  readonly train: Windows;
  readonly from?: HealthSaved | undefined;
}

/** The true statistics are those of so many examples, or of fewer where the network is so large that these many numbers would leave its layers. */
const EXAMPLES = 2048;
const NUMBERS = 2 ** 22;

/** How many steps lie between two ratios that are kept: one looks closely at the start, where they change. */
export function ratioInterval(step: number): number {
  if (step < 200) return 10;
  if (step < 2000) return 50;
  return step < 20_000 ? 500 : 1000;
}

/** Whether an evaluation at a step is one that compares the running statistics: it costs as much as sixty steps. */
export const isCompared = (step: number): boolean => step < 2000 || step % 5000 === 0;

/** Looks into a network while it learns. What it looks at, it leaves as it is. */
export class HealthWatch {
  private readonly engine: Engine;
  private readonly open: Parts['open'];
  private readonly examples: Examples;
  private readonly ratios: { steps: number[]; values: number[][] };
  private readonly drift: { steps: number[]; mean: number[]; std: number[] };
  private last: Pick<Health, 'step' | 'layers' | 'histograms' | 'weights'> | undefined;
  private statistics: Health['statistics'];
  /** The same network, except that its running statistics are those of the last minibatch alone. */
  private forgetful: Engine | undefined;

  constructor({ engine, open, train, from }: Parts) {
    this.engine = engine;
    this.open = open;
    this.examples = firstExamples(engine.network, train);
    this.ratios = {
      steps: [...(from?.ratios.steps ?? [])],
      values: (from?.ratios.values ?? []).map((one) => [...one]),
    };
    const { steps = [], mean = [], std = [] } = from?.drift ?? {};
    this.drift = { steps: [...steps], mean: [...mean], std: [...std] };
  }

  /** Looks at the layers and weights before a step. */
  async look(step: number, minibatch: Examples, rate: number): Promise<void> {
    if (this.last?.step === step) return;
    const { network } = this.engine;
    const { loss, gradients, activations } = await this.engine.inspect(minibatch, { activations: true });
    if (!Number.isFinite(loss)) return; // There is nothing to be seen; the last look says how it came.
    const { parameters } = await this.engine.state();
    const layers = layerHealth(network, activations);
    this.last = {
      step,
      layers,
      histograms: layerHistograms(network, activations, BINS, gradientReach(layers)),
      weights: weightHealth(network, parameters, gradients, rate),
    };
  }

  /** Keeps the ratios of the last look. */
  keepRatios(): void {
    if (!this.last || this.last.step <= (this.ratios.steps.at(-1) ?? -1)) return;
    this.ratios.steps.push(this.last.step);
    for (const [i, { updateToData }] of this.last.weights.entries()) {
      this.ratios.values[i] ??= [];
      this.ratios.values[i].push(updateToData);
    }
  }

  /** Compares the running statistics with the true ones. */
  async compare(step: number): Promise<void> {
    const { network } = this.engine;
    const specs = buffersOf(network);
    if (specs.length === 0 || this.examples.targets.length < 2) return;
    const state = await this.engine.state();
    this.forgetful ??= await this.open(
      network.map((layer) => (layer.kind === 'BatchNorm1d' ? { ...layer, momentum: 1 } : layer)),
      state,
    );
    await this.forgetful.load(state);
    await this.forgetful.train({ ...this.examples, rates: [0] });
    const actual = (await this.forgetful.state()).buffers;
    const layers = specs.flatMap(({ layer, name }, i) =>
      name === 'running_mean'
        ? []
        : [
            {
              layer,
              running: unitStatistics(name, state.buffers[i - 1]!, state.buffers[i]!),
              actual: unitStatistics(name, actual[i - 1]!, actual[i]!),
            },
          ],
    );
    this.statistics = { examples: this.examples.targets.length, layers };
    if (step <= (this.drift.steps.at(-1) ?? -1)) return;
    const overall = meanDrift(layers.map(({ running, actual }) => drift(running, actual)));
    this.drift.steps.push(step);
    this.drift.mean.push(overall.mean);
    this.drift.std.push(overall.std);
  }

  /** Undefined before the first look. */
  frame(): Health | undefined {
    return this.last && { ...this.last, statistics: this.statistics, ...this.save() };
  }

  save(): HealthSaved {
    const { steps, values } = this.ratios;
    const { drift } = this;
    return {
      ratios: { steps: [...steps], values: values.map((one) => [...one]) },
      drift: { steps: [...drift.steps], mean: [...drift.mean], std: [...drift.std] },
    };
  }

  dispose(): void {
    this.forgetful?.dispose();
  }
}

/** The first examples of the training split, whose words were shuffled: as good as drawn. */
function firstExamples(network: Network, { contexts, targets, count }: Windows): Examples {
  const block = contexts.length / count;
  const numbers = outputShapes(network, 1, block).reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);
  const examples = Math.min(EXAMPLES, count, Math.max(2, Math.floor(NUMBERS / numbers)));
  return { contexts: contexts.subarray(0, examples * block), targets: targets.subarray(0, examples) };
}

function unitStatistics(name: string, mean: Float32Array, second: Float32Array): UnitStatistics {
  return { mean, std: name === 'running_std' ? second : second.map(Math.sqrt) };
}

/** Over the layers that have a measure. */
function meanDrift(drifts: readonly Drift[]): Drift {
  const mean = (values: readonly number[]) => {
    const measured = values.filter((x) => !Number.isNaN(x));
    return measured.reduce((sum, x) => sum + x, 0) / measured.length;
  };
  return { mean: mean(drifts.map((one) => one.mean)), std: mean(drifts.map((one) => one.std)) };
}
