import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

interface Props {
  readonly step: number;
  readonly steps: number;
  readonly playing: Signal<boolean>;
  readonly onMove: (step: number) => void;
}

/** Slow enough to read the rule of each step. */
const STEP_MS = 1400;

/** The buttons that walk the backward pass, one node at a time, forwards and back. */
export function BackwardControls({ step, steps, playing, onMove }: Props) {
  useEffect(() => {
    if (!playing.value) return;
    const timer = setTimeout(() => {
      onMove(step + 1);
      if (step + 1 >= steps) playing.value = false;
    }, STEP_MS);
    return () => clearTimeout(timer);
  }, [playing.value, step, steps]);

  const play = () => {
    if (step >= steps) onMove(0);
    playing.value = true;
  };
  const walk = (next: number) => {
    playing.value = false;
    onMove(next);
  };
  return (
    <div class="backward-controls needs-script">
      <div class="transport" role="group" aria-label="Backward pass">
        <button
          type="button"
          class="primary"
          onClick={playing.value ? () => (playing.value = false) : play}
          disabled={steps === 0}
        >
          {playing.value ? 'Pause' : 'Play'}
        </button>
        <button type="button" disabled={step === 0} onClick={() => walk(step - 1)}>
          Back
        </button>
        <button type="button" disabled={step >= steps} onClick={() => walk(step + 1)}>
          Step
        </button>
        <button type="button" onClick={() => walk(0)}>
          Reset
        </button>
      </div>
      <p class="status" role="status">
        Backward pass: {step} of {steps} {steps === 1 ? 'step' : 'steps'}
      </p>
    </div>
  );
}
