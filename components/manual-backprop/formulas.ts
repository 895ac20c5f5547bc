import katex from 'katex';
import { DERIVATIONS, RESULTS } from '../../src/backprop/derivations.ts';
import { idOf, TASKS } from '../../src/backprop/tasks.ts';
import { katexOptions } from '../../tools/katex.mjs';

/** The gradient of a tensor in symbols, as HTML. */
export interface Formulas {
  /** How it comes about, line by line. */
  readonly derivation: readonly string[];
  readonly result: string;
}

/** Of these tasks, or of all; for pages, where they are rendered once, when the site is built. @param ids as `idOf` gives them. */
export function renderFormulas(ids: readonly string[] = TASKS.map(idOf)): Record<string, Formulas> {
  const render = (tex: string) => katex.renderToString(tex, { ...katexOptions, displayMode: true });
  return Object.fromEntries(
    TASKS.filter((task) => ids.includes(idOf(task))).map((task) => {
      const id = idOf(task);
      return [id, { derivation: DERIVATIONS[id]!.map(render), result: render(RESULTS[id]!) }];
    }),
  );
}
