import { expose } from 'comlink';
import type { Network } from '../networks/index.ts';
import { batchNormOf } from './batchnorm/settings.ts';
import { InitializationLab } from './initialization/lab.ts';
import { type LanguageModelInputs, prepareRun, type RunKind } from './language-model/prepare.ts';
import { type LanguageModelFrame, LanguageModelRun, type LanguageModelSaved } from './language-model/run.ts';
import type { LanguageModelSettings } from './language-model/settings.ts';
import { beginManualTraining } from './manual/begin.ts';
import { type MlpTrainingSettings, mlpOf } from './mlp/settings.ts';
import { type Begin, Player } from './player.ts';
import { type RateSweepFrame, RateSweepRun, type RateSweepSaved } from './rate-sweep/run.ts';
import type { RateSweepSettings } from './rate-sweep/settings.ts';
import { waveNetOf } from './wavenet/settings.ts';

/** A character model, trained. */
const languageModel =
  <Settings extends LanguageModelSettings & { readonly block: number }>(
    networkOf: (settings: Settings, symbols: number) => Network,
  ): Begin<Settings, LanguageModelFrame, LanguageModelSaved> =>
  async (settings, from, inputs, report) => {
    const prepared = await prepareRun(settings, networkOf, from, inputs, report);
    return new LanguageModelRun({ settings, watching: (inputs as LanguageModelInputs).watching, ...prepared });
  };

const rateSweep: Begin<RateSweepSettings, RateSweepFrame, RateSweepSaved> = async (settings, from, inputs, report) =>
  new RateSweepRun({ settings, ...(await prepareRun(settings, mlpOf, from, inputs, report)) });

/** How each kind of run begins. The page that asks for a kind sends the settings that belong to it. */
const BEGIN = {
  mlp: languageModel<MlpTrainingSettings>(mlpOf),
  batchnorm: languageModel(batchNormOf),
  wavenet: languageModel(waveNetOf),
  'rate-sweep': rateSweep,
  manual: beginManualTraining,
} as unknown as Record<RunKind, Begin<unknown, unknown, unknown>>;

const player = new Player<unknown, unknown, unknown>((settings, from, inputs, report) =>
  BEGIN[(inputs as LanguageModelInputs).kind](settings, from, inputs, report),
);
const lab = new InitializationLab();

/*
 * One script for all that needs an engine: a bundler gives every worker script its own copies of what it imports, and a
 * reader would fetch each engine once for every figure.
 */
expose(Object.assign(player, { examine: lab.examine.bind(lab) }));
