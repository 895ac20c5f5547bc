import { waveNetOf, waveNetTable } from '../../src/training/wavenet/settings.ts';
import type { SiteLists } from '../training/corpus-source.ts';
import type { Experiment } from '../training/Experiments.tsx';
import { LanguageModelTraining } from '../training/LanguageModelTraining.tsx';
import type { RecordIn } from '../training/language-model.ts';
import type { RecordElsewhere } from '../training/use-record.ts';

interface Props {
  readonly caption: string;
  readonly recorded: RecordIn<typeof waveNetTable>;
  /** Recorded runs of the experiments. */
  readonly others?: readonly RecordElsewhere<typeof waveNetTable>[];
  /** The address of its trained weights. */
  readonly weights?: string;
  readonly lists: SiteLists;
}

const SMALL = { embedding: 10, hidden: 68 };
const EXPERIMENTS: readonly Experiment<typeof waveNetTable>[] = [
  { label: 'The large one', changed: {} },
  { label: 'All at once, 22,097 parameters', changed: { ...SMALL, join: 'all', hidden: 200 } },
  { label: 'By pairs, 22,397', changed: SMALL },
  { label: 'Over the batch alone', changed: { ...SMALL, over: 'batch' } },
  { label: 'The large one, stopped early', changed: { steps: 20_000, decay: 15_000 } },
];

/** The networks of makemore’s fifth notebook, trained in the page. */
export const WaveNetTraining = (props: Props) => (
  <LanguageModelTraining
    {...props}
    id="wavenet-training"
    title="A network with a longer memory"
    table={waveNetTable}
    networkOf={waveNetOf}
    kind="wavenet"
    experiments={EXPERIMENTS}
  />
);
