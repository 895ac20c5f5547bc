import { AnswerInput } from './AnswerInput.tsx';
import { Exercise, type ExerciseProps } from './Exercise.tsx';
import type { Slope } from './judge-formula.ts';
import { MarkedSpan } from './MarkedSpan.tsx';
import { useExercise } from './use-exercise.ts';

interface Props extends ExerciseProps {
  variable: string;
  /** What the reader's formula should give, computed by the backward pass when the page was built. */
  slopes: readonly Slope[];
}

/** The reader finds the formula of a derivative. */
export default function FormulaExercise({ variable, slopes, ...exercise }: Props) {
  // The parser of formulas is fetched with the first answer.
  const attempt = useExercise(exercise.id, async (answer) => {
    const { judgeFormula } = await import('./judge-formula.ts');
    return judgeFormula(answer, variable, slopes);
  });
  const { answer, verdict } = attempt;
  const controls = <AnswerInput id={exercise.id} label={`Your formula in ${variable}`} attempt={attempt} />;
  const detail = verdict.span && answer !== '' && <MarkedSpan text={answer} span={verdict.span} />;
  return <Exercise {...exercise} attempt={attempt} controls={controls} detail={detail} />;
}
