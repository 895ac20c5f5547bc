import { RunButton } from './RunButton.tsx';
import type { RunState } from './run-controller.ts';

interface Props {
  readonly state: RunState;
  readonly onPlay: () => unknown;
  readonly onPause: () => unknown;
  readonly onStep: () => unknown;
  readonly onReset: () => unknown;
  readonly onNewSeed?: () => unknown;
  /** Nothing can be played; the status line says why. */
  readonly blocked?: boolean;
}

/** The buttons of a run. Play turns into Pause in its place, so that the focus stays where it is. */
export function Transport({ state, onPlay, onPause, onStep, onReset, onNewSeed, blocked = false }: Props) {
  const active = state === 'running' || state === 'loading';
  const over = state === 'done' || blocked;
  return (
    <div class="transport needs-script" role="group" aria-label="Run">
      <RunButton primary unavailable={over && !active} onClick={active ? onPause : onPlay}>
        {active ? 'Pause' : 'Play'}
      </RunButton>
      <RunButton unavailable={active || over} onClick={onStep}>
        Step
      </RunButton>
      <RunButton onClick={onReset}>Reset</RunButton>
      {onNewSeed && <RunButton onClick={onNewSeed}>New seed</RunButton>}
    </div>
  );
}
