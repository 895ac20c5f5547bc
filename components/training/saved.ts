import type { NetworkState } from '../../src/engines/engine.ts';
import type { GeneratorState } from '../../src/random/index.ts';
import type { LanguageModelSaved } from '../../src/training/language-model/run.ts';
import type { ManualTrainingSaved } from '../../src/training/manual/run.ts';
import type { RateSweepSaved } from '../../src/training/rate-sweep/run.ts';

/*
 * Whether something that was stored can be what a run saved: storage can be older than the page, or damaged. Whether it
 * fits its word list, only the worker knows, which has the list.
 */

const isCount = (x: unknown): x is number => Number.isInteger(x) && (x as number) >= 0;
const isNumber = (x: unknown): x is number => Number.isFinite(x);
const isText = (x: unknown): x is string => typeof x === 'string';
const isListOf = <T>(list: unknown, is: (x: unknown) => x is T): list is T[] => Array.isArray(list) && list.every(is);
const areFinite = (x: unknown): x is Float32Array => x instanceof Float32Array && x.every(Number.isFinite);

function isNetworkState(stored: unknown): stored is NetworkState {
  const { parameters, buffers } = (stored ?? {}) as Partial<NetworkState>;
  return isListOf(parameters, areFinite) && isListOf(buffers, areFinite);
}

function isGeneratorState(stored: unknown): stored is GeneratorState {
  const { words, position } = (stored ?? {}) as Partial<GeneratorState>;
  return words instanceof Uint32Array && words.length === 624 && isCount(position) && position <= words.length;
}

function isCurveState(stored: unknown): stored is LanguageModelSaved['curve'] {
  const { every, values, sum, count } = (stored ?? {}) as Partial<LanguageModelSaved['curve']>;
  return values instanceof Float64Array && isCount(every) && every > 0 && isNumber(sum) && isCount(count);
}

function isDevLosses(stored: unknown): stored is LanguageModelSaved['dev'] {
  const { steps, losses } = (stored ?? {}) as Partial<LanguageModelSaved['dev']>;
  return isListOf(steps, isCount) && isListOf(losses, isNumber) && steps.length === losses.length;
}

function isSchedule(stored: unknown): stored is LanguageModelSaved['schedule'] {
  const isPiece = (x: unknown): x is LanguageModelSaved['schedule'][number] => {
    const { from, rate } = (x ?? {}) as Partial<LanguageModelSaved['schedule'][number]>;
    return isCount(from) && isNumber(rate);
  };
  return isListOf(stored, isPiece) && stored[0]?.from === 0;
}

function isFinalLosses(stored: unknown): stored is LanguageModelSaved['final'] {
  if (stored === undefined) return true;
  const { step, train, dev, test } = (stored ?? {}) as Partial<NonNullable<LanguageModelSaved['final']>>;
  return isCount(step) && isNumber(train) && (dev === undefined || isNumber(dev)) && isNumber(test);
}

/** What can be drawn over steps: as many numbers as there are steps. Ratios of weights that are 0 are infinite. */
const areOver = (steps: unknown, values: unknown): boolean =>
  isListOf(steps, isCount) &&
  isListOf(values, (x): x is number => typeof x === 'number') &&
  values.length === steps.length;

function isHealthSaved(stored: unknown): stored is LanguageModelSaved['health'] {
  if (stored === undefined) return true;
  const { ratios, drift } = (stored ?? {}) as Partial<NonNullable<LanguageModelSaved['health']>>;
  return (
    Array.isArray(ratios?.values) &&
    ratios.values.every((values) => areOver(ratios.steps, values)) &&
    areOver(drift?.steps, drift?.mean) &&
    areOver(drift?.steps, drift?.std)
  );
}

export function isLanguageModelSaved(stored: unknown): stored is LanguageModelSaved {
  const saved = (stored ?? {}) as Partial<LanguageModelSaved>;
  return (
    isText(saved.list) &&
    isCount(saved.step) &&
    isNetworkState(saved.state) &&
    isGeneratorState(saved.generator) &&
    (saved.loss === undefined || isNumber(saved.loss)) &&
    isCurveState(saved.curve) &&
    isDevLosses(saved.dev) &&
    isFinalLosses(saved.final) &&
    isListOf(saved.samples, isText) &&
    isSchedule(saved.schedule) &&
    isHealthSaved(saved.health)
  );
}

function isSideSaved(stored: unknown): stored is ManualTrainingSaved['hand'] {
  const { state, loss, dev, curve } = (stored ?? {}) as Partial<ManualTrainingSaved['hand']>;
  const isLoss = (x: unknown) => x === undefined || isNumber(x);
  return isNetworkState(state) && isLoss(loss) && isLoss(dev) && isCurveState(curve);
}

export function isManualTrainingSaved(stored: unknown): stored is ManualTrainingSaved {
  const { list, step, hand, autograd, difference, generator } = (stored ?? {}) as Partial<ManualTrainingSaved>;
  return (
    isText(list) &&
    isCount(step) &&
    isSideSaved(hand) &&
    isSideSaved(autograd) &&
    isNumber(difference) &&
    isGeneratorState(generator)
  );
}

export function isRateSweepSaved(stored: unknown): stored is RateSweepSaved {
  const { list, step, losses, state, generator } = (stored ?? {}) as Partial<RateSweepSaved>;
  return (
    isText(list) &&
    losses instanceof Float32Array &&
    step === losses.length &&
    isNetworkState(state) &&
    isGeneratorState(generator)
  );
}
