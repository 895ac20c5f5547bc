import { useSignal } from '@preact/signals';
import { inWords } from '../../src/training/in-words.ts';

/** Something that a reader can take along: what the button says, and what it makes. */
export interface Export {
  readonly label: string;
  /** @throws an Error whose message is a sentence for the reader. */
  readonly make: () => Promise<void>;
}

interface Props {
  readonly exports: readonly Export[];
}

/** The run as files: weights, curve, picture, program. */
export function TakeAlong({ exports }: Props) {
  const note = useSignal('');
  const take = async ({ label, make }: Export) => {
    note.value = '';
    try {
      await make();
      note.value = `${label}: handed to your browser.`;
    } catch (error) {
      note.value = `${label}: ${inWords(error)}`;
    }
  };
  return (
    <details class="take-along needs-script">
      <summary>Take this run along</summary>
      <div class="take-along-buttons">
        {exports.map((one) => (
          <button key={one.label} type="button" onClick={() => take(one)}>
            {one.label}
          </button>
        ))}
      </div>
      <p role="status">{note}</p>
    </details>
  );
}
