interface Props {
  /** Expressions by name. */
  readonly examples: Readonly<Record<string, string>>;
  readonly onChoose: (source: string) => void;
}

/** Expressions to begin with, one press each. */
export function ExampleButtons({ examples, onChoose }: Props) {
  return (
    <div class="examples needs-script" role="group" aria-label="Examples">
      {Object.entries(examples).map(([name, source]) => (
        <button key={name} type="button" class="quiet" onClick={() => onChoose(source)}>
          {name}
        </button>
      ))}
    </div>
  );
}
