import { useRef } from 'preact/hooks';
import { ENGINE_LABELS } from '../../src/training/fields.ts';
import type { LanguageModelInputs } from '../../src/training/language-model/prepare.ts';
import { writeLink } from '../../src/training/link.ts';
import type { ManualTrainingFrame, ManualTrainingSaved } from '../../src/training/manual/run.ts';
import { type ManualTrainingSettings, manualTrainingTable } from '../../src/training/manual/settings.ts';
import { LineChart } from '../charts/LineChart.tsx';
import { CopyLink } from '../training/CopyLink.tsx';
import { OWN_LIST_IS_MISSING } from '../training/CorpusPicker.tsx';
import { type SiteLists, sourceOf } from '../training/corpus-source.ts';
import { startEngineWorker } from '../training/engine-worker.ts';
import { RunControls } from '../training/RunControls.tsx';
import { RunCorpus } from '../training/RunCorpus.tsx';
import { SettingsForm } from '../training/SettingsForm.tsx';
import { isManualTrainingSaved } from '../training/saved.ts';
import { useRun } from '../training/use-run.ts';
import { Widget } from '../training/Widget.tsx';

const ID = 'manual-training';
const { corpus: _, ...formTable } = manualTrainingTable;

interface Props {
  readonly caption: string;
  readonly lists: SiteLists;
}

/** One network, trained twice on the same minibatches: by the backward pass by hand, and by autograd. */
export function ManualTraining({ caption, lists }: Props) {
  const figure = useRef<HTMLElement>(null);
  const run = useRun<typeof manualTrainingTable, ManualTrainingSaved, ManualTrainingFrame>(figure, {
    id: ID,
    table: manualTrainingTable,
    startWorker: startEngineWorker,
    inputs: ({ corpus }) => ({ kind: 'manual', source: sourceOf(corpus, lists) }) satisfies LanguageModelInputs,
    isSaved: isManualTrainingSaved,
    fault: faultOf,
  });
  const settings = run.settings.value;
  const frame = run.frame.value;
  const curve = (side: 'hand' | 'autograd') => frame?.[side].curve ?? { every: 1, values: [] };
  return (
    <Widget
      id={ID}
      title="By hand and by autograd"
      state={run.state.value}
      step={frame?.step ?? 0}
      loss={frame?.hand.loss}
      engine={frame?.engine}
      caption={caption}
      figureRef={figure}
    >
      <LineChart
        title="Minibatch loss"
        series={[
          { label: 'by hand', ...curve('hand'), tone: 'value' },
          { label: 'by autograd', ...curve('autograd'), tone: 'gradient', dashed: true },
        ]}
        xLabel="steps"
        xMax={settings.steps}
        yDomain={frame ? undefined : [2, 3.5]}
        format={(y) => y.toFixed(4)}
        fluid
      />
      <RunControls run={run} unit="step" status={() => describe(frame, settings)} />
      <SettingsForm
        table={formTable}
        settings={settings}
        refusals={run.refusals.value}
        onChange={(raw) => run.change(raw)}
      />
      <RunCorpus run={run} summary={({ notes }) => notes.join(' ')} />
      <CopyLink
        address={() => writeLink(location.href, ID, manualTrainingTable, run.settings.value)}
        except={settings.corpus === 'own' ? OWN_LIST_IS_MISSING : ''}
      />
    </Widget>
  );
}

function describe(frame: ManualTrainingFrame | undefined, { steps }: ManualTrainingSettings): string {
  if (!frame) return `Press Play for ${steps.toLocaleString('en-US')} steps by hand, and as many by autograd.`;
  const { step, hand, autograd, difference, engine } = frame;
  if (step === 0) return `Random weights, ready on ${ENGINE_LABELS[engine]}.`;
  const speed = (perSecond: number | undefined) => Math.round(perSecond ?? 0).toLocaleString('en-US');
  return `Step ${step.toLocaleString('en-US')} of ${steps.toLocaleString('en-US')} on ${ENGINE_LABELS[engine]}: ${speed(hand.speed)} steps/s by hand, ${speed(autograd.speed)} by autograd. The losses of a step differed by ${difference.toExponential(1).replace('-', '−')} at most.`;
}

function faultOf({ step, hand, autograd }: ManualTrainingFrame, { rate }: ManualTrainingSettings): string | undefined {
  if ([hand.loss, autograd.loss].every((loss) => loss === undefined || Number.isFinite(loss))) return undefined;
  return `At step ${step.toLocaleString('en-US')} the loss is no finite number any more: at a rate of ${rate} the weights ran off. Lower the rate and press Reset.`;
}
