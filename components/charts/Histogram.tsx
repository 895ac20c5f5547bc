import type { Tone } from './tone.ts';
import './charts.css';
import './histogram.css';

interface Props {
  /** What is counted, in a sentence. */
  readonly description: string;
  /** How many values lie in each of equally wide bins. */
  readonly counts: readonly number[];
  readonly tone: Tone;
  /** Places on the axis that are marked, as shares of its width. */
  readonly marks?: readonly number[];
}

const WIDTH = 160;
const HEIGHT = 34;

/** A distribution as an outline, as high as its highest bin allows. The axis belongs to the rows around it. */
export function Histogram({ description, counts, tone, marks = [] }: Props) {
  const highest = Math.max(...counts, 1);
  const bin = WIDTH / counts.length;
  const height = (count: number) => ((HEIGHT - 1) * (1 - count / highest) + 1).toFixed(1);
  const outline = counts.map((count) => `V${height(count)}h${bin.toFixed(3)}`).join('');
  return (
    <svg
      class={`histogram tone-${tone}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={description}
    >
      {marks.map((mark) => (
        <line key={mark} class="histogram-mark" x1={mark * WIDTH} x2={mark * WIDTH} y1={0} y2={HEIGHT} />
      ))}
      <path class="histogram-area" d={`M0 ${HEIGHT}${outline}V${HEIGHT}z`} />
      <line class="histogram-ground" x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
    </svg>
  );
}
