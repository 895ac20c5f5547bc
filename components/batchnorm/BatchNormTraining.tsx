import { batchNormOf, batchNormTable } from '../../src/training/batchnorm/settings.ts';
import type { SiteLists } from '../training/corpus-source.ts';
import type { Experiment } from '../training/Experiments.tsx';
import { LanguageModelTraining } from '../training/LanguageModelTraining.tsx';
import type { RecordIn } from '../training/language-model.ts';
import { HealthPanel } from './HealthPanel.tsx';
import { faultOfBatchNorm } from './health-model.ts';

interface Props {
  readonly caption: string;
  readonly recorded: RecordIn<typeof batchNormTable>;
  /** The address of its trained weights. */
  readonly weights?: string;
  readonly lists: SiteLists;
}

const EXPERIMENTS: readonly Experiment<typeof batchNormTable>[] = [
  { label: 'Deep, with BatchNorm', changed: {} },
  { label: 'Deep, without', changed: { norm: 'off' } },
  { label: 'Without, gain 3', changed: { norm: 'off', gain: 3 } },
  { label: 'The notebook’s MLP', changed: { network: 'mlp', hidden: 200, decay: 100_000 } },
  { label: 'Batch of 4', changed: { batch: 4 } },
];

/** The notebook’s deep network in training, and what goes on inside it. */
export const BatchNormTraining = (props: Props) => (
  <LanguageModelTraining
    {...props}
    id="batchnorm-training"
    title="A deep network in training, seen from inside"
    table={batchNormTable}
    networkOf={batchNormOf}
    kind="batchnorm"
    watching="health"
    experiments={EXPERIMENTS}
    fault={faultOfBatchNorm}
    below={(view, settings) => <HealthPanel view={view} settings={settings} />}
  />
);
