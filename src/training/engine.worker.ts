import { expose } from 'comlink';
import { type LanguageModelInputs, prepareRun, type RunKind } from './language-model/prepare.ts';
import { type LanguageModelFrame, LanguageModelRun, type LanguageModelSaved } from './language-model/run.ts';
import { type MlpTrainingSettings, mlpOf } from './mlp/settings.ts';
import { type Begin, Player } from './player.ts';
import { type RateSweepFrame, RateSweepRun, type RateSweepSaved } from './rate-sweep/run.ts';
import type { RateSweepSettings } from './rate-sweep/settings.ts';

const mlp: Begin<MlpTrainingSettings, LanguageModelFrame, LanguageModelSaved> = async (
  settings,
  from,
  inputs,
  report,
) => {
  const prepared = await prepareRun(settings, mlpOf, from, inputs, report);
  return new LanguageModelRun({ settings, watching: (inputs as LanguageModelInputs).watching, ...prepared });
};

const rateSweep: Begin<RateSweepSettings, RateSweepFrame, RateSweepSaved> = async (settings, from, inputs, report) =>
  new RateSweepRun({ settings, ...(await prepareRun(settings, mlpOf, from, inputs, report)) });

/** How each kind of run begins. The page that asks for a kind sends the settings that belong to it. */
const BEGIN = { mlp, 'rate-sweep': rateSweep } as Record<RunKind, Begin<unknown, unknown, unknown>>;

/*
 * One script for all runs that need an engine: a bundler gives every worker script its own copies of what it imports, and a
 * reader would fetch each engine once for every kind of run.
 */
expose(
  new Player<unknown, unknown, unknown>((settings, from, inputs, report) =>
    BEGIN[(inputs as LanguageModelInputs).kind](settings, from, inputs, report),
  ),
);
