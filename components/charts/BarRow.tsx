import './charts.css';

interface Props {
  readonly description: string;
  readonly labels: readonly string[];
  /** Shares of the whole, 0 to 1. */
  readonly shares: ArrayLike<number>;
  /** The share that is drawn at full height; the largest of them unless told. */
  readonly full?: number;
}

const BAR = 12;
const HEIGHT = 96;
const LABEL = 14;

/** A distribution as bars, one for each symbol. */
export function BarRow({ description, labels, shares, full }: Props) {
  const largest = full ?? Math.max(...Array.from(shares), Number.MIN_VALUE);
  return (
    <div class="bars">
      <svg viewBox={`0 0 ${labels.length * BAR} ${HEIGHT + LABEL}`} role="img" aria-label={description}>
        {labels.map((label, i) => {
          const height = (shares[i]! / largest) * HEIGHT;
          return (
            <g key={label}>
              <rect x={i * BAR + 1} y={HEIGHT - height} width={BAR - 2} height={height} />
              <text x={(i + 0.5) * BAR} y={HEIGHT + LABEL - 4}>
                {label}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
