import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { corpusField } from '../../src/training/fields.ts';
import { hasMakemore } from '../../src/training/makemore.ts';
import { type CorpusName, ownList, recallOwnList, takeOwnList } from './corpus-source.ts';
import './corpus-picker.css';

/** What a link cannot carry. */
export const OWN_LIST_IS_MISSING = 'Your own list is not in it: whoever opens it needs the list, too.';

interface Props {
  readonly name: CorpusName;
  /** The list that is being read, while `busy`. */
  readonly wanted?: CorpusName;
  /** What is in use, in words. */
  readonly summary: string;
  readonly notes: readonly string[];
  readonly busy: boolean;
  readonly failure: string;
  readonly onChoose: (name: CorpusName) => unknown;
}

/** The choice of a word list: one of the site’s, makemore’s, or the reader’s own by paste, file or drop. */
export function CorpusPicker({ name, wanted = name, summary, notes, busy, failure, onChoose }: Props) {
  const id = useId();
  const opened = useSignal(false);
  // A link can ask for a list that only its sender had.
  useEffect(() => {
    if (wanted === 'own') opened.value = true;
  }, [wanted]);
  useEffect(() => {
    recallOwnList();
  }, []);
  const pasted = useSignal('');
  const take = async (file: File | null | undefined) => {
    if (!file) return;
    takeOwnList(new Uint8Array(await file.arrayBuffer()));
    onChoose('own');
  };
  return (
    <div class="corpus needs-script">
      <div class="setting">
        <label for={id}>{corpusField.label}</label>
        <select
          id={id}
          value={opened.value ? 'own' : busy ? wanted : name}
          onChange={(event) => {
            const chosen = event.currentTarget.value as CorpusName;
            opened.value = chosen === 'own';
            if (chosen !== 'own' || ownList.value !== undefined) onChoose(chosen);
          }}
        >
          {Object.entries(corpusField.options).map(([value, label]) => (
            <option key={value} value={value}>
              {value === 'makemore' && !hasMakemore() ? `${label} (from GitHub)` : label}
            </option>
          ))}
        </select>
      </div>
      <p class="corpus-summary" role="status">
        {busy ? 'Reading the list…' : failure || [summary, ...notes].join(' ')}
      </p>
      {opened.value && (
        // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop a file; the button beside it does the same.
        <div
          class="own-list"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            take(event.dataTransfer?.files[0]);
          }}
        >
          <label for={`${id}-own`}>Words, one a line. They stay in this browser.</label>
          <textarea
            id={`${id}-own`}
            rows={4}
            value={pasted.value}
            onInput={(event) => {
              pasted.value = event.currentTarget.value;
            }}
          />
          <div class="own-list-buttons">
            <button
              type="button"
              onClick={() => {
                takeOwnList(pasted.value);
                onChoose('own');
              }}
            >
              Use these words
            </button>
            <label class="own-file">
              or a text file, chosen or dropped here
              <input type="file" accept=".txt,.csv,text/*" onChange={(event) => take(event.currentTarget.files?.[0])} />
            </label>
          </div>
        </div>
      )}
    </div>
  );
}
