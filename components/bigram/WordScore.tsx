import { useId } from 'preact/hooks';
import { numberText } from '../../src/autograd/number-text.ts';
import type { ScoredPair } from '../../src/text/bigram.ts';

interface Props {
  readonly word: string;
  readonly onInput: (word: string) => void;
  /** The pairs of a word, or the first symbol of it that the list does not have. */
  readonly score: (word: string) => readonly ScoredPair[] | { readonly unknown: string };
}

/** The reader’s own word, letter by letter: each pair’s probability, and what it adds to the loss. */
export function WordScore({ word, onInput, score }: Props) {
  const id = useId();
  const result = word.trim() === '' ? [] : score(word.trim());
  return (
    <div class="word-score needs-script">
      <label for={id}>A word of yours</label>
      <input
        id={id}
        type="text"
        maxLength={32}
        value={word}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <div role="status">
        {'unknown' in result ? (
          <p class="refusal">
            {result.unknown === '.'
              ? 'The dot marks the beginning and the end of a word, and cannot stand inside one.'
              : `“${result.unknown}” does not occur in this list, so the model has no row for it.`}
          </p>
        ) : (
          result.length > 0 && <Pairs pairs={result} />
        )}
      </div>
    </div>
  );
}

function Pairs({ pairs }: { pairs: readonly ScoredPair[] }) {
  const mean = pairs.reduce((sum, { nll }) => sum + nll, 0) / pairs.length;
  return (
    <>
      <ol class="pairs">
        {pairs.map(({ before, after, probability, nll }, i) => (
          <li key={i}>
            <b>
              {before}
              {after}
            </b>
            <span class="value">{numberText(probability)}</span>
            <span>{Number.isFinite(nll) ? nll.toFixed(2) : '∞'}</span>
          </li>
        ))}
      </ol>
      <p>
        On average <b>{Number.isFinite(mean) ? mean.toFixed(3) : 'infinite'}</b> a letter.
      </p>
    </>
  );
}
