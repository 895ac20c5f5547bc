import { useSignal } from '@preact/signals';

/** Something that a reader can take along: what the button says, and what is made when it is pressed. */
export interface Export {
  readonly label: string;
  /** Why it cannot be had now, as a sentence. */
  readonly missing?: string | undefined;
  readonly make: () => Promise<void>;
}

interface Props {
  readonly exports: readonly Export[];
}

/** The run as files: weights, curve, picture, program. */
export function TakeAlong({ exports }: Props) {
  const note = useSignal('');
  const take = async ({ label, missing, make }: Export) => {
    if (missing) {
      note.value = missing;
      return;
    }
    note.value = '';
    try {
      await make();
      note.value = `${label}: saved by your browser.`;
    } catch (error) {
      note.value = `${label} could not be made: ${(error as Error).message}`;
    }
  };
  return (
    <details class="take-along needs-script">
      <summary>Take this run along</summary>
      <div class="take-along-buttons">
        {exports.map((one) => (
          <button
            key={one.label}
            type="button"
            aria-disabled={one.missing ? true : undefined}
            onClick={() => take(one)}
          >
            {one.label}
          </button>
        ))}
      </div>
      <p role="status">{note}</p>
    </details>
  );
}
