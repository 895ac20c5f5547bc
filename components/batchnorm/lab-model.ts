import type { Look } from '../../src/training/initialization/lab.ts';
import type { InitializationSettings } from '../../src/training/initialization/settings.ts';
import { shortNumber } from './short-number.ts';

const percent = (share: number): string => `${shortNumber(Math.round(1000 * share) / 10)}%`;
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Beyond these, what goes from layer to layer has changed. */
const HOLDS = [0.8, 1.25] as const;
/** So much of the outputs in the tails is too much. */
const SATURATED_SHARE = 0.15;

/** What is to be seen in one half of the lab, in two sentences. */
export function describeLook(look: Look | undefined, isNormalized: boolean, settings: InitializationSettings): string {
  if (!look)
    return 'A minibatch of one example has no spread: the variance would be divided by n − 1 = 0. BatchNorm needs two examples or more.';
  const { loss, layers } = look;
  const { gain } = settings;
  const [first, last] = [layers[0]!, layers.at(-1)!];
  if (![loss, ...layers.flatMap(({ values, gradient }) => [values.std, gradient.std])].every(Number.isFinite))
    return 'Some numbers left the range of single precision on the way, and what is computed from them is no number any more. Lower the gain.';
  if (gain === 0)
    return isNormalized
      ? 'A gain of 0 makes every weight 0, and all examples alike: there is no spread to divide by, only the 10⁻⁵ that is added to the variance, and what is normalized stays 0. The loss is that of guessing, and only the last shift gets a gradient.'
      : 'A gain of 0 makes every weight 0 and every unit answer 0. The loss is that of guessing, no gradient gets past the last layer, and only its bias would ever learn.';
  const saturation = mean(layers.map((layer) => layer.saturation));
  if (saturation > 0.99)
    return `Every sum is so far out that tanh answers −1 or 1: ${percent(saturation)} of the outputs are saturated. The slope there is 0 or nearly so, and ${first.gradient.std === 0 ? 'no gradient at all' : 'hardly any gradient'} comes back through it.`;
  return [
    forward(layers),
    backward(first.gradient.std, last.gradient.std, layers.length),
    hint(isNormalized, gain, first.values.std),
  ]
    .filter(Boolean)
    .join(' ');
}

function forward(layers: Look['layers']): string {
  const [first, last] = [layers[0]!, layers.at(-1)!];
  const saturation = mean(layers.map((layer) => layer.saturation));
  const flat = `${percent(saturation)} of the outputs are saturated`;
  if (layers.length === 1) return `The activations have a spread of ${shortNumber(first.values.std)}, and ${flat}.`;
  const path = `from ${shortNumber(first.values.std)} in layer 1 to ${shortNumber(last.values.std)} in layer ${layers.length}`;
  const ratio = last.values.std / first.values.std;
  if (ratio < HOLDS[0]) return `The activations fade: their spread goes ${path}, and ${flat}.`;
  if (saturation > SATURATED_SHARE) return `The activations crowd at −1 and 1: ${flat}. Their spread goes ${path}.`;
  return `The activations keep their spread, ${path}, and ${flat}.`;
}

function backward(first: number, last: number, depth: number): string {
  if (depth === 1) return '';
  const ratio = first / last;
  const path = `from ${shortNumber(last)} at layer ${depth} to ${shortNumber(first)} at layer 1`;
  if (ratio > HOLDS[1]) return `The gradients grow on their way back, ${path}.`;
  return ratio < HOLDS[0]
    ? `The gradients fade on their way back, ${path}.`
    : `The gradients keep their size, ${path}.`;
}

function hint(isNormalized: boolean, gain: number, spread: number): string {
  if (!isNormalized || gain === 1) return '';
  return spread < 0.55
    ? 'The sums are so small that the 10⁻⁵ added to their variance is no longer small beside it.'
    : 'The gain itself is gone: BatchNorm has divided it out again.';
}
