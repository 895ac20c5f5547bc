import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { RunButton } from '../training/RunButton.tsx';
import { Spoken } from '../training/Spoken.tsx';

interface Props {
  readonly step: number;
  readonly steps: number;
  readonly playing: Signal<boolean>;
  readonly onMove: (step: number) => void;
}

/** Slow enough to read the rule of each step. */
const STEP_MS = 1400;

/** The buttons that walk the backward pass, one node at a time, forwards and back. From its end, Step begins it anew. */
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
  const pause = () => {
    playing.value = false;
  };
  const walk = (next: number) => {
    pause();
    onMove(next);
  };
  const where = `Backward pass: ${step} of ${steps} ${steps === 1 ? 'step' : 'steps'}`;
  return (
    <div class="backward-controls needs-script">
      <div class="transport" role="group" aria-label="Backward pass">
        <RunButton primary unavailable={steps === 0} onClick={playing.value ? pause : play}>
          {playing.value ? 'Pause' : 'Play'}
        </RunButton>
        <RunButton unavailable={step === 0} onClick={() => walk(step - 1)}>
          Back
        </RunButton>
        <RunButton unavailable={steps === 0} onClick={() => walk(step < steps ? step + 1 : 1)}>
          Step
        </RunButton>
        <RunButton onClick={() => walk(0)}>Reset</RunButton>
      </div>
      <p class="status">{where}</p>
      <Spoken>{where}</Spoken>
    </div>
  );
}
