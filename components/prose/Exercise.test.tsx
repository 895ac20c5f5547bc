// What the server sends: a page without JavaScript, a printed page and the feed have nothing else.
import { render } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import ChoiceExercise from './ChoiceExercise.tsx';
import FormulaExercise from './FormulaExercise.tsx';
import { filledSlots, requireSolution } from './filled-slots.ts';
import { slopesOf } from './judge-formula.ts';
import NumberExercise from './NumberExercise.tsx';
import OrderExercise from './OrderExercise.tsx';
import { stepsOf } from './operations.ts';

const frame = {
  id: 'one',
  children: 'The prompt.',
  hint: 'A hint.',
  solution: 'A solution.',
  filled: { hint: true, solution: true },
};

const kinds = {
  number: <NumberExercise {...frame} answer={3} tolerance={0.1} />,
  formula: <FormulaExercise {...frame} variable="x" slopes={slopesOf('x*x', 'x')} />,
  choice: <ChoiceExercise {...frame} options={[{ text: 'Yes', right: true, why: 'So it is.' }]} />,
  order: <OrderExercise {...frame} steps={stepsOf('tanh(a*b)')} />,
};

test.for(Object.entries(kinds))(
  'the %s exercise is open, with prompt, controls, hint, and the answer last',
  ([, exercise]) => {
    const html = render(exercise);
    expect(html).toMatch(/^<section class="exercise" data-exercise="one" data-state="open">/);
    const places = ['The prompt.', 'Check</button>', 'exercise-verdict', 'A hint.', 'A solution.'].map((part) =>
      html.indexOf(part),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(html).not.toContain('So it is.');
  },
);

test('without a hint there is nothing to open', () => {
  const html = render(
    <NumberExercise {...frame} filled={{ hint: false, solution: true }} answer={3} tolerance={0.1} />,
  );
  expect(html).not.toContain('Hint');
  expect(html.match(/<details>/g)).toHaveLength(1);
});

test('a solution that MDX took for a part of the prompt ends the build', () => {
  const slots = new Set(['default', 'hint']);
  expect(() => requireSolution('one', slots)).toThrow('“one” has no solution. Write <Fragment slot="solution">');
  expect(filledSlots(slots)).toEqual({ hint: true, solution: false });
});
