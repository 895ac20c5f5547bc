import type { RefObject } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { readLink } from '../../src/training/link.ts';
import { type Progress, RunController, type RunTable } from './run-controller.ts';
import { useAttention } from './use-attention.ts';

/** The controller of a figure’s run, with the address read, the figure’s place on screen watched, and the worker ended with it. */
export function useRun<T extends RunTable, Saved extends Progress, Frame extends Progress & { readonly done: boolean }>(
  figure: RefObject<HTMLElement>,
  options: ConstructorParameters<typeof RunController<T, Saved, Frame>>[0],
): RunController<T, Saved, Frame> {
  const run = useMemo(() => new RunController<T, Saved, Frame>(options), []);
  const attend = useMemo(() => (seen: boolean) => run.attend(seen), [run]);
  useAttention(figure, attend);
  useEffect(() => {
    run.open(readLink(options.id, location.search));
    const leave = () => run.leave();
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      run.dispose();
    };
  }, [run]);
  return run;
}
