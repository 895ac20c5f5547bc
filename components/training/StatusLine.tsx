import type { RunState } from './run-controller.ts';

interface Props {
  readonly state: RunState;
  /** What the run says of itself right now; changes with every frame. */
  readonly children: string;
}

const SPOKEN: Record<RunState, string> = {
  idle: '',
  loading: 'Starting.',
  running: 'Running.',
  paused: 'Paused.',
  done: 'Done.',
  error: '',
};

/** Where the run is. The line is for the eye; what is spoken changes only when the run starts, pauses or ends. */
export function StatusLine({ state, children }: Props) {
  const rests = state === 'paused' || state === 'done';
  return (
    <>
      <p class="status">{children}</p>
      <p class="visually-hidden" role="status">
        {SPOKEN[state]} {rests ? children : ''}
      </p>
    </>
  );
}
