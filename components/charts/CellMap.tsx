import './cell-map.css';

interface Props {
  /** What the map is of, in a sentence. */
  readonly description: string;
  readonly rows: number;
  readonly columns: number;
  /** The cells that are filled, row after row, ascending. */
  readonly filled: readonly number[];
  /** Columns that are marked as a whole. */
  readonly marked?: readonly number[];
}

/** A table of which each cell is filled or not, as one drawing; neighbors in a row are drawn in one go. */
export function CellMap({ description, rows, columns, filled, marked = [] }: Props) {
  return (
    <svg
      class="cell-map"
      viewBox={`0 0 ${columns} ${rows}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={description}
    >
      <rect class="cell-ground" width={columns} height={rows} />
      <path class="cell-filled" d={runsOf(filled, columns)} />
      {marked.length > 0 && (
        <path class="cell-marked" d={marked.map((column) => `M${column} 0h1v${rows}h-1z`).join('')} />
      )}
    </svg>
  );
}

/** Rectangles of height 1 over neighboring cells. */
export function runsOf(filled: readonly number[], columns: number): string {
  let path = '';
  for (let i = 0; i < filled.length; ) {
    const first = filled[i]!;
    const row = Math.floor(first / columns);
    let length = 1;
    while (filled[i + length] === first + length && Math.floor((first + length) / columns) === row) length++;
    path += `M${first % columns} ${row}h${length}v1h-${length}z`;
    i += length;
  }
  return path;
}
