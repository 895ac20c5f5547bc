import type { RunState } from './run-controller.ts';

interface Props {
  readonly state: RunState;
  readonly onPlay: () => void;
  readonly onPause: () => void;
  readonly onStep: () => void;
  readonly onReset: () => void;
  readonly onNewSeed?: () => void;
  /** Why nothing can be played, in a few words; undefined where it can. */
  readonly blocked?: string | undefined;
}

/** The buttons of a run. Play turns into Pause in its place, so that the focus stays where it is. */
export function Transport({ state, onPlay, onPause, onStep, onReset, onNewSeed, blocked }: Props) {
  const active = state === 'running' || state === 'loading';
  const over = state === 'done' || blocked !== undefined;
  return (
    <div class="transport needs-script" role="group" aria-label="Run">
      <button
        type="button"
        class="primary"
        disabled={over && !active}
        title={blocked}
        onClick={active ? onPause : onPlay}
      >
        {active ? 'Pause' : 'Play'}
      </button>
      <button type="button" disabled={active || over} title={blocked} onClick={onStep}>
        Step
      </button>
      <button type="button" onClick={onReset}>
        Reset
      </button>
      {onNewSeed && (
        <button type="button" onClick={onNewSeed}>
          New seed
        </button>
      )}
    </div>
  );
}
