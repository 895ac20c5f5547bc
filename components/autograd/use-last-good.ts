import { useRef } from 'preact/hooks';
import { type Fault, isFault } from './expression-model.ts';

/** What could be computed last, and what is wrong with what the reader has now. The first result has to be good. */
export function useLastGood<T extends object>(
  result: T | Fault,
): { readonly good: T; readonly fault: Fault | undefined } {
  const last = useRef(result as T);
  if (isFault(result)) return { good: last.current, fault: result };
  last.current = result;
  return { good: result, fault: undefined };
}
