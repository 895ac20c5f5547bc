import { useRef } from 'preact/hooks';
import { Numbers } from './Numbers.tsx';
import { useBox } from './use-box.ts';
import './charts.css';

interface Props {
  /** What the numbers are of. */
  readonly title: string;
  /** What there is to see, in a sentence. */
  readonly description: string;
  /** The label of each row, and of each column. */
  readonly labels: readonly string[];
  /** The strength of a cell, 0 to 1; row after row. */
  readonly strengths: ArrayLike<number>;
  /** The number of a cell. */
  readonly tell: (cell: number) => string;
  /** The cell that is told about beside the table. */
  readonly selected?: number | undefined;
  readonly onSelect?: (cell: number) => void;
}

const SIZE = { width: 340, height: 340 };
const LABEL = 16;
/** A letter and the room around it. */
const TYPE = 10.5;

/** The strongest cell of a table, as a letter and the one after it. */
export function pairNamed(labels: readonly string[], strengths: ArrayLike<number>): string {
  const most = Array.from(strengths).reduce((best, x, i, all) => (x > all[best]! ? i : best), 0);
  return `${labels[Math.floor(most / labels.length)]} then ${labels[most % labels.length]}`;
}

/** A square table as shades of one color: the stronger, the more. Arrow keys and the pointer choose a cell. */
export function Heatmap({ title, description, labels, strengths, tell, selected, onSelect }: Props) {
  const svg = useRef<SVGSVGElement>(null);
  const { width: side } = useBox(svg, SIZE);
  const size = labels.length;
  const cellSize = (side - LABEL) / size;
  // More rows than there is room for have a label on every second one, or third.
  const every = Math.ceil(TYPE / cellSize);
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
    <svg ref={svg} viewBox={`0 0 ${side} ${side}`} role="img" aria-label={description}>
      {labels.map(
        (label, i) =>
          i % every === 0 && (
            <g key={label}>
              <text x={LABEL + (i + 0.5) * cellSize} y={LABEL - 5}>
                {label}
              </text>
              <text x={LABEL - 8} y={LABEL + (i + 0.5) * cellSize + 3.5}>
                {label}
              </text>
            </g>
          ),
      )}
      <rect class="ground" x={LABEL} y={LABEL} width={size * cellSize} height={size * cellSize} />
      {cells.map((i) => (
        <rect
          key={i}
          class="cell"
          x={LABEL + (i % size) * cellSize}
          y={LABEL + Math.floor(i / size) * cellSize}
          width={cellSize}
          height={cellSize}
          fill-opacity={strengths[i]!.toFixed(3)}
          onPointerEnter={onSelect && (() => onSelect(i))}
        />
      ))}
      {selected !== undefined && (
        <rect
          class="selected"
          x={LABEL + (selected % size) * cellSize}
          y={LABEL + Math.floor(selected / size) * cellSize}
          width={cellSize}
          height={cellSize}
        />
      )}
    </svg>
  );
  const numbers = (
    <Numbers
      title={title}
      columns={['before, after', ...labels]}
      rows={() => labels.map((label, row) => [label, ...labels.map((_, column) => tell(row * size + column))])}
    />
  );
  if (!onSelect)
    return (
      <div class="heatmap">
        {picture}
        {numbers}
      </div>
    );
  return (
    <div class="heatmap">
      <div
        class="heatmap-keys"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table to be walked takes keys; role application says so.
        tabIndex={0}
        role="application"
        aria-label="Table: arrow keys choose a cell, which is told beside it."
        onKeyDown={onKeyDown}
      >
        {picture}
      </div>
      {numbers}
    </div>
  );
}
