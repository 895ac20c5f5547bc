import { mlpOf, mlpTrainingTable } from '../../src/training/mlp/settings.ts';
import type { SiteLists } from '../training/corpus-source.ts';
import { LanguageModelTraining } from '../training/LanguageModelTraining.tsx';
import type { RecordIn } from '../training/language-model.ts';

interface Props {
  readonly caption: string;
  readonly recorded: RecordIn<typeof mlpTrainingTable>;
  /** The address of its trained weights. */
  readonly weights?: string;
  readonly lists: SiteLists;
}

/** The notebook’s MLP, trained in the page. */
export const MlpTraining = (props: Props) => (
  <LanguageModelTraining
    {...props}
    id="mlp-training"
    title="A network learns to write names"
    table={mlpTrainingTable}
    networkOf={mlpOf}
    kind="mlp"
  />
);
