import './level-map.css';

interface Props {
  /** What the numbers are, in a sentence. */
  readonly description: string;
  readonly rows: number;
  readonly columns: number;
  /** Row after row. */
  readonly values: ArrayLike<number>;
  /** The size that is drawn at full strength. */
  readonly limit: number;
  /** Told the place of the cell under the pointer, and undefined when it leaves. */
  readonly onPoint?: ((place: number | undefined) => void) | undefined;
}

/** How many strengths a color has. */
const LEVELS = 8;

/** Numbers as a grid of cells: the color is the sign, its strength the size. Cells of one level are one drawing. */
export function LevelMap({ description, rows, columns, values, limit, onPoint }: Props) {
  const paths = levelPaths(values, columns, limit);
  const point = (event: PointerEvent) => {
    const box = (event.currentTarget as SVGElement).getBoundingClientRect();
    const column = Math.min(columns - 1, Math.floor(((event.clientX - box.left) / box.width) * columns));
    const row = Math.min(rows - 1, Math.floor(((event.clientY - box.top) / box.height) * rows));
    onPoint?.(Math.max(0, row) * columns + Math.max(0, column));
  };
  return (
    <svg
      class="level-map"
      viewBox={`0 0 ${columns} ${rows}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={description}
      onPointerMove={onPoint && point}
      onPointerLeave={onPoint && (() => onPoint(undefined))}
    >
      <rect class="level-ground" width={columns} height={rows} />
      {paths.map(
        (path, i) =>
          path !== '' && (
            <path
              key={i}
              class={i < LEVELS ? 'level-negative' : 'level-positive'}
              fill-opacity={((i < LEVELS ? LEVELS - i : i - LEVELS + 1) / LEVELS).toFixed(3)}
              d={path}
            />
          ),
      )}
    </svg>
  );
}

/** The cells of each level: the most negative first, the most positive last. What is nearer to 0 than the first level is not drawn. */
export function levelPaths(values: ArrayLike<number>, columns: number, limit: number): string[] {
  const paths = Array.from({ length: 2 * LEVELS }, () => '');
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const level = Math.min(LEVELS, Math.round((LEVELS * Math.abs(value)) / limit));
    if (!(level > 0)) continue;
    paths[value < 0 ? LEVELS - level : LEVELS + level - 1] += `M${i % columns} ${Math.floor(i / columns)}h1v1h-1z`;
  }
  return paths;
}
