import { ticks as niceTicks } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import './charts.css';

export interface Series {
  readonly label: string;
  /** y by index: the value at x = 0, 1, 2, … */
  readonly values: ArrayLike<number>;
  /** The color’s role. */
  readonly tone: 'value' | 'gradient' | 'positive' | 'negative' | 'muted';
}

interface Props {
  /** What the chart shows, for the heading above it and for those who cannot see it. */
  readonly title: string;
  readonly series: readonly Series[];
  readonly xLabel: string;
  /** Where the x axis ends, whatever has been drawn so far. */
  readonly xMax: number;
  readonly scale?: 'linear' | 'log';
  /** Fixed ends of the y axis; without them it fits the data. */
  readonly yDomain?: readonly [number, number];
  readonly format?: (y: number) => string;
}

const WIDTH = 340;
const HEIGHT = 176;
const MARGIN = { top: 8, right: 10, bottom: 34, left: 44 };
const TABLE_ROWS = 11;

const short = (y: number): string => String(Number(y.toPrecision(3)));

/** Values over steps, one line a series. The numbers behind it are in a table below, for reading or hearing. */
export function LineChart({ title, series, xLabel, xMax, scale = 'linear', yDomain, format = short }: Props) {
  const finite = series.flatMap(({ values }) =>
    Array.from(values).filter((y) => Number.isFinite(y) && (scale === 'linear' || y > 0)),
  );
  const [low, high] = yDomain ?? extent(finite, scale);
  const x = scaleLinear([0, Math.max(1, xMax)], [MARGIN.left, WIDTH - MARGIN.right]);
  const y = (scale === 'log' ? scaleLog : scaleLinear)([low, high], [HEIGHT - MARGIN.bottom, MARGIN.top]).clamp(true);
  const path = line<number>(
    (_, i) => x(i),
    (value) => y(value),
  ).defined(Number.isFinite);
  const yTicks = scale === 'log' ? decades(low, high) : niceTicks(low, high, 4);
  const length = Math.max(0, ...series.map(({ values }) => values.length));

  return (
    <div class="chart">
      <p class="chart-title">
        {title}
        {series.map(({ label, values, tone }) => (
          <span key={label} class={`key tone-${tone}`}>
            {label} <b>{values.length > 0 ? format(values[values.length - 1]!) : '–'}</b>
          </span>
        ))}
      </p>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={describe(title, series, xLabel, format)}>
        {yTicks.map((tick) => (
          <g key={tick} transform={`translate(0 ${y(tick)})`}>
            <line class="grid" x1={MARGIN.left} x2={WIDTH - MARGIN.right} />
            <text class="tick" x={MARGIN.left - 6} dy="0.32em" text-anchor="end">
              {short(tick)}
            </text>
          </g>
        ))}
        {x.ticks(5).map((tick) => (
          <text key={tick} class="tick" x={x(tick)} y={HEIGHT - MARGIN.bottom + 14} text-anchor="middle">
            {tick}
          </text>
        ))}
        <text class="tick" x={(MARGIN.left + WIDTH - MARGIN.right) / 2} y={HEIGHT - 5} text-anchor="middle">
          {xLabel}
        </text>
        {series.map(({ label, values, tone }) => (
          <path key={label} class={`line tone-${tone}`} d={path(Array.from(values)) ?? ''} />
        ))}
      </svg>
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
            {rows(length).map((i) => (
              <tr key={i}>
                <th scope="row">{i}</th>
                {series.map(({ label, values }) => (
                  <td key={label}>{i < values.length ? format(values[i]!) : ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}

function describe(title: string, series: readonly Series[], xLabel: string, format: (y: number) => string): string {
  const lines = series.map(({ label, values }) => {
    if (values.length === 0) return `${label}: nothing yet`;
    const last = values.length - 1;
    return `${label}: ${format(values[0]!)} at ${xLabel} 0, ${format(values[last]!)} at ${xLabel} ${last}`;
  });
  return `${title}. ${lines.join('; ')}.`;
}

function extent(values: number[], scale: 'linear' | 'log'): [number, number] {
  if (values.length === 0) return scale === 'log' ? [0.1, 1] : [0, 1];
  const [min, max] = [Math.min(...values), Math.max(...values)];
  if (scale === 'log') return [10 ** Math.floor(Math.log10(min)), 10 ** Math.ceil(Math.log10(max * 1.0001))];
  return [Math.min(0, min), max > 0 ? max * 1.05 : 1];
}

function decades(low: number, high: number): number[] {
  const exponents = Array.from(
    { length: Math.round(Math.log10(high / low)) + 1 },
    (_, i) => Math.round(Math.log10(low)) + i,
  );
  const every = Math.ceil(exponents.length / 5);
  return exponents.filter((_, i) => i % every === 0).map((exponent) => 10 ** exponent);
}

/** Indices for the table: evenly spread, the first and the last among them. */
function rows(length: number): number[] {
  if (length === 0) return [];
  const count = Math.min(TABLE_ROWS, length);
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - 1)) / Math.max(1, count - 1)));
}
