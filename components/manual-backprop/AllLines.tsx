import { idOf, TASKS } from '../../src/backprop/tasks.ts';
import { shapeInWords } from './exercise-model.ts';

/** Where nothing can be run: each line to be worked out on paper, and its answer. */
export const AllLines = () => (
  <ol class="all-lines">
    {TASKS.map((task) => (
      <li key={idOf(task)}>
        <details>
          <summary>
            <code>{idOf(task)}</code>, shape {shapeInWords(task)}
          </summary>
          <code>
            d{task.step.name} = {task.step.backward}
          </code>
        </details>
      </li>
    ))}
  </ol>
);
