import { extent } from 'd3-array';
import { useRef } from 'preact/hooks';
import { Numbers } from './Numbers.tsx';
import { scaleLinear } from './scale.ts';
import { useBox } from './use-box.ts';
import './charts.css';

export interface LabeledPoint {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly highlighted: boolean;
}

interface Props {
  /** What the numbers are of. */
  readonly title: string;
  /** What the map shows, for those who cannot see it. */
  readonly description: string;
  readonly points: readonly LabeledPoint[];
}

const SIZE = { width: 340, height: 340 };
const MARGIN = 30;

/** Points by name in a square, both axes to the same scale; where they are is told by the grid of whole numbers. */
export function PointMap({ title, description, points }: Props) {
  const svg = useRef<SVGSVGElement>(null);
  const { width: size } = useBox(svg, SIZE);
  const [left, right, bottom, top] = square(points);
  const x = scaleLinear([left, right], [MARGIN, size - MARGIN]);
  const y = scaleLinear([bottom, top], [size - MARGIN, MARGIN]);
  return (
    <div class="chart point-map">
      <svg ref={svg} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={description}>
        {x.ticks(5).map((tick) => (
          <g key={tick}>
            <line class="grid" x1={x(tick)} x2={x(tick)} y1={MARGIN} y2={size - MARGIN} />
            <text class="tick" x={x(tick)} y={size - 6} text-anchor="middle">
              {signed(tick)}
            </text>
          </g>
        ))}
        {y.ticks(5).map((tick) => (
          <g key={tick}>
            <line class="grid" x1={MARGIN} x2={size - MARGIN} y1={y(tick)} y2={y(tick)} />
            <text class="tick" x={MARGIN - 5} y={y(tick)} dy="0.32em" text-anchor="end">
              {signed(tick)}
            </text>
          </g>
        ))}
        {points.map(({ label, x: px, y: py, highlighted }) => (
          <text
            key={label}
            class={highlighted ? 'point highlighted' : 'point'}
            x={x(px)}
            y={y(py)}
            dy="0.33em"
            text-anchor="middle"
          >
            {label}
          </text>
        ))}
      </svg>
      <Numbers
        title={title}
        columns={['symbol', 'across', 'up']}
        rows={() =>
          points.map(({ label, x: px, y: py }) => [label, ...[px, py].map((z) => signed(Number(z.toFixed(2))))])
        }
      />
    </div>
  );
}

const signed = (tick: number): string => String(tick).replace('-', '−');

/** The square that holds all points, in eighths, so that it stays while they move a little: left, right, bottom, top. */
function square(points: readonly LabeledPoint[]): [number, number, number, number] {
  const ends = [extent(points, ({ x }) => x), extent(points, ({ y }) => y)];
  const middles = ends.map(([low = 0, high = 0]) => Math.round(4 * (low + high)) / 8);
  const reaches = ends.flatMap(([low = 0, high = 0], i) => [middles[i]! - low, high - middles[i]!]);
  const reach = Math.max(0.5, Math.ceil(8 * 1.06 * Math.max(...reaches)) / 8);
  return [middles[0]! - reach, middles[0]! + reach, middles[1]! - reach, middles[1]! + reach];
}
