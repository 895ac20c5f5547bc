import type { EngineName } from '../../engines/engine.ts';
import { hostOf, openEngine } from '../../engines/open.ts';
import type { TfjsHost } from '../../engines/tfjs/host.ts';
import * as faults from '../../faults.ts';
import { loadData } from '../language-model/data.ts';
import { fitsNetwork, type LanguageModelInputs } from '../language-model/prepare.ts';
import type { Begin } from '../player.ts';
import { drawManualInitial } from './initial.ts';
import { type ManualTrainingFrame, ManualTrainingRun, type ManualTrainingSaved } from './run.ts';
import type { ManualTrainingSettings } from './settings.ts';

/** Those that have an autograd beside the passes by hand. */
const BACKENDS: readonly EngineName[] = ['wasm', 'webgl', 'webgpu', 'cpu'];

/** Begins both trainings on one backend. */
export const beginManualTraining: Begin<ManualTrainingSettings, ManualTrainingFrame, ManualTrainingSaved> = async (
  settings,
  from,
  inputs,
  report,
) => {
  report('Reading the word list.');
  const data = await loadData((inputs as LanguageModelInputs).source, settings.block);
  const { network, generator, state } = drawManualInitial(settings, data.symbols.length);
  const fits =
    from?.list === data.fingerprint &&
    fitsNetwork(network, from.hand.state) &&
    fitsNetwork(network, from.autograd.state);
  const saved = fits ? from : undefined;
  const { batch, block, engine: wanted } = settings;
  const opened = await openEngine(wanted, network, saved?.hand.state ?? state, { batch, block }, report, BACKENDS);
  const host = (await hostOf(opened.engine.name)) as TfjsHost;
  const autograd = await host.openAutograd(network, saved?.autograd.state ?? state);
  const notes = from && !saved ? [...opened.notes, faults.doesNotFit] : opened.notes;
  return new ManualTrainingRun({ settings, data, hand: opened.engine, autograd, generator, from: saved, notes });
};
