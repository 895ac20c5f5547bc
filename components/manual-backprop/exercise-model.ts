import type { Verdict } from '../../src/backprop/judge.ts';
import { givenGradients, idOf, TASKS, type Task } from '../../src/backprop/tasks.ts';
import { forget, recall, remember } from '../prose/progress.ts';

/** How long each letter of a shape is here. */
export const LENGTHS = { n: 32, K: 27, T: 3, D: 10, TD: 30, H: 64, '1': 1 } as const;

/** What is kept of a task between visits. */
export interface Kept {
  readonly line: string;
  readonly solved: boolean;
}

const keyOf = (task: Task): string => `gradient-exercise ${idOf(task)}`;

export function recallTask(task: Task): Kept {
  const past = recall(keyOf(task));
  return { line: past?.answer ?? '', solved: past?.solved ?? false };
}

export const keepTask = (task: Task, { line, solved }: Kept): void => remember(keyOf(task), { answer: line, solved });
export const forgetTask = (task: Task): void => forget(keyOf(task));

/** (n, 1) = (32, 1) */
export function shapeInWords({ step }: Task): string {
  const letters = step.shape.map((length) => (length === 'TD' ? 'T·D' : length));
  return `(${letters.join(', ')}) = (${step.shape.map((length) => LENGTHS[length]).join(', ')})`;
}

/** The gradients that a line may be made of, as the end of a sentence. */
export function givenInWords(task: Task): string {
  const names = givenGradients(task).map((name) => `d${name}`);
  if (names.length === 0) return 'there is no gradient yet to use';
  const listed = names.length > 6 ? [...names.slice(0, 2), '…', ...names.slice(-3)] : names;
  return `of the gradients ${listed.join(', ')}`;
}

/** What the page says of a line. */
export function verdictInWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'exact':
      return 'Exact: every number is the one of the solution, to the last digit.';
    case 'approximate':
      return `Right, but for rounding in another order: the largest difference is ${verdict.difference.toExponential(0).replace('-', '−')}.`;
    case 'shape':
    case 'wrong':
    case 'error':
      return verdict.sentence;
  }
}

/** All lines that were written, as a file that reads like the notebook’s cell. */
export function answersAsText(kept: ReadonlyMap<string, Kept>): string {
  const lines = TASKS.flatMap((task) => {
    const { line, solved } = kept.get(idOf(task))!;
    if (line === '') return [];
    const written =
      line.includes('=') && /^\s*d\w+\s*=[^=]/.test(line) ? line.trim() : `d${task.step.name} = ${line.trim()}`;
    return [`${written}${solved ? '' : '  # not right yet'}${task.kind === 'fused' ? '  # in one line' : ''}`];
  });
  return `# The backward pass of the MLP with batch normalization, line by line.\n${lines.join('\n')}\n`;
}
