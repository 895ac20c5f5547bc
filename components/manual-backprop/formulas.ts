import katex from 'katex';
import { idOf, TASKS } from '../../src/backprop/passes.ts';
import { katexOptions } from '../../tools/katex.mjs';

/** The gradient of each task as a formula; for pages, where they are rendered once, when the site is built. */
export const renderFormulas = (): Record<string, string> =>
  Object.fromEntries(
    TASKS.map((task) => [idOf(task), katex.renderToString(task.step.tex, { ...katexOptions, displayMode: true })]),
  );
