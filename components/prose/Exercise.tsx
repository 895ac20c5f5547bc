import type { ComponentChildren } from 'preact';
import type { FilledSlots } from './filled-slots.ts';
import type { Attempt } from './use-exercise.ts';

/** What the post gives to every kind of exercise. */
export interface ExerciseProps {
  /** Unique on the whole site: the reader's progress is kept under it. */
  id: string;
  /** Stands after the number, which counts the exercises of the page. */
  title?: string | undefined;
  /** The prompt. */
  children?: ComponentChildren;
  hint?: ComponentChildren;
  solution?: ComponentChildren;
  filled: FilledSlots;
}

interface FrameProps extends ExerciseProps {
  attempt: Attempt;
  /** What the reader answers with. */
  controls: ComponentChildren;
  /** Stands between Check and Clear. */
  buttons?: ComponentChildren;
  /** Stands below the verdict's sentence. */
  detail?: ComponentChildren;
}

/** The frame of every exercise: title, prompt, controls, verdict, hint, and the answer last. */
export function Exercise({
  id,
  title,
  children,
  attempt,
  controls,
  buttons,
  detail,
  hint,
  solution,
  filled,
}: FrameProps) {
  const { state, sentence } = attempt.verdict;
  return (
    <section class="exercise" data-exercise={id} data-state={state}>
      <p class="exercise-title">
        {title && <span>{title}</span>}
        {attempt.solved && <span class="exercise-solved">Solved</span>}
      </p>
      <div id={promptId(id)} class="exercise-prompt">
        {children}
      </div>
      {/* Outside a dialog this method does nothing, so that Enter does not reload a page that is not hydrated yet. */}
      <form
        class="needs-script"
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          attempt.check();
        }}
      >
        {controls}
        <p class="exercise-buttons">
          <button type="submit">Check</button>
          {buttons}
          <button type="button" onClick={attempt.clear}>
            Clear
          </button>
        </p>
      </form>
      <div id={verdictId(id)} class="exercise-verdict needs-script" aria-live="polite">
        {sentence && <p>{sentence}</p>}
        {detail}
      </div>
      {filled.hint && <Disclosure summary="Hint">{hint}</Disclosure>}
      {filled.solution && <Disclosure summary="Show the answer">{solution}</Disclosure>}
    </section>
  );
}

function Disclosure({ summary, children }: { summary: string; children: ComponentChildren }) {
  return (
    <details>
      <summary>{summary}</summary>
      <div>{children}</div>
    </details>
  );
}

/** Elements that describe the controls. */
export const promptId = (id: string) => `${id}-prompt`;
export const verdictId = (id: string) => `${id}-verdict`;
