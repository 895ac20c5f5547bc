import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Formulas } from './formulas.ts';

/** Of each line, by `idOf`. */
export type FormulaBook = Readonly<Record<string, Formulas>>;

/** Where src/pages puts them. */
const ADDRESS = '/formulas/backward-pass.json';
let fetched: Promise<FormulaBook> | undefined;

async function fetchFormulas(): Promise<FormulaBook> {
  const response = await fetch(ADDRESS);
  if (!response.ok) throw new Error(`${ADDRESS}: ${response.status}`);
  return response.json();
}

/**
 * The formulas of all lines, once they are there; until then those that the page came with. They go with lines of code that
 * say the same: a page that cannot fetch them is only the poorer by them.
 */
export function useFormulas(first: FormulaBook): Signal<FormulaBook> {
  const formulas = useSignal(first);
  useEffect(() => {
    fetched ??= fetchFormulas();
    fetched.then(
      (all) => {
        formulas.value = all;
      },
      () => {
        fetched = undefined; // The next figure that comes into view asks again.
      },
    );
  }, []);
  return formulas;
}
