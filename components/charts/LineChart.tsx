import { useSignal } from '@preact/signals';
import { extent, max, ticks as niceTicks } from 'd3-array';
import { useRef } from 'preact/hooks';
import { Numbers } from './Numbers.tsx';
import { polyline } from './polyline.ts';
import { colorOf, rampOf } from './ramp.ts';
import { scaleLinear, scaleLog } from './scale.ts';
import { type Baseline, lastX, type Series, short, valueAt } from './series.ts';
import { type Sample, thin } from './thin.ts';
import { type Box, useBox } from './use-box.ts';
import './charts.css';

interface Props {
  /** What the chart shows, for the heading above it and for those who cannot see it. */
  readonly title: string;
  readonly series: readonly Series[];
  readonly baselines?: readonly Baseline[];
  readonly xLabel: string;
  /** Where the x axis ends, unless the data goes further. */
  readonly xMax: number;
  /** Where it begins; 0 unless told. A logarithmic axis needs more than that. */
  readonly xMin?: number;
  readonly xScale?: 'linear' | 'log';
  readonly formatX?: (x: number) => string;
  readonly scale?: 'linear' | 'log';
  /** Fixed ends of the y axis; without them it fits the data. */
  readonly yDomain?: readonly [number, number] | undefined;
  readonly format?: (y: number) => string;
  /** A place on the x axis that is pointed at. */
  readonly marker?: number | undefined;
  /** A chart that is most of its figure is wider than high. */
  readonly wide?: boolean;
}

const SIZE: Box = { width: 340, height: 176 };
const WIDE_SIZE: Box = { width: 560, height: 224 };
const MARGIN = { top: 8, right: 10, bottom: 34, left: 44 };
const TABLE_ROWS = 11;
/** Two baselines differ in this. */
const PATTERNS = ['dashed', 'dotted'] as const;

const grouped = (x: number): string => x.toLocaleString('en-US');

/**
 * Values over steps, one line a series. Under the pointer, the key tells the values at that place. The numbers behind it are
 * in a table below, for reading or hearing.
 */
export function LineChart({
  title,
  series,
  baselines = [],
  xLabel,
  xMax,
  xMin = 0,
  xScale = 'linear',
  formatX = grouped,
  scale = 'linear',
  yDomain,
  format = short,
  marker,
  wide = false,
}: Props) {
  const svg = useRef<SVGSVGElement>(null);
  const { width, height } = useBox(svg, wide ? WIDE_SIZE : SIZE);
  const pointed = useSignal<number | undefined>(undefined);
  const end = Math.max(xMax, max(series, lastX) ?? 0, xScale === 'linear' ? xMin + 1 : 0);
  const curves = series.map((one) => samples(one, end, width));
  const heights = [...curves.flat(), ...baselines]
    .map(({ y }) => y)
    .filter((y) => Number.isFinite(y) && (scale === 'linear' || y > 0));
  const [low, high] = yDomain ?? yEnds(extent(heights), scale);
  const x = (xScale === 'log' ? scaleLog : scaleLinear)([xMin, end], [MARGIN.left, width - MARGIN.right]);
  const y = (scale === 'log' ? scaleLog : scaleLinear)([low, high], [height - MARGIN.bottom, MARGIN.top], {
    clamp: true,
  });
  const heightOf = (value: number) => (Number.isFinite(value) ? y(value) : Number.NaN);
  const reached = Math.min(end, max(series, lastX) ?? 0);
  const place = pointed.value === undefined ? undefined : Math.min(pointed.value, reached);

  const point = (event: PointerEvent) => {
    const box = (event.currentTarget as SVGElement).getBoundingClientRect();
    const at = x.invert(((event.clientX - box.left) / box.width) * width);
    const inside = at >= xMin && at <= end && reached > xMin;
    pointed.value = inside ? (xScale === 'log' ? at : Math.round(at)) : undefined;
  };

  return (
    <div class={wide ? 'chart wide' : 'chart'}>
      <p class="chart-title">
        {title}
        {series.map((one) => (
          <span
            key={one.label}
            class={`key ${colorOf(one)}${one.dashed ? ' dashed' : ''}${one.faint ? ' faint' : ''}`}
            style={rampOf(one)}
          >
            {one.label} <b>{keyValue(one, place, format)}</b>
          </span>
        ))}
        {baselines.map((baseline, i) => (
          <span key={baseline.label} class={`key tone-muted ${PATTERNS[i % 2]}`}>
            {baseline.label} {format(baseline.y)}
          </span>
        ))}
      </p>
      <svg
        ref={svg}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={describe(title, series, xLabel, format, formatX)}
        onPointerMove={point}
        onPointerLeave={() => {
          pointed.value = undefined;
        }}
      >
        {(scale === 'log' ? decades(low, high) : niceTicks(low, high, 4)).map((tick) => (
          <g key={tick} transform={`translate(0 ${y(tick)})`}>
            <line class="grid" x1={MARGIN.left} x2={width - MARGIN.right} />
            <text class="tick" x={MARGIN.left - 6} dy="0.32em" text-anchor="end">
              {short(tick)}
            </text>
          </g>
        ))}
        {(xScale === 'log' ? logTicks(xMin, end) : niceTicks(xMin, end, width / 110)).map((tick) => (
          <text
            key={tick}
            class="tick"
            x={x(tick)}
            y={height - MARGIN.bottom + 14}
            text-anchor={x(tick) > width - 2 * MARGIN.right ? 'end' : 'middle'}
            dx={x(tick) > width - 2 * MARGIN.right ? MARGIN.right : 0}
          >
            {formatX(tick)}
          </text>
        ))}
        <text class="tick" x={(MARGIN.left + width - MARGIN.right) / 2} y={height - 5} text-anchor="middle">
          {place === undefined ? xLabel : `${xLabel}: ${formatX(place)}`}
        </text>
        {baselines.map((baseline, i) => (
          <line
            key={baseline.label}
            class={`line guide tone-muted ${PATTERNS[i % 2]}`}
            x1={MARGIN.left}
            x2={width - MARGIN.right}
            y1={y(baseline.y)}
            y2={y(baseline.y)}
          />
        ))}
        {series.map((one, i) => (
          <path
            key={one.label}
            class={`line ${colorOf(one)}${one.dashed ? ' guide' : ''}${one.faint ? ' faint' : ''}`}
            style={rampOf(one)}
            d={polyline(
              curves[i]!,
              (sample) => x(sample.x),
              (sample) => heightOf(sample.y),
            )}
          />
        ))}
        {[marker, place].map(
          (at, i) =>
            at !== undefined && (
              <line
                key={i === 0 ? 'marker' : 'pointer'}
                class={i === 0 ? 'marker' : 'pointer'}
                x1={x(at)}
                x2={x(at)}
                y1={MARGIN.top}
                y2={height - MARGIN.bottom}
              />
            ),
        )}
      </svg>
      <Numbers
        title={title}
        columns={[xLabel, ...series.map(({ label }) => label)]}
        rows={() =>
          rows(xMin, reached, xScale).map((at) => [formatX(at), ...series.map((one) => cell(one, at, format))])
        }
        short
      />
    </div>
  );
}

const samples = ({ values, every = 1, at }: Series, end: number, columns: number): Sample[] =>
  at ? Array.from(values, (y, i) => ({ x: at[i]!, y })) : thin(values, every, end, columns);

/** What the key says of a series: its value at the pointer, or its last. */
function keyValue(series: Series, place: number | undefined, format: (y: number) => string): string {
  const value = place === undefined ? series.values[series.values.length - 1] : valueAt(series, place);
  return value === undefined ? '–' : format(value);
}

/** What the table says of a series at a place: nothing beyond its end. */
function cell(series: Series, place: number, format: (y: number) => string): string {
  const end = lastX(series);
  const value = place > end + (series.every ?? 1) ? undefined : valueAt(series, Math.min(place, end));
  return value === undefined ? '' : format(value);
}

/** Evenly spread places, the first and the last among them. */
function rows(from: number, to: number, scale: 'linear' | 'log'): number[] {
  if (to <= from) return [];
  const at = (share: number) =>
    scale === 'log' ? from * (to / from) ** share : Math.round(from + share * (to - from));
  return [...new Set(Array.from({ length: TABLE_ROWS }, (_, i) => at(i / (TABLE_ROWS - 1))))];
}

function describe(
  title: string,
  series: readonly Series[],
  xLabel: string,
  format: (y: number) => string,
  formatX: (x: number) => string,
): string {
  const lines = series.map((one) => {
    const { label, values, at } = one;
    if (values.length === 0) return `${label}: nothing yet`;
    const first = `${format(values[0]!)} at ${formatX(at?.[0] ?? 0)} ${xLabel}`;
    return `${label}: ${first}, ${format(values[values.length - 1]!)} at ${formatX(lastX(one))}`;
  });
  return `${title}. ${lines.join('; ')}.`;
}

/** The ends of the y axis: from 0 on a linear one, whole decades on a logarithmic one. */
function yEnds([low, high]: [number, number] | [undefined, undefined], scale: 'linear' | 'log'): [number, number] {
  if (low === undefined) return scale === 'log' ? [0.1, 1] : [0, 1];
  if (scale === 'log') return [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high * 1.0001))];
  return [Math.min(0, low), high > 0 ? high * 1.05 : 1];
}

/** Whole decades; where there are fewer than two, the ends. */
function logTicks(low: number, high: number): number[] {
  const whole = decades(low, high);
  return whole.length > 1 ? whole : [low, high];
}

function decades(low: number, high: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const count = Math.floor(Math.log10(high) + 1e-9) - first + 1;
  const every = Math.max(1, Math.ceil(count / 5));
  return Array.from({ length: Math.max(0, Math.ceil(count / every)) }, (_, i) => 10 ** (first + i * every));
}
