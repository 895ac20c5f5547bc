import { useComputed } from '@preact/signals';
import { KeptRun } from './KeptRun.tsx';
import { Live } from './Live.tsx';
import type { Progress, RunController, RunTable } from './run-controller.ts';
import { StatusLine } from './StatusLine.tsx';
import { Transport } from './Transport.tsx';

interface Props<T extends RunTable, Saved extends Progress, Frame extends Progress & { readonly done: boolean }> {
  readonly run: RunController<T, Saved, Frame>;
  /** What a step is called here. */
  readonly unit: string;
  /** Why nothing can be played, as a sentence; undefined where it can. */
  readonly blocked?: string | undefined;
  /** Where the run is, in words; it reads the signals that it tells of. */
  readonly status: () => string;
}

/** The buttons of a run, and beside them where it is, what went wrong, or the offer to go on with an earlier one. */
export function RunControls<
  T extends RunTable,
  Saved extends Progress,
  Frame extends Progress & { readonly done: boolean },
>({ run, unit, blocked, status }: Props<T, Saved, Frame>) {
  // A run that ran off cannot go on; one whose worker died can.
  const isSpoiled = useComputed(() => run.state.value === 'error' && run.frame.value?.done === true);
  return (
    <div class="run-controls">
      <Transport
        state={run.state.value}
        blocked={blocked !== undefined || isSpoiled.value}
        onPlay={() => run.play()}
        onPause={() => run.pause()}
        onStep={() => run.step()}
        onReset={() => run.reset()}
        onNewSeed={() => run.newSeed()}
      />
      <div class="run-status">
        {run.keptAt.value === undefined ? (
          <Live
            of={() => (
              <StatusLine state={run.state.value} failure={run.failure.value}>
                {blocked ?? (run.state.value === 'loading' && run.progress.value ? run.progress.value : status())}
              </StatusLine>
            )}
          />
        ) : (
          <KeptRun
            step={run.keptAt.value}
            unit={unit}
            onResume={() => run.resume()}
            onDiscard={() => run.discardKept()}
          />
        )}
        {run.unstored.value !== '' && <p class="status">{run.unstored.value}</p>}
      </div>
    </div>
  );
}
