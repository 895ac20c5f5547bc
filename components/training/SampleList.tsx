interface Props {
  readonly words: readonly string[];
  /** The step at which they were drawn. */
  readonly step: number;
}

/** Words that a model drew. Each has its line from the start, so that nothing moves when they change. */
export function SampleList({ words, step }: Props) {
  return (
    <div class="samples">
      <p>{words.length > 0 ? `Drawn at step ${step.toLocaleString('en-US')}` : 'Drawn from the model'}</p>
      <ol>
        {Array.from({ length: Math.max(5, words.length) }, (_, i) => (
          <li key={i}>{words[i] === '' ? '(empty)' : (words[i] ?? '–')}</li>
        ))}
      </ol>
    </div>
  );
}
