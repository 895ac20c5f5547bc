import type { NetworkState } from '../../src/engines/engine.ts';
import type { GeneratorState } from '../../src/random/index.ts';
import type { LanguageModelSaved } from '../../src/training/language-model/run.ts';
import type { RateSweepSaved } from '../../src/training/rate-sweep/run.ts';

/*
 * Whether something that was stored can be what a run saved: storage can be older than the page, or damaged. Whether it
 * fits its word list, only the worker knows, which has the list.
 */

function isNetworkState(stored: unknown): stored is NetworkState {
  const { parameters, buffers } = (stored ?? {}) as Partial<NetworkState>;
  const areFinite = (list: unknown) =>
    Array.isArray(list) && list.every((one) => one instanceof Float32Array && one.every(Number.isFinite));
  return areFinite(parameters) && areFinite(buffers);
}

function isGeneratorState(stored: unknown): stored is GeneratorState {
  const { words, position } = (stored ?? {}) as Partial<GeneratorState>;
  return words instanceof Uint32Array && words.length === 624 && Number.isInteger(position);
}

export function isLanguageModelSaved(stored: unknown): stored is LanguageModelSaved {
  const { step, state, generator, curve, dev, samples, schedule } = (stored ?? {}) as Partial<LanguageModelSaved>;
  return (
    Number.isInteger(step) &&
    isNetworkState(state) &&
    isGeneratorState(generator) &&
    curve?.values instanceof Float32Array &&
    Number.isInteger(curve.every) &&
    Array.isArray(dev?.steps) &&
    dev.steps.length === dev.losses?.length &&
    Array.isArray(samples) &&
    Array.isArray(schedule) &&
    schedule.length > 0
  );
}

export function isRateSweepSaved(stored: unknown): stored is RateSweepSaved {
  const { step, losses, state, generator } = (stored ?? {}) as Partial<RateSweepSaved>;
  return (
    losses instanceof Float32Array && step === losses.length && isNetworkState(state) && isGeneratorState(generator)
  );
}
