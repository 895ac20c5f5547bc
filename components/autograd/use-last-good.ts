import { useRef } from 'preact/hooks';
import { type Fault, isFault } from './fault.ts';

/**
 * What could be computed last, and what is wrong with what the reader has now.
 * @param result undefined while it is not known. The first has to be good.
 */
export function useLastGood<T extends object>(
  result: T | Fault | undefined,
): { readonly good: T; readonly fault: Fault | undefined } {
  const last = useRef(result as T);
  if (!result) return { good: last.current, fault: undefined };
  if (isFault(result)) return { good: last.current, fault: result };
  last.current = result;
  return { good: result, fault: undefined };
}
