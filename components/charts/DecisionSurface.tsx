import { contours } from 'd3-contour';
import './charts.css';

export interface SurfacePoint {
  readonly x: number;
  readonly y: number;
  readonly label: 1 | -1;
}

interface Props {
  /** Scores on a square grid over [-extent, extent]², rows from low y to high y; empty where nothing is known yet. */
  readonly scores: ArrayLike<number>;
  readonly extent: number;
  readonly points: readonly SurfacePoint[];
  /** What the picture shows, in a sentence. */
  readonly description: string;
  /** Where the reader’s drawing cursor stands. */
  readonly cursor?: { readonly x: number; readonly y: number } | undefined;
}

const SIZE = 320;
/** Band k lies between THRESHOLDS[k - 1] and THRESHOLDS[k]; the lowest and the highest are open. */
const THRESHOLDS = [-2, -1, -0.5, 0, 0.5, 1, 2];
const STRENGTHS = [44, 34, 24, 12, 12, 24, 34, 44];

/** A score over the plane as bands of color, the boundary where it is 0, the margins at ±1, and the points it should divide. */
export function DecisionSurface({ scores, extent, points, description, cursor }: Props) {
  const place = (x: number) => ((x + extent) / (2 * extent)) * SIZE;
  const side = Math.round(Math.sqrt(scores.length));
  const bands = side > 1 ? contours().size([side, side]).thresholds(THRESHOLDS)(Array.from(scores)) : [];
  const path = (band: (typeof bands)[number]): string =>
    band.coordinates
      .flat()
      .map((ring) => `M${ring.map(([x, y]) => `${toPlane(x!, side)} ${toPlane(side - y!, side)}`).join('L')}Z`)
      .join('');

  return (
    <svg class="surface" viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={description}>
      <rect class="band" width={SIZE} height={SIZE} style={bandStyle(bands.length > 0 ? 0 : undefined)} />
      {bands.map((band, k) => (
        <path key={band.value} class="band" style={bandStyle(k + 1)} d={path(band)} />
      ))}
      {bands
        .filter(({ value }) => [-1, 0, 1].includes(value))
        .map((band) => (
          <path key={band.value} class={band.value === 0 ? 'boundary' : 'margin'} d={path(band)} />
        ))}
      {points.map(({ x, y, label }, i) =>
        label > 0 ? (
          <circle key={i} class="point positive" cx={place(x)} cy={SIZE - place(y)} r="4.6" />
        ) : (
          <rect key={i} class="point negative" x={place(x) - 4} y={SIZE - place(y) - 4} width="8" height="8" />
        ),
      )}
      {cursor && <circle class="cursor" cx={place(cursor.x)} cy={SIZE - place(cursor.y)} r="9" />}
    </svg>
  );
}

/** d3-contour puts the center of sample i at i + 1/2; the first and the last sample lie on the frame. */
const toPlane = (x: number, side: number): string => (((x - 0.5) / (side - 1)) * SIZE).toFixed(1);

const bandStyle = (band: number | undefined) =>
  band === undefined
    ? { '--band': 'var(--raised)', '--strength': '100%' }
    : {
        '--band': band < STRENGTHS.length / 2 ? 'var(--negative)' : 'var(--positive)',
        '--strength': `${STRENGTHS[band]}%`,
      };
