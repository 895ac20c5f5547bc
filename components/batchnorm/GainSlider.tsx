import { useId } from 'preact/hooks';
import { initializationTable } from '../../src/training/initialization/settings.ts';
import type { Refusal } from '../../src/training/settings.ts';
import { Refusals } from '../training/Refusals.tsx';
import { Control } from '../training/SettingsForm.tsx';

interface Props {
  readonly gain: number;
  readonly refusals: readonly Refusal[];
  readonly onChange: (raw: Record<string, string>) => void;
}

/** How far the slider goes; the field beside it takes any gain. */
const REACH = 4;
const NAMED: readonly (readonly [label: string, gain: number])[] = [
  ['0.5', 0.5],
  ['1', 1],
  ['5/3', 5 / 3],
  ['3', 3],
];

/** The gain under the reader’s hand: a slider, the gains that the post speaks of, and a field for any other. */
export function GainSlider({ gain, refusals, onChange }: Props) {
  const id = useId();
  return (
    <div class="gain needs-script">
      <div class="gain-slider">
        <label for={id}>
          Gain{' '}
          <output for={id} aria-live="off">
            {Number(gain.toPrecision(4))}
          </output>
        </label>
        <input
          id={id}
          type="range"
          min={0}
          max={REACH}
          step={0.01}
          value={gain}
          onInput={(event) => onChange({ gain: event.currentTarget.value })}
        />
      </div>
      <div class="gain-named" role="group" aria-label="Gains">
        {NAMED.map(([label, value]) => (
          <button
            key={label}
            type="button"
            aria-pressed={gain === value}
            onClick={() => onChange({ gain: String(value) })}
          >
            {label}
          </button>
        ))}
      </div>
      <Control
        name="gain"
        field={{ ...initializationTable.gain, label: 'Any gain' }}
        text={String(gain)}
        refusal={undefined}
        onChange={onChange}
      />
      <Refusals refusals={refusals} />
    </div>
  );
}
