import { extent } from 'd3-array';
import { placeLabels } from './place-labels.ts';
import { scaleLinear, scaleLog } from './scale.ts';
import './charts.css';
import './scatter-chart.css';

export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  /** What stands beside the point, a character or two. */
  readonly mark: string;
  /** What it is, for those who cannot see it. */
  readonly title: string;
  /** Where it leads. */
  readonly href?: string | undefined;
}

interface Props {
  readonly title: string;
  readonly description: string;
  readonly points: readonly ScatterPoint[];
  readonly xLabel: string;
  readonly formatX: (x: number) => string;
  readonly formatY: (y: number) => string;
}

/** It is on the page as it is drawn here: as wide as on a phone, so that its type can be read there. */
const SIZE = { width: 330, height: 300 };
const MARGIN = { top: 12, right: 14, bottom: 38, left: 36 };
const RADIUS = 9.5;

/** Points with marks beside them; x grows by factors. */
export function ScatterChart({ title, description, points, xLabel, formatX, formatY }: Props) {
  const { width, height } = SIZE;
  const [left, right] = extent(points, (point) => point.x) as [number, number];
  const x = scaleLog([left / 1.5, right * 1.5], [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear(
    extent(points, (point) => point.y) as [number, number],
    [height - MARGIN.bottom - 14, MARGIN.top + 14],
    { nice: 10 },
  );
  const spots = points.map((point) => ({ x: x(point.x), y: y(point.y) }));
  const labels = placeLabels(spots, RADIUS, {
    left: MARGIN.left,
    right: width,
    top: 0,
    bottom: height - MARGIN.bottom,
  });
  return (
    <div class="chart scatter">
      <p class="chart-title">{title}</p>
      <svg viewBox={`0 0 ${width} ${height}`} role="group" aria-label={description}>
        {y.ticks(6).map((tick) => (
          <g key={tick}>
            <line class="grid" x1={MARGIN.left} x2={width - MARGIN.right} y1={y(tick)} y2={y(tick)} />
            <text class="tick" x={MARGIN.left - 6} y={y(tick)} dy="0.32em" text-anchor="end">
              {formatY(tick)}
            </text>
          </g>
        ))}
        {[1000, 10_000, 100_000]
          .filter((tick) => tick >= x.domain()[0]! && tick <= x.domain()[1]!)
          .map((tick) => (
            <text
              key={tick}
              class="tick"
              x={Math.min(x(tick), width - 23)}
              y={height - MARGIN.bottom + 15}
              text-anchor="middle"
            >
              {formatX(tick)}
            </text>
          ))}
        <text class="tick" x={(MARGIN.left + width - MARGIN.right) / 2} y={height - 5} text-anchor="middle">
          {xLabel}
        </text>
        {points.map(({ mark, title: name, href }, i) => {
          const [spot, label] = [spots[i]!, labels[i]!];
          const drawn = (
            <>
              <line class="scatter-leader" x1={spot.x} y1={spot.y} x2={label.x} y2={label.y} />
              <circle class="scatter-point" cx={spot.x} cy={spot.y} r={3.6} />
              <circle class="scatter-mark" cx={label.x} cy={label.y} r={RADIUS} />
              <text x={label.x} y={label.y} dy="0.34em" text-anchor="middle">
                {mark}
              </text>
            </>
          );
          return href ? (
            <a key={mark} href={href} aria-label={name}>
              {drawn}
            </a>
          ) : (
            <g key={mark}>{drawn}</g>
          );
        })}
      </svg>
    </div>
  );
}
