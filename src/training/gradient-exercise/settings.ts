import { idOf, TASKS } from '../../backprop/passes.ts';
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
