import type { RunState } from './run-controller.ts';

interface Props {
  readonly state: RunState;
  /** What went wrong, as a sentence; it takes the line’s place, beside the buttons. */
  readonly failure?: string;
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
export function StatusLine({ state, failure = '', children }: Props) {
  const rests = state === 'paused' || state === 'done';
  return (
    <>
      {failure === '' && <p class="status">{children}</p>}
      <p class="widget-failure" role="alert" hidden={failure === ''}>
        {failure}
      </p>
      <p class="visually-hidden" role="status">
        {SPOKEN[state]} {rests ? children : ''}
      </p>
    </>
  );
}
