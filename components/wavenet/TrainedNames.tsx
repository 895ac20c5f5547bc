import { useSignal } from '@preact/signals';
import * as faults from '../../src/faults.ts';
import { fetchPart } from '../../src/training/fetch-part.ts';
import { inWords } from '../../src/training/in-words.ts';
import { waveNetOf, type waveNetTable } from '../../src/training/wavenet/settings.ts';
import type { RecordIn } from '../training/language-model.ts';
import { modelAtHand } from '../training/model-at-hand.ts';
import { RunButton } from '../training/RunButton.tsx';
import './trained-names.css';

interface Props {
  readonly recorded: RecordIn<typeof waveNetTable>;
  /** The address of its trained weights. */
  readonly weights: string;
}

/** Names that the trained WaveNet makes up: first those of its record, then what it draws here. */
export function TrainedNames({ recorded, weights }: Props) {
  const words = useSignal(recorded.samples);
  const time = useSignal(0);
  const busy = useSignal(false);
  const failure = useSignal('');
  const draw = async () => {
    busy.value = true;
    failure.value = '';
    try {
      const { settings } = recorded;
      const snapshot = async () => undefined;
      const model = await modelAtHand({ settings, networkOf: waveNetOf, view: recorded, snapshot, weights });
      const { drawWords } = await fetchPart(import('../../src/training/language-model/draw.ts'));
      words.value = await drawWords(model, time.value + 1);
      time.value += 1;
    } catch (error) {
      failure.value = `${inWords(error)} ${faults.press('the button')}`;
    } finally {
      busy.value = false;
    }
  };
  return (
    <section class="trained-names" aria-label="Names from the trained network">
      <ul aria-live="polite">
        {words.value.map((word, i) => (
          <li key={i}>{word === '' ? '(empty)' : word}</li>
        ))}
      </ul>
      <p class="needs-script">
        <RunButton unavailable={busy.value} onClick={draw}>
          Draw others
        </RunButton>{' '}
        <span role="status">{failure.value}</span>
      </p>
    </section>
  );
}
