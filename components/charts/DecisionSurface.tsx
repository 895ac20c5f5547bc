import './charts.css';

export interface SurfacePoint {
  readonly x: number;
  readonly y: number;
  readonly label: 1 | -1;
}

interface Props {
  /** Where the score is at least each of `THRESHOLDS`: paths in a square of `SIZE`. Empty where nothing is known yet. */
  readonly bands: readonly string[];
  /** The plane is [-extent, extent]². */
  readonly extent: number;
  readonly points: readonly SurfacePoint[];
  /** What the picture shows, in a sentence. */
  readonly description: string;
  /** Where the reader’s drawing cursor stands. */
  readonly cursor?: { readonly x: number; readonly y: number } | undefined;
}

export const SIZE = 320;
/** Band k lies between THRESHOLDS[k - 1] and THRESHOLDS[k]; the lowest and the highest are open. */
export const THRESHOLDS = [-2, -1, -0.5, 0, 0.5, 1, 2];
/** The thresholds that are drawn as lines, too. */
const LINES: Readonly<Record<number, string>> = { [-1]: 'margin', 0: 'boundary', 1: 'margin' };
const STRENGTHS = [44, 34, 24, 12, 12, 24, 34, 44];

/** A score over the plane as bands of color, the boundary where it is 0, the margins at ±1, and the points it should divide. */
export function DecisionSurface({ bands, extent, points, description, cursor }: Props) {
  const place = (x: number) => ((x + extent) / (2 * extent)) * SIZE;
  return (
    <svg class="surface" viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={description}>
      <rect class="band" width={SIZE} height={SIZE} style={bandStyle(bands.length > 0 ? 0 : undefined)} />
      {bands.map((path, k) => (
        <path key={k} class="band" style={bandStyle(k + 1)} d={path} />
      ))}
      {bands.map((path, k) => {
        const line = LINES[THRESHOLDS[k]!];
        return line && <path key={k} class={line} d={path} />;
      })}
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

const bandStyle = (band: number | undefined) =>
  band === undefined
    ? { '--band': 'var(--raised)', '--strength': '100%' }
    : {
        '--band': band < STRENGTHS.length / 2 ? 'var(--negative)' : 'var(--positive)',
        '--strength': `${STRENGTHS[band]}%`,
      };
