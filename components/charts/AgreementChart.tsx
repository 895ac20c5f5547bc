import { extent } from 'd3-array';
import { useRef } from 'preact/hooks';
import { rampOf } from './ramp.ts';
import { scaleLinear } from './scale.ts';
import { short } from './series.ts';
import { useBox } from './use-box.ts';
import './charts.css';
import './agreement-chart.css';

export interface AgreementGroup {
  readonly label: string;
  /** Its place among the groups, 0 to 1. */
  readonly ramp: number;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

interface Props {
  readonly title: string;
  readonly description: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly groups: readonly AgreementGroup[];
}

const SIZE = { width: 160, height: 160 };
const MARGIN = { top: 6, right: 8, bottom: 32, left: 36 };

/** Pairs that should be equal, as points; where they are, they lie on the diagonal. */
export function AgreementChart({ title, description, xLabel, yLabel, groups }: Props) {
  const svg = useRef<SVGSVGElement>(null);
  const { width: size } = useBox(svg, SIZE);
  const ends = extent(groups.flatMap(({ x, y }) => [...Array.from(x), ...Array.from(y)]).filter(Number.isFinite));
  const domain: readonly [number, number] = ends[0] === undefined || ends[0] === ends[1] ? [-1, 1] : ends;
  const x = scaleLinear(domain, [MARGIN.left, size - MARGIN.right], { nice: 3 });
  const y = scaleLinear(domain, [size - MARGIN.bottom, MARGIN.top], { nice: 3 });
  const [low, high] = x.domain();
  const inner = x.ticks(3);
  const ticks = inner.length <= 3 ? inner : [inner[0]!, inner[inner.length >> 1]!, inner.at(-1)!];
  return (
    <div class="chart agreement">
      <p class="chart-title">{title}</p>
      <svg ref={svg} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={description}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={MARGIN.left} x2={size - MARGIN.right} y1={y(tick)} y2={y(tick)} />
            <text class="tick" x={MARGIN.left - 5} y={y(tick)} dy="0.32em" text-anchor="end">
              {short(tick)}
            </text>
            <text
              class="tick"
              x={x(tick)}
              y={size - MARGIN.bottom + 14}
              text-anchor={x(tick) > size - 3 * MARGIN.right ? 'end' : 'middle'}
              dx={x(tick) > size - 3 * MARGIN.right ? MARGIN.right : 0}
            >
              {short(tick)}
            </text>
          </g>
        ))}
        <line class="line guide tone-muted" x1={x(low)} y1={y(low)} x2={x(high)} y2={y(high)} />
        {groups.map((group) => (
          <path key={group.label} class="dots ramp" style={rampOf(group)} d={dots(group, x, y)} />
        ))}
        <text class="tick" x={(MARGIN.left + size - MARGIN.right) / 2} y={size - 5} text-anchor="middle">
          {xLabel}
        </text>
        <text class="tick" transform={`translate(9 ${(size - MARGIN.bottom) / 2}) rotate(-90)`} text-anchor="middle">
          {yLabel}
        </text>
      </svg>
    </div>
  );
}

/** All points of a group in one path: lines without length, which round ends make dots. */
function dots({ x, y }: AgreementGroup, placeX: (x: number) => number, placeY: (y: number) => number): string {
  return Array.from(x, (each, i) =>
    Number.isFinite(each) && Number.isFinite(y[i]) ? `M${placeX(each).toFixed(1)} ${placeY(y[i]!).toFixed(1)}h0` : '',
  ).join('');
}
