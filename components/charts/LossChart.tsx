import { LineChart } from './LineChart.tsx';
import { type Baseline, type Series, short } from './series.ts';
import type { Tone } from './tone.ts';

/** The losses of one run. */
export interface LossCurves {
  /** Which run it is, where there are several. */
  readonly label?: string;
  /** Minibatch losses: value i is the mean over `every` steps. */
  readonly curve: { readonly every: number; readonly values: ArrayLike<number> };
  readonly dev: { readonly steps: readonly number[]; readonly losses: readonly number[] };
}

interface Props {
  readonly runs: readonly LossCurves[];
  readonly baselines: readonly Baseline[];
  /** Where the x axis ends, unless a run goes further. */
  readonly steps: number;
  /** Whether it is most of its figure. */
  readonly wide?: boolean;
}

/** A run that begins far above everything else would press all that follows into one line. */
const HIGHEST = 4;

const TONES: readonly (readonly [dev: Tone, minibatch: Tone])[] = [
  ['value', 'value'],
  ['negative', 'negative'],
  ['positive', 'positive'],
];

/** The losses of one or several runs over their steps: the minibatches’ faint, the dev split’s strong. */
export function LossChart({ runs, baselines, steps, wide = false }: Props) {
  const series = runs.flatMap(({ label, curve, dev }, i): Series[] => {
    const [strong, faint] = TONES[i % TONES.length]!;
    const of = label ? `, ${label}` : '';
    const dashed = i > 0;
    return [
      { label: `minibatch${of}`, values: curve.values, every: curve.every, tone: faint, faint: true, dashed },
      { label: `dev${of}`, values: dev.losses, at: dev.steps, tone: strong, dashed },
    ];
  });
  const yDomain = domain(series, baselines);
  const isCut = yDomain !== undefined && series.some(({ values }) => Array.from(values).some((y) => y > yDomain[1]));
  return (
    <LineChart
      title={isCut ? `Loss, cut off at ${short(yDomain[1])}` : 'Loss'}
      series={series}
      baselines={baselines}
      xLabel="steps"
      xMax={steps}
      yDomain={yDomain}
      format={lossText}
      wide={wide}
    />
  );
}

const lossText = (y: number): string => (Number.isFinite(y) ? y.toFixed(3) : y > 0 ? '∞' : 'no number');

/** From a little under the lowest value to a little above the highest, cut where the start of a run is far off. */
function domain(series: readonly Series[], baselines: readonly Baseline[]): [number, number] | undefined {
  const levels = baselines.map(({ y }) => y).filter(Number.isFinite);
  const values = series.flatMap(({ values }) => Array.from(values)).filter(Number.isFinite);
  const lowest = values.length > 0 ? values.reduce((least, y) => Math.min(least, y)) : 0;
  const all = [...levels, ...values];
  if (all.length === 0) return undefined;
  const low = all.reduce((least, y) => Math.min(least, y));
  const high = all.reduce((most, y) => Math.max(most, y));
  const ceiling = Math.max(HIGHEST, 1.1 * lowest, ...levels.map((level) => 1.1 * level));
  return [Math.max(0, Math.floor(10 * low - 1) / 10), Math.min(ceiling, Math.ceil(10 * high + 0.5) / 10)];
}

/** The levels that a model is measured against: one that sees a single symbol, where it is known, and one that sees none. */
export const baselinesOf = ({ uniform, bigram }: { uniform: number; bigram?: number | undefined }): Baseline[] => [
  ...(bigram === undefined ? [] : [{ label: 'bigram', y: bigram }]),
  { label: 'uniform', y: uniform },
];
