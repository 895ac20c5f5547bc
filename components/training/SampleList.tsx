import { useSignal } from '@preact/signals';

interface Props {
  readonly words: readonly string[];
  /** The step at which they were drawn. */
  readonly step: number;
  /**
   * Draws others from the model as it is now; `time` tells how often that was done.
   * @throws an Error whose message is a sentence for the reader.
   */
  readonly draw: (time: number) => Promise<{ readonly words: readonly string[]; readonly step: number }>;
}

/** Words that a model drew, and a button for more. Each has its line from the start, so that nothing moves when they change. */
export function SampleList({ words, step, draw }: Props) {
  const time = useSignal(0);
  const more = useSignal<{ words: readonly string[]; step: number; until: number } | undefined>(undefined);
  const fault = useSignal('');
  // The next evaluation draws words of its own.
  const shown = more.value?.until === step ? more.value : { words, step };

  const drawMore = async () => {
    time.value += 1;
    try {
      more.value = { ...(await draw(time.value)), until: step };
      fault.value = '';
    } catch (error) {
      fault.value = (error as Error).message;
    }
  };

  return (
    <div class="samples">
      <p>{shown.words.length > 0 ? `Drawn at step ${shown.step.toLocaleString('en-US')}` : 'Drawn from the model'}</p>
      <ol aria-live="polite">
        {Array.from({ length: Math.max(5, shown.words.length) }, (_, i) => (
          <li key={i}>{shown.words[i] === '' ? '(empty)' : (shown.words[i] ?? '–')}</li>
        ))}
      </ol>
      <button type="button" class="needs-script" onClick={drawMore}>
        Draw others
      </button>
      <p role="status" class="help">
        {fault}
      </p>
    </div>
  );
}
