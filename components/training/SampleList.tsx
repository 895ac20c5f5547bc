import { useSignal } from '@preact/signals';
import * as faults from '../../src/faults.ts';
import { inWords } from '../../src/training/in-words.ts';

interface Drawn {
  readonly words: readonly string[];
  readonly step: number;
}

interface Props {
  readonly words: readonly string[];
  /** The step at which they were drawn. */
  readonly step: number;
  /**
   * Draws others from the model as it is now, where there is one; `time` tells how often that was done.
   * @throws an Error whose message is a sentence for the reader.
   */
  readonly draw: ((time: number) => Promise<Drawn>) | undefined;
}

/** Words that a model drew, and a button for more. Each has its line from the start, so that nothing moves when they change. */
export function SampleList({ words, step, draw }: Props) {
  const time = useSignal(0);
  const answer = useSignal<{ instead: string; drawn?: Drawn; fault?: string } | undefined>(undefined);
  // The next evaluation draws words of its own, and so does another run.
  const now = [step, ...words].join();
  const { drawn, fault = '' } = answer.value?.instead === now ? answer.value : {};
  const shown = drawn ?? { words, step };

  const drawMore = async () => {
    time.value += 1;
    const mine = time.value;
    const found = await draw!(mine).then(
      (drawn) => ({ drawn }),
      (error: Error) => ({ fault: `${inWords(error)} ${faults.press('Draw others')}` }),
    );
    if (mine === time.value) answer.value = { instead: now, ...found };
  };

  return (
    <div class="samples">
      <p>{shown.words.length > 0 ? `Drawn at step ${shown.step.toLocaleString('en-US')}` : 'Drawn from the model'}</p>
      <ol>
        {Array.from({ length: Math.max(5, shown.words.length) }, (_, i) => (
          <li key={i}>{shown.words[i] === '' ? '(empty)' : (shown.words[i] ?? '–')}</li>
        ))}
      </ol>
      <button type="button" class="needs-script" aria-disabled={draw ? undefined : true} onClick={draw && drawMore}>
        Draw others
      </button>
      {/* While a run goes on its words come and go unsaid. */}
      <p role="status" class="help">
        {fault || (drawn && <span class="visually-hidden">{drawn.words.join(', ')}</span>)}
      </p>
    </div>
  );
}
