import { useId } from 'preact/hooks';

interface Props {
  /** The leaves of the graph on screen. */
  readonly leaves: ReadonlyMap<string, number>;
  /** What the reader has set, which may be a value that could not be computed with. */
  readonly wanted: ReadonlyMap<string, number>;
  readonly onChange: (name: string, value: number) => void;
}

const REACH = 5;

/** A slider and a field for every leaf. The field takes any finite number; the slider reaches from -5 to 5. */
export function LeafSliders({ leaves, wanted, onChange }: Props) {
  const id = useId();
  return (
    <div class="leaves needs-script">
      {[...leaves].map(([name, computed]) => {
        const value = wanted.get(name) ?? computed;
        return (
          <div key={name} class="leaf">
            <label for={`${id}-${name}`}>{name}</label>
            <input
              id={`${id}-${name}`}
              type="range"
              min={-REACH}
              max={REACH}
              step="0.05"
              value={value}
              onInput={(event) => onChange(name, event.currentTarget.valueAsNumber)}
            />
            <input
              type="number"
              step="any"
              aria-label={`${name}, exact value`}
              value={value}
              onInput={(event) => {
                const typed = event.currentTarget.valueAsNumber;
                if (Number.isFinite(typed)) onChange(name, typed);
              }}
            />
          </div>
        );
      })}
    </div>
  );
}
