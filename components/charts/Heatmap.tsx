import './charts.css';

interface Props {
  /** What the table is, in a sentence. */
  readonly description: string;
  /** The label of each row, and of each column. */
  readonly labels: readonly string[];
  /** The strength of a cell, 0 to 1; row after row. */
  readonly strengths: ArrayLike<number>;
  /** The cell that is told about beside the table. */
  readonly selected?: number | undefined;
  readonly onSelect?: (cell: number) => void;
}

const CELL = 12;
const LABEL = 14;

/** A square table as shades of one color: the stronger, the more. Arrow keys and the pointer choose a cell. */
export function Heatmap({ description, labels, strengths, selected, onSelect }: Props) {
  const size = labels.length;
  const side = LABEL + size * CELL;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -size, ArrowDown: size }[event.key];
    if (step === undefined || !onSelect) return;
    event.preventDefault();
    if (selected === undefined) return onSelect(0);
    const next = selected + step;
    const sameRow = Math.floor(next / size) === Math.floor(selected / size);
    if (next >= 0 && next < size * size && (sameRow || Math.abs(step) === size)) onSelect(next);
  };
  const cells = Array.from({ length: size * size }, (_, i) => i);
  const picture = (
    <svg viewBox={`0 0 ${side} ${side}`} role="img" aria-label={description}>
      {labels.map((label, i) => (
        <g key={label}>
          <text x={LABEL + (i + 0.5) * CELL} y={LABEL - 4}>
            {label}
          </text>
          <text x={LABEL - 7} y={LABEL + (i + 0.5) * CELL + 3}>
            {label}
          </text>
        </g>
      ))}
      <rect class="ground" x={LABEL} y={LABEL} width={size * CELL} height={size * CELL} />
      {cells.map((i) => (
        <rect
          key={i}
          class="cell"
          x={LABEL + (i % size) * CELL}
          y={LABEL + Math.floor(i / size) * CELL}
          width={CELL}
          height={CELL}
          fill-opacity={strengths[i]!.toFixed(3)}
          onPointerEnter={onSelect && (() => onSelect(i))}
        />
      ))}
      {selected !== undefined && (
        <rect
          class="selected"
          x={LABEL + (selected % size) * CELL}
          y={LABEL + Math.floor(selected / size) * CELL}
          width={CELL}
          height={CELL}
        />
      )}
    </svg>
  );
  if (!onSelect) return <div class="heatmap">{picture}</div>;
  return (
    <div
      class="heatmap"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a table to be walked takes keys; role application says so.
      tabIndex={0}
      role="application"
      aria-label="Table: arrow keys choose a cell, which is told beside it."
      onKeyDown={onKeyDown}
    >
      {picture}
    </div>
  );
}
