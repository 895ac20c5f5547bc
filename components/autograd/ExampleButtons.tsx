interface Props {
  readonly names: readonly string[];
  readonly onChoose: (name: string) => void;
}

/** Expressions to begin with, one press each. */
export function ExampleButtons({ names, onChoose }: Props) {
  return (
    <div class="examples needs-script" role="group" aria-label="Examples">
      {names.map((name) => (
        <button key={name} type="button" class="quiet" onClick={() => onChoose(name)}>
          {name}
        </button>
      ))}
    </div>
  );
}
