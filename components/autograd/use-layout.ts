import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import * as faults from '../../src/faults.ts';
import type { Drawn } from './expression-model.ts';
import type { GraphLayout } from './graph-layout.ts';

/** A graph that has been laid out, and can be drawn. */
export interface Placed {
  readonly drawn: Drawn;
  readonly layout: GraphLayout;
  /** Why the graph on screen is not the one asked for, if it is not. */
  readonly failure?: string;
}

const FAILURE = `${faults.partNotFetched} ${faults.lastGraphStays}`;

/**
 * The layout of a graph. The first comes with the page; for a graph of another shape the layout library is fetched, and
 * until it is there the last graph stays on screen.
 */
export function useLayout(drawn: Drawn, first: GraphLayout): Placed {
  const placed = useSignal<Placed>({ drawn, layout: first });
  const same = sameShape(drawn, placed.value.drawn);
  const current = same ? { drawn, layout: placed.value.layout } : placed.value;

  useEffect(() => {
    if (same) return;
    let wanted = true;
    import('./graph-layout.ts').then(
      ({ layoutGraph }) => {
        if (wanted) placed.value = { drawn, layout: layoutGraph(drawn.shape) };
      },
      () => {
        if (wanted) placed.value = { ...placed.value, failure: FAILURE };
      },
    );
    return () => {
      wanted = false;
    };
  }, [drawn]);

  return current;
}

const sameShape = (a: Drawn, b: Drawn): boolean => JSON.stringify(a.shape) === JSON.stringify(b.shape);
