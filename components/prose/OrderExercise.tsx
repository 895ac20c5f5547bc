import { Exercise, type ExerciseProps, promptId } from './Exercise.tsx';
import { judgeOrder, readOrder, type Step, writeOrder } from './judge.ts';
import { useExercise } from './use-exercise.ts';

interface Props extends ExerciseProps {
  steps: readonly Step[];
}

/** The reader puts the operations of an expression into an order in which the backward pass may visit them. */
export default function OrderExercise({ steps, ...exercise }: Props) {
  const attempt = useExercise(exercise.id, (answer) => judgeOrder(answer, steps));
  const order = readOrder(attempt.answer, steps);
  const controls = (
    <>
      <fieldset class="exercise-steps" aria-labelledby={promptId(exercise.id)}>
        {steps.map((step) => {
          const placed = order.includes(step);
          return (
            // Not `disabled`, which would take the focus away from the button that was just pressed.
            <button
              key={step.name}
              type="button"
              aria-disabled={placed}
              onClick={() => placed || attempt.change(writeOrder([...order, step]))}
            >
              <code>{step.text}</code>
            </button>
          );
        })}
      </fieldset>
      {/* All places are there from the beginning, so that nothing below moves as they fill. */}
      <ol class="exercise-order" aria-label="Your order" aria-live="polite">
        {steps.map((_, place) => (
          <li key={place}>{order[place] ? <code>{order[place].text}</code> : '–'}</li>
        ))}
      </ol>
    </>
  );
  const undo = (
    <button
      type="button"
      aria-disabled={order.length === 0}
      onClick={() => attempt.change(writeOrder(order.slice(0, -1)))}
    >
      Undo
    </button>
  );
  return <Exercise {...exercise} attempt={attempt} controls={controls} buttons={undo} />;
}
