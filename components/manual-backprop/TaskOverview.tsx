import { idOf, TASKS } from '../../src/backprop/tasks.ts';

interface Props {
  readonly at: number;
  readonly solved: (id: string) => boolean;
  readonly onChoose: (at: number) => void;
}

/** All tasks in the order of the backward pass, which are right and which one is open. */
export function TaskOverview({ at, solved, onChoose }: Props) {
  return (
    <ol class="task-overview" aria-label="Lines of the backward pass">
      {TASKS.map((task, i) => {
        const id = idOf(task);
        return (
          <li key={id}>
            <button
              type="button"
              class={solved(id) ? 'is-right' : undefined}
              aria-current={i === at ? 'step' : undefined}
              onClick={() => onChoose(i)}
            >
              {id}
              {solved(id) && <span class="visually-hidden">, right</span>}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
