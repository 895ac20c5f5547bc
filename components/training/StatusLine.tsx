import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
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

/** So often a run that goes on says where it is. */
const EVERY_MS = 15_000;

/** Where the run is. The line is for the eye; what is spoken changes when the run starts, pauses or ends, and now and then between. */
export function StatusLine({ state, failure = '', children }: Props) {
  const now = useRef(children);
  now.current = children;
  const underWay = useSignal('');
  useEffect(() => {
    underWay.value = '';
    if (state !== 'running') return undefined;
    const timer = setInterval(() => {
      underWay.value = now.current;
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [state]);
  const rests = state === 'paused' || state === 'done';
  return (
    <>
      {failure === '' && <p class="status">{children}</p>}
      <p class="widget-failure" role="alert" hidden={failure === ''}>
        {failure}
      </p>
      <p class="visually-hidden" role="status">
        {(state === 'running' && underWay.value) || SPOKEN[state]} {rests ? children : ''}
      </p>
    </>
  );
}
