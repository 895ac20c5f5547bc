interface Props {
  /** The step at which the run was put aside. */
  readonly step: number;
  /** What a step is called here. */
  readonly unit: string;
  readonly onResume: () => unknown;
  readonly onDiscard: () => unknown;
}

/** This offer goes with the press that answers it; the focus stays in the figure. */
function focusPlay(event: Event): void {
  const figure = (event.currentTarget as HTMLElement).closest('figure');
  figure?.querySelector<HTMLElement>('.transport .primary')?.focus();
}

/** Offers to go on with a run that was under way when the page was closed. */
export function KeptRun({ step, unit, onResume, onDiscard }: Props) {
  return (
    <div class="kept-run">
      <span role="status">
        Your last run here stopped at {unit} {step.toLocaleString('en-US')}.
      </span>
      <button
        type="button"
        onClick={(event) => {
          focusPlay(event);
          onResume();
        }}
      >
        Resume
      </button>
      <button
        type="button"
        class="quiet"
        onClick={(event) => {
          focusPlay(event);
          onDiscard();
        }}
      >
        Discard
      </button>
    </div>
  );
}
