import { useSignal } from '@preact/signals';
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
 * The formulas of the line that is shown. Those that the page did not come with are fetched when the first of them is asked
 * for. They go with lines of code that
 * say the same: a page that cannot fetch them is only the poorer by them.
 */
export function useFormulas(first: FormulaBook, id: string): Formulas | undefined {
  const formulas = useSignal(first);
  const isMissing = !(id in formulas.value);
  useEffect(() => {
    if (!isMissing) return;
    fetched ??= fetchFormulas();
    fetched.then(
      (all) => {
        formulas.value = all;
      },
      () => {
        fetched = undefined; // The next line that is shown asks again.
      },
    );
  }, [isMissing, id]);
  return formulas.value[id];
}
