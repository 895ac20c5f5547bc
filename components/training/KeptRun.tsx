import type { SettingsTable } from '../../src/training/settings.ts';
import type { RunController } from './run-controller.ts';

interface Props<T extends SettingsTable, Frame extends { step: number; done: boolean }> {
  readonly run: RunController<T, Frame>;
  /** What a step is called here. */
  readonly unit: string;
}

/** Offers to go on with a run that was under way when the page was closed. */
export function KeptRun<T extends SettingsTable, Frame extends { step: number; done: boolean }>({
  run,
  unit,
}: Props<T, Frame>) {
  const kept = run.kept.value;
  if (!kept) return null;
  return (
    <div class="kept-run" role="status">
      <span>
        Your last run here stopped at {unit} {kept.frame.step}.
      </span>
      <button type="button" onClick={() => run.resume()}>
        Resume
      </button>
      <button type="button" class="quiet" onClick={() => run.discardKept()}>
        Discard
      </button>
    </div>
  );
}
