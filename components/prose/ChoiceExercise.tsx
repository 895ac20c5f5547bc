import { Exercise, type ExerciseProps, promptId } from './Exercise.tsx';
import { judgeChoice, type Option } from './judge.ts';
import { useExercise } from './use-exercise.ts';

interface Props extends ExerciseProps {
  options: readonly Option[];
}

/** The reader chooses one of several answers, and hears why it is right or wrong. */
export default function ChoiceExercise({ options, ...exercise }: Props) {
  const attempt = useExercise(exercise.id, (answer) => judgeChoice(answer, options));
  const controls = (
    <fieldset class="exercise-options" aria-labelledby={promptId(exercise.id)}>
      {options.map(({ text }) => (
        <label key={text}>
          <input
            type="radio"
            name={exercise.id}
            value={text}
            checked={attempt.answer === text}
            onChange={() => attempt.change(text)}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
  return <Exercise {...exercise} attempt={attempt} controls={controls} />;
}
