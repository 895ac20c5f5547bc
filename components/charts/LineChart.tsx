import { extent, max, ticks as niceTicks } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { type Sample, thin } from './thin.ts';
import type { Tone } from './tone.ts';
import './charts.css';

export interface Series {
  readonly label: string;
  /** y at x = 0, `every`, 2 `every`, … */
  readonly values: ArrayLike<number>;
  /** 1 unless told. */
  readonly every?: number;
  readonly tone: Tone;
  /** Tells two lines apart where colors cannot. */
  readonly dashed?: boolean;
}

/** A level to compare with, such as the loss of guessing uniformly. */
export interface Baseline {
  readonly label: string;
  readonly y: number;
}

interface Props {
  /** What the chart shows, for the heading above it and for those who cannot see it. */
  readonly title: string;
  readonly series: readonly Series[];
  readonly baselines?: readonly Baseline[];
  readonly xLabel: string;
  /** Where the x axis ends, unless the data goes further. */
  readonly xMax: number;
  readonly scale?: 'linear' | 'log';
  /** Fixed ends of the y axis; without them it fits the data. */
  readonly yDomain?: readonly [number, number] | undefined;
  readonly format?: (y: number) => string;
}

const WIDTH = 340;
const HEIGHT = 176;
const MARGIN = { top: 8, right: 10, bottom: 34, left: 44 };
const TABLE_ROWS = 11;

const short = (y: number): string => String(Number(y.toPrecision(3))).replace('-', '−');

/** Values over steps, one line a series. The numbers behind it are in a table below, for reading or hearing. */
export function LineChart({
  title,
  series,
  baselines = [],
  xLabel,
  xMax,
  scale = 'linear',
  yDomain,
  format = short,
}: Props) {
  const end = Math.max(1, xMax, max(series, lastX) ?? 0);
  const curves = series.map(({ values, every = 1 }) => thin(values, every, end, WIDTH));
  const heights = [...curves.flat(), ...baselines]
    .map(({ y }) => y)
    .filter((y) => Number.isFinite(y) && (scale === 'linear' || y > 0));
  const [low, high] = yDomain ?? yEnds(extent(heights), scale);
  const x = scaleLinear([0, end], [MARGIN.left, WIDTH - MARGIN.right]);
  const y = (scale === 'log' ? scaleLog : scaleLinear)([low, high], [HEIGHT - MARGIN.bottom, MARGIN.top]).clamp(true);
  const path = line<Sample>(
    (sample) => x(sample.x),
    (sample) => y(sample.y),
  ).defined((sample) => Number.isFinite(sample.y));

  return (
    <div class="chart">
      <p class="chart-title">
        {title}
        {series.map(({ label, values, tone, dashed }) => (
          <span key={label} class={`key tone-${tone}${dashed ? ' dashed' : ''}`}>
            {label} <b>{values.length > 0 ? format(values[values.length - 1]!) : '–'}</b>
          </span>
        ))}
        {baselines.map((baseline) => (
          <span key={baseline.label} class="key tone-muted dashed">
            {baseline.label} {format(baseline.y)}
          </span>
        ))}
      </p>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={describe(title, series, xLabel, format)}>
        {(scale === 'log' ? decades(low, high) : niceTicks(low, high, 4)).map((tick) => (
          <g key={tick} transform={`translate(0 ${y(tick)})`}>
            <line class="grid" x1={MARGIN.left} x2={WIDTH - MARGIN.right} />
            <text class="tick" x={MARGIN.left - 6} dy="0.32em" text-anchor="end">
              {short(tick)}
            </text>
          </g>
        ))}
        {x.ticks(5).map((tick) => (
          <text key={tick} class="tick" x={x(tick)} y={HEIGHT - MARGIN.bottom + 14} text-anchor="middle">
            {tick.toLocaleString('en-US')}
          </text>
        ))}
        <text class="tick" x={(MARGIN.left + WIDTH - MARGIN.right) / 2} y={HEIGHT - 5} text-anchor="middle">
          {xLabel}
        </text>
        {baselines.map((baseline) => (
          <line
            key={baseline.label}
            class="line guide tone-muted"
            x1={MARGIN.left}
            x2={WIDTH - MARGIN.right}
            y1={y(baseline.y)}
            y2={y(baseline.y)}
          />
        ))}
        {series.map(({ label, tone, dashed }, i) => (
          <path key={label} class={`line tone-${tone}${dashed ? ' guide' : ''}`} d={path(curves[i]!) ?? ''} />
        ))}
      </svg>
      <NumberTable {...{ series, xLabel, format }} end={Math.min(end, max(series, lastX) ?? 0)} />
    </div>
  );
}

/** The same values as a table: evenly spread places, the first and the last among them. */
function NumberTable({
  series,
  xLabel,
  format,
  end,
}: Pick<Props, 'series' | 'xLabel'> & { format: (y: number) => string; end: number }) {
  const places = [...new Set(Array.from({ length: TABLE_ROWS }, (_, i) => Math.round((i * end) / (TABLE_ROWS - 1))))];
  return (
    <details class="numbers">
      <summary>Numbers</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{xLabel}</th>
            {series.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <tr key={place}>
              <th scope="row">{place.toLocaleString('en-US')}</th>
              {series.map(({ label, values, every = 1 }) => {
                const i = Math.round(place / every);
                return <td key={label}>{i < values.length ? format(values[i]!) : ''}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

const lastX = ({ values, every = 1 }: Series): number => Math.max(0, values.length - 1) * every;

function describe(title: string, series: readonly Series[], xLabel: string, format: (y: number) => string): string {
  const lines = series.map((one) => {
    const { label, values } = one;
    if (values.length === 0) return `${label}: nothing yet`;
    return `${label}: ${format(values[0]!)} at 0 ${xLabel}, ${format(values[values.length - 1]!)} at ${lastX(one)}`;
  });
  return `${title}. ${lines.join('; ')}.`;
}

/** The ends of the y axis: from 0 on a linear one, whole decades on a logarithmic one. */
function yEnds([low, high]: [number, number] | [undefined, undefined], scale: 'linear' | 'log'): [number, number] {
  if (low === undefined) return scale === 'log' ? [0.1, 1] : [0, 1];
  if (scale === 'log') return [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high * 1.0001))];
  return [Math.min(0, low), high > 0 ? high * 1.05 : 1];
}

function decades(low: number, high: number): number[] {
  const first = Math.round(Math.log10(low));
  const count = Math.round(Math.log10(high)) - first + 1;
  const every = Math.ceil(count / 5);
  return Array.from({ length: Math.ceil(count / every) }, (_, i) => 10 ** (first + i * every));
}
