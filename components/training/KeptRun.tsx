interface Props {
  /** The step at which the run was put aside. */
  readonly step: number;
  /** What a step is called here. */
  readonly unit: string;
  readonly onResume: () => unknown;
  readonly onDiscard: () => unknown;
}

/** Offers to go on with a run that was under way when the page was closed. */
export function KeptRun({ step, unit, onResume, onDiscard }: Props) {
  return (
    <div class="kept-run">
      <span role="status">
        Your last run here stopped at {unit} {step}.
      </span>
      <button type="button" onClick={onResume}>
        Resume
      </button>
      <button type="button" class="quiet" onClick={onDiscard}>
        Discard
      </button>
    </div>
  );
}
