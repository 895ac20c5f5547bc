import { type ReadonlySignal, signal, useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { parse } from '../../src/autograd/expression/parse.ts';
import type { Program } from '../../src/autograd/expression/program.ts';
import { fetchPart } from '../../src/training/fetch-part.ts';
import { inWords } from '../../src/training/in-words.ts';
import { type Fault, orFault } from './fault.ts';
import { useLastGood } from './use-last-good.ts';

/** Fetched once for all figures of the page. */
const parser = signal<typeof parse | undefined>(undefined);

/**
 * What a figure shows of the expression that the reader has now. The first expression was read when the page was built;
 * for another the parser is fetched, and until it is there the last good result stays.
 * @param remedy said after the reason where the parser cannot be had. The next edit asks for it again.
 */
export function useExpression<T extends object>(
  source: ReadonlySignal<string>,
  first: { readonly source: string; readonly program: Program },
  compute: (program: Program) => T | Fault,
  remedy: string,
): { readonly good: T; readonly fault: Fault | undefined; readonly failure: string | undefined } {
  const result = useComputed(() => {
    if (source.value === first.source) return compute(first.program);
    const read = parser.value;
    return read && orFault(() => compute(read(source.value)));
  });
  const failure = useSignal<string | undefined>(undefined);
  const isUnread = !result.value;

  useEffect(() => {
    if (!isUnread) return;
    let wanted = true;
    fetchPart(import('../../src/autograd/expression/parse.ts')).then(
      ({ parse }) => {
        parser.value = parse;
      },
      (error) => {
        if (wanted) failure.value = `${inWords(error)} ${remedy}`;
      },
    );
    return () => {
      wanted = false;
    };
  }, [source.value, isUnread]);

  return { ...useLastGood(result.value), failure: isUnread ? failure.value : undefined };
}
