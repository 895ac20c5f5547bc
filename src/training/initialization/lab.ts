import type { Engine, EngineName, Inspection, NetworkState } from '../../engines/engine.ts';
import { hostOf, type Opened, openEngine } from '../../engines/open.ts';
import { initialBuffers, initialize, type Network } from '../../networks/index.ts';
import type { CorpusSource } from '../corpus.ts';
import {
  BINS,
  gradientReach,
  type LayerHealth,
  type LayerHistograms,
  layerHealth,
  layerHistograms,
  saturationMaps,
} from '../health.ts';
import { drawMinibatches, type LanguageData, loadData } from '../language-model/data.ts';
import { RememberingGenerator } from './remembering-generator.ts';
import { BLOCK, deepOf, type InitializationSettings } from './settings.ts';

/** The network before its first step, on its first minibatch. */
export interface Look {
  readonly loss: number;
  readonly layers: readonly LayerHealth[];
  readonly histograms: readonly LayerHistograms[];
  /** For each tanh layer, the saturated outputs as places in (examples, units). */
  readonly saturated: readonly (readonly number[])[];
}

/** The same network without BatchNorm and with it. */
export interface Examination {
  readonly settings: InitializationSettings;
  /** The loss of guessing. */
  readonly uniform: number;
  readonly plain: Look;
  /** Undefined where the minibatch is a single example, which has no spread. */
  readonly normalized: Look | undefined;
  readonly engine: EngineName;
  /** Sentences about the list and the engine. */
  readonly notes: readonly string[];
}

interface Inspected extends Pick<Inspection, 'loss' | 'activations'> {
  readonly network: Network;
  readonly layers: readonly LayerHealth[];
}

type Open = (
  settings: InitializationSettings,
  network: Network,
  state: NetworkState,
  report: (what: string) => void,
) => Promise<Pick<Opened, 'engine' | 'notes'>>;

/**
 * Draws the deep network for any settings and looks into it. Engines and random numbers are kept from one time to the next,
 * so that a gain that is dragged is answered at once.
 */
export class InitializationLab {
  private readonly open: Open;
  private readonly engines = new Map<boolean, { key: string; engine: Engine; notes: readonly string[] }>();
  private drawn: { key: string; generator: RememberingGenerator } | undefined;

  constructor(open: Open = openReady) {
    this.open = open;
  }

  /** @throws RunError or EngineError with a sentence. */
  async examine(
    settings: InitializationSettings,
    source: CorpusSource,
    report: (what: string) => void = () => {},
  ): Promise<Examination> {
    report('Reading the word list.');
    return this.examineOn(await loadData(source, BLOCK), settings, report);
  }

  async examineOn(
    data: LanguageData,
    settings: InitializationSettings,
    report: (what: string) => void = () => {},
  ): Promise<Examination> {
    try {
      const plain = await this.inspect(data, settings, false, report);
      const normalized = settings.batch > 1 ? await this.inspect(data, settings, true, report) : undefined;
      const { engine, notes } = this.engines.get(false)!;
      // One scale for both, so that they can be compared.
      const reach = gradientReach([...plain.layers, ...(normalized?.layers ?? [])]);
      return {
        settings,
        uniform: data.baselines.uniform,
        plain: lookOf(plain, reach),
        normalized: normalized && lookOf(normalized, reach),
        engine: engine.name,
        notes: [...data.notes, ...notes],
      };
    } catch (error) {
      this.dispose(); // An engine that was lost is opened anew the next time.
      throw error;
    }
  }

  dispose(): void {
    for (const { engine } of this.engines.values()) engine.dispose();
    this.engines.clear();
  }

  private async inspect(
    data: LanguageData,
    settings: InitializationSettings,
    batchNorm: boolean,
    report: (what: string) => void,
  ): Promise<Inspected> {
    const network = deepOf(settings, data.symbols.length, batchNorm);
    const generator = this.generatorFor(data, settings);
    const state = { parameters: initialize(network, generator), buffers: initialBuffers(network) };
    const examples = drawMinibatches(data.train, generator, 1, settings.batch);
    const engine = await this.engineFor(settings, network, state, batchNorm, report);
    const { loss, activations } = await engine.inspect(examples, { activations: true });
    return { loss, network, activations, layers: layerHealth(network, activations) };
  }

  /** At its first number. */
  private generatorFor({ fingerprint }: LanguageData, settings: InitializationSettings): RememberingGenerator {
    const { seed, depth, hidden, batch } = settings;
    const key = JSON.stringify([fingerprint, seed, depth, hidden, batch]);
    if (this.drawn?.key !== key) this.drawn = { key, generator: new RememberingGenerator(seed) };
    this.drawn.generator.rewind();
    return this.drawn.generator;
  }

  private async engineFor(
    settings: InitializationSettings,
    network: Network,
    state: NetworkState,
    batchNorm: boolean,
    report: (what: string) => void,
  ): Promise<Engine> {
    const { depth, hidden, engine: wanted } = settings;
    const key = JSON.stringify([state.parameters[0]!.length, depth, hidden, wanted]);
    const kept = this.engines.get(batchNorm);
    if (kept?.key === key) {
      await kept.engine.load(state);
      return kept.engine;
    }
    kept?.engine.dispose();
    const { engine, notes } = await this.open(settings, network, state, report);
    this.engines.set(batchNorm, { key, engine, notes });
    return engine;
  }
}

const lookOf = ({ loss, layers, network, activations }: Inspected, reach: number): Look => ({
  loss,
  layers,
  histograms: layerHistograms(network, activations, BINS, reach),
  saturated: saturationMaps(network, activations),
});

/** For a single pass any engine will do: where the reader left the choice, the first that starts is taken, without trials. */
const openReady: Open = async ({ engine, batch }, network, state, report) => {
  const host = engine === 'auto' ? await hostOf('simd').catch(() => undefined) : undefined;
  if (host) return { engine: await host.open(network, state), notes: [] };
  return openEngine(engine, network, state, { batch, block: BLOCK }, report);
};
