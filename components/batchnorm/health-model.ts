import type { BatchNormSettings } from '../../src/training/batchnorm/settings.ts';
import type { Health } from '../../src/training/language-model/health-watch.ts';
import type { LanguageModelFrame } from '../../src/training/language-model/run.ts';
import { rateAt } from '../../src/training/schedule.ts';
import type { AgreementGroup } from '../charts/AgreementChart.tsx';
import type { Series } from '../charts/series.ts';
import { faultOf, type LanguageModelView } from '../training/language-model.ts';
import { shortNumber } from './short-number.ts';

/** The place of layer i among n on a ramp of colors. */
const rampAt = (i: number, n: number): number => (n > 1 ? i / (n - 1) : 0);

/** The update-to-data ratio of each weight matrix over the steps. */
export function ratioSeries({ ratios }: Health): Series[] {
  const n = ratios.values.length;
  return ratios.values.map((values, i) => ({
    label: matrixName(i, n),
    values,
    at: ratios.steps,
    tone: 'value',
    ramp: rampAt(i, n),
  }));
}

const matrixName = (i: number, n: number): string => (i === 0 ? 'C' : i === n - 1 ? 'logits' : `W${i}`);

/** Ends around all ratios, -4 and -2 among them, in halves so that they stay while the ratios change a little. */
export function ratioDomain({ ratios }: Health): [number, number] {
  const all = ratios.values.flat().filter(Number.isFinite);
  return [
    all.reduce((least, x) => Math.min(least, Math.floor(2 * x) / 2), -4),
    all.reduce((most, x) => Math.max(most, Math.ceil(2 * x) / 2), -2),
  ];
}

type Statistics = NonNullable<Health['statistics']>;

/** The running statistics of every unit against the true ones, a group a layer. */
export function agreement({ layers }: Statistics, what: 'mean' | 'std'): AgreementGroup[] {
  return layers.map(({ layer, running, actual }, i) => ({
    label: String(layer),
    ramp: rampAt(i, layers.length),
    x: actual[what],
    y: running[what],
  }));
}

export const driftSeries = ({ drift }: Health): Series[] => [
  { label: 'means', values: drift.mean, at: drift.steps, tone: 'value' },
  { label: 'deviations', values: drift.std, at: drift.steps, tone: 'gradient', dashed: true },
];

/** Where the logarithms of the ratios should be, and how far from it they say that the rate does not fit. */
const HEALTHY = -3;
const REACH = 1;
/** So far apart, some layers learn and others do not. */
const APART = 1.5;

/** A dev loss so many times that of guessing is not learning, it is damage. */
const DAMAGED = 1.3;

/** What is to be seen in the network right now, in words. */
export function describeHealth(view: LanguageModelView, health: Health, settings: BatchNormSettings): string {
  return [damage(view, settings), inside(health, settings)].filter(Boolean).join(' ');
}

function damage(view: LanguageModelView, { norm }: BatchNormSettings): string {
  const { step, loss, dev, baselines, schedule } = view;
  const last = dev.losses.at(-1) ?? loss;
  if (step === 0 || last === undefined || last < DAMAGED * baselines.uniform) return '';
  const rate = rateAt(schedule, step - 1);
  const times = shortNumber(Math.round((10 * last) / baselines.uniform) / 10);
  const why =
    norm === 'on'
      ? `Either steps at a rate of ${rate} are so large that the logits run away, or the running statistics are not those of the minibatches.`
      : `Steps at a rate of ${rate} are so large that the logits run away.`;
  return `The loss is ${times} times that of guessing uniformly. ${why}`;
}

function inside({ layers, weights }: Health, { gain, network, norm }: BatchNormSettings): string {
  if (network === 'deep' && gain === 0)
    return norm === 'on'
      ? 'With a gain of 0 all examples are alike to every unit: BatchNorm finds no spread to divide by, and only the last shift learns.'
      : 'With a gain of 0 every weight and every unit is 0, and only the last bias learns: the frequencies of the letters, and nothing of their order.';
  const ratios = weights.map(({ updateToData }) => updateToData).filter(Number.isFinite);
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  const saturation = Math.max(...layers.map((layer) => layer.saturation));
  const dead = layers.reduce((count, layer) => count + layer.dead.length, 0);
  const range = `The logarithms of the update-to-data ratios lie between ${signed(low)} and ${signed(high)}`;
  const still = weights.length - ratios.length;
  const judged = ratios.length === 0 ? 'No weight matrix gets an update.' : `${range}${judge(low, high)}.`;
  const without = ratios.length > 0 && still > 0 ? ` ${still} of ${weights.length} matrices get none.` : '';
  const tails = `At most ${shortNumber(Math.round(1000 * saturation) / 10)}% of a layer’s outputs are saturated`;
  const deadText = dead === 1 ? ', and a unit is dead' : `, and ${dead} units are dead`;
  return `${judged}${without} ${tails}${dead > 0 ? `${deadText} on this minibatch` : ''}.`;
}

function judge(low: number, high: number): string {
  if (high - low > APART) return ', far apart: some layers learn and others hardly do';
  if (high > HEALTHY + REACH) return ': some weights change by more than a hundredth with every step, which is fast';
  if (high < HEALTHY - REACH) return ': no weight changes by more than a ten-thousandth with a step, which is slow';
  return high < HEALTHY ? ', a little below −3' : low > HEALTHY ? ', a little above −3' : ', around −3';
}

/** A logarithm of a ratio; a weight that gets no update, or is 0, has none. */
export const ratioText = (x: number): string => (Number.isFinite(x) ? signed(x) : 'none');

const signed = (x: number): string => x.toFixed(1).replace('-', '−');

/** Batches so small that all their examples now and then have the same context. */
const SMALL_BATCH = 8;

/** A sentence where the run has failed. */
export function faultOfBatchNorm(frame: LanguageModelFrame, settings: BatchNormSettings): string | undefined {
  const fault = faultOf(frame);
  if (!fault) return undefined;
  const { network, norm, batch } = settings;
  if (norm === 'on' && batch <= SMALL_BATCH) {
    const divided =
      network === 'mlp'
        ? 'This network adds nothing to the variance, and divides 0 by 0.'
        : 'It divides by √10⁻⁵ = 0.003 then, and multiplies the gradient, and its rounding errors, by 316 on their way back, once a layer.';
    return `At step ${frame.step.toLocaleString('en-US')} the loss is no number any more. Where all ${batch} examples of a minibatch have the same context, BatchNorm finds no spread. ${divided} Take a larger batch and press Reset.`;
  }
  const ratios = (frame.health?.weights ?? []).map(({ updateToData }) => updateToData).filter(Number.isFinite);
  if (ratios.length === 0) return fault;
  return `${fault} When the network was last looked at, the logarithm of the largest update-to-data ratio was ${signed(Math.max(...ratios))}; about −3 is healthy.`;
}
