import { STEPS } from '../../backprop/steps.ts';
import { idOf, TASKS } from '../../backprop/tasks.ts';
import type { SettingsTable } from '../settings.ts';

const ids = TASKS.map(idOf);

/** Which line is open. */
export const exerciseTable = {
  task: {
    kind: 'choice',
    label: 'Line',
    options: Object.fromEntries(ids.map((id) => [id, id])),
    default: ids[0]!,
  },
} as const satisfies SettingsTable;

const names = STEPS.map(({ name }) => name);

/** Which tensor the stepper stands at. */
export const stepperTable = {
  tensor: {
    kind: 'choice',
    label: 'Tensor',
    options: Object.fromEntries(names.map((name) => [name, name])),
    default: names[0]!,
  },
} as const satisfies SettingsTable;
