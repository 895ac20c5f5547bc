import './charts.css';

interface Props {
  /** What the matrix is, for its heading. */
  readonly title: string;
  readonly rows: number;
  readonly columns: number;
  /** Row after row. */
  readonly values: ArrayLike<number>;
  /** The size that is drawn at full strength. */
  readonly limit: number;
  /** What to call the entry at a row and a column. */
  readonly name: (row: number, column: number) => string;
  /** Told the index of the cell under the pointer, and undefined when it leaves. */
  readonly onPoint?: (index: number | undefined) => void;
}

const CELL = 14;

/** Numbers as a grid of cells: the color is the sign, its strength the size. */
export function WeightMatrix({ title, rows, columns, values, limit, name, onPoint }: Props) {
  const cells = Array.from({ length: rows * columns }, (_, i) => i);
  const largest = cells.reduce((best, i) => (Math.abs(values[i]!) > Math.abs(values[best]!) ? i : best), 0);
  const at = (i: number) => name(Math.floor(i / columns), i % columns);
  const description = `${title}: ${rows} by ${columns}, the largest weight is ${at(largest)} = ${values[largest]?.toFixed(2)}`;
  return (
    <div class="matrix">
      <p class="matrix-title">{title}</p>
      <svg
        viewBox={`0 0 ${columns * CELL} ${rows * CELL}`}
        style={{ width: `${(columns * CELL) / 16}rem` }}
        role="img"
        aria-label={description}
        onPointerLeave={onPoint && (() => onPoint(undefined))}
      >
        <rect class="ground" width={columns * CELL} height={rows * CELL} />
        {cells.map((i) => (
          <rect
            key={i}
            class={`cell ${values[i]! < 0 ? 'negative' : 'positive'}`}
            x={(i % columns) * CELL}
            y={Math.floor(i / columns) * CELL}
            width={CELL}
            height={CELL}
            fill-opacity={Math.min(1, Math.abs(values[i]!) / limit).toFixed(2)}
            onPointerEnter={onPoint && (() => onPoint(i))}
          />
        ))}
      </svg>
    </div>
  );
}
