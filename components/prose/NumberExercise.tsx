import { AnswerInput } from './AnswerInput.tsx';
import { Exercise, type ExerciseProps } from './Exercise.tsx';
import { judgeNumber } from './judge.ts';
import { useExercise } from './use-exercise.ts';

interface Props extends ExerciseProps {
  answer: number;
  /** How far off the reader may be, in the answer's own units. */
  tolerance: number;
}

/** The reader works out a number. */
export default function NumberExercise({ answer, tolerance, ...exercise }: Props) {
  const attempt = useExercise(exercise.id, (given) => judgeNumber(given, answer, tolerance));
  const controls = <AnswerInput id={exercise.id} label="Your number" attempt={attempt} />;
  return <Exercise {...exercise} attempt={attempt} controls={controls} />;
}
