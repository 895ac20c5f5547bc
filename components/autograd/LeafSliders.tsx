import { useId } from 'preact/hooks';
import { DraftInput } from '../training/DraftInput.tsx';

interface Props {
  /** The leaves of the graph on screen. */
  readonly leaves: ReadonlyMap<string, number>;
  /** What the reader has set, which may be a value that could not be computed with. */
  readonly wanted: ReadonlyMap<string, number>;
  readonly onChange: (name: string, value: number) => void;
}

const REACH = 5;

/** A finite number as people type it: with a true minus sign, or a comma before the decimals. */
function readNumber(text: string): number | undefined {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  const value = plain === '' ? Number.NaN : Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

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
            <DraftInput
              inputMode="decimal"
              aria-label={`${name}, exact value`}
              text={String(value)}
              onDraft={(text) => {
                const typed = readNumber(text);
                if (typed !== undefined) onChange(name, typed);
              }}
            />
          </div>
        );
      })}
    </div>
  );
}
