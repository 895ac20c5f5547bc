import { promptId, verdictId } from './Exercise.tsx';
import type { Attempt } from './use-exercise.ts';

interface Props {
  /** Of the exercise. */
  id: string;
  label: string;
  attempt: Attempt;
}

/** One line for the reader to type an answer into. */
export function AnswerInput({ id, label, attempt }: Props) {
  const { answer, verdict, change } = attempt;
  return (
    <p class="exercise-input">
      <label for={`${id}-answer`}>{label}</label>
      <input
        id={`${id}-answer`}
        type="text"
        value={answer}
        onInput={(event) => change(event.currentTarget.value)}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        aria-describedby={`${promptId(id)} ${verdictId(id)}`}
        aria-invalid={verdict.sentence !== '' && verdict.state !== 'right'}
      />
    </p>
  );
}
