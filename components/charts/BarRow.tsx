import { useRef } from 'preact/hooks';
import { Numbers } from './Numbers.tsx';
import { useBox } from './use-box.ts';
import './charts.css';

interface Props {
  /** What the numbers are of. */
  readonly title: string;
  /** What there is to see, in a sentence. */
  readonly description: string;
  readonly labels: readonly string[];
  /** Shares of the whole, 0 to 1. */
  readonly shares: ArrayLike<number>;
  /** The share that is drawn at full height; the largest of them unless told. */
  readonly full?: number;
}

const SIZE = { width: 324, height: 110 };
const LABEL = 16;
/** A letter and the room around it. */
const TYPE = 10.5;

/** A distribution as bars, one for each symbol. */
export function BarRow({ title, description, labels, shares, full }: Props) {
  const largest = full ?? Math.max(...Array.from(shares), Number.MIN_VALUE);
  const svg = useRef<SVGSVGElement>(null);
  const box = useBox(svg, SIZE);
  const bar = box.width / labels.length;
  const ground = box.height - LABEL;
  const every = Math.ceil(TYPE / bar);
  return (
    <div class="bars">
      <svg ref={svg} viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={description}>
        {labels.map((label, i) => {
          const height = (shares[i]! / largest) * ground;
          return (
            <g key={label}>
              <rect x={i * bar + 1} y={ground - height} width={bar - 2} height={height} />
              {i % every === 0 && (
                <text x={(i + 0.5) * bar} y={box.height - 3}>
                  {label}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <Numbers
        title={title}
        columns={['symbol', 'share']}
        rows={() => labels.map((label, i) => [label, shares[i]!.toFixed(4)])}
      />
    </div>
  );
}
