import { computed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { CorpusPicker } from './CorpusPicker.tsx';
import type { CorpusName } from './corpus-source.ts';
import type { Progress, RunController, RunTable } from './run-controller.ts';

interface Props<T extends RunTable, Saved extends Progress, Frame extends Progress & { readonly done: boolean }> {
  readonly run: RunController<T, Saved, Frame>;
  /** What the run says of its list, in words. */
  readonly summary: (frame: Frame) => string;
}

/** The choice of the list that a run reads itself. */
export function RunCorpus<
  T extends RunTable,
  Saved extends Progress,
  Frame extends Progress & { readonly done: boolean },
>({ run, summary }: Props<T, Saved, Frame>) {
  const text = useMemo(() => computed(() => (run.frame.value ? summary(run.frame.value) : '')), [run]);
  const { corpus } = run.settings.value as { readonly corpus: CorpusName };
  return (
    <CorpusPicker
      name={corpus}
      summary={text.value}
      notes={[]}
      busy={false}
      failure=""
      onChoose={(chosen) => {
        if (chosen === corpus)
          run.reset(); // another list of the reader’s own
        else run.change({ corpus: chosen });
      }}
    />
  );
}
