import { useRef } from 'preact/hooks';
import { ENGINE_LABELS } from '../../src/engines/engine.ts';
import { fetchPart } from '../../src/training/fetch-part.ts';
import type { LanguageModelInputs } from '../../src/training/language-model/prepare.ts';
import { writeLink } from '../../src/training/link.ts';
import type { ManualTrainingRecord } from '../../src/training/manual/record.ts';
import type { ManualTrainingFrame, ManualTrainingSaved } from '../../src/training/manual/run.ts';
import { type ManualTrainingSettings, manualTrainingTable } from '../../src/training/manual/settings.ts';
import { changedSettings, defaultsOf } from '../../src/training/settings.ts';
import { LineChart } from '../charts/LineChart.tsx';
import { CopyLink } from '../training/CopyLink.tsx';
import { OWN_LIST_IS_MISSING } from '../training/CorpusPicker.tsx';
import { type SiteLists, sourceOf } from '../training/corpus-source.ts';
import { startEngineWorker } from '../training/engine-worker.ts';
import { grouped, OUTWARD, ranOffInWords } from '../training/language-model.ts';
import { RunControls } from '../training/RunControls.tsx';
import { RunCorpus } from '../training/RunCorpus.tsx';
import { SettingsForm } from '../training/SettingsForm.tsx';
import { useRun } from '../training/use-run.ts';
import { Widget } from '../training/Widget.tsx';
import { inDigits } from './stepper-model.ts';
import './manual-training.css';

const ID = 'manual-training';
const { corpus: _, ...formTable } = manualTrainingTable;

interface Props {
  readonly caption: string;
  readonly recorded: ManualTrainingRecord;
  readonly lists: SiteLists;
}

/** One network, trained twice on the same minibatches: by the backward pass by hand, and by autograd. */
export function ManualTraining({ caption, recorded, lists }: Props) {
  const figure = useRef<HTMLElement>(null);
  const run = useRun<typeof manualTrainingTable, ManualTrainingSaved, ManualTrainingFrame>(figure, {
    id: ID,
    table: manualTrainingTable,
    startWorker: startEngineWorker,
    inputs: ({ corpus }) => ({ kind: 'manual', source: sourceOf(corpus, lists) }) satisfies LanguageModelInputs,
    isSaved: async () => (await fetchPart(import('../training/saved.ts'))).isManualTrainingSaved,
    fault: faultOf,
  });
  const settings = run.settings.value;
  const frame = run.frame.value;
  const changed = changedSettings(manualTrainingTable, settings, defaultsOf(manualTrainingTable));
  const view = frame ?? (changed.every((name) => OUTWARD.includes(name)) ? recorded : undefined);
  const curve = (side: 'hand' | 'autograd') => view?.[side].curve ?? { every: 1, values: [] };
  return (
    <Widget
      id={ID}
      title="By hand and by autograd"
      state={run.state.value}
      step={frame?.step ?? 0}
      loss={frame?.hand.loss}
      devLoss={frame?.hand.dev}
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
        yDomain={yEnds([...curve('hand').values, ...curve('autograd').values])}
        format={(y) => y.toFixed(4)}
        wide
      />
      <dl class="side-by-side">
        {factsOf(view).map(([name, ...values]) => (
          <div key={name}>
            <dt>{name}</dt>
            {values.map((value) => (
              <dd key={value}>{value}</dd>
            ))}
          </div>
        ))}
      </dl>
      <RunControls run={run} unit="step" status={() => describe(frame, view, settings)} />
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

/** From 2 to 3.5 nats, between which nearly all losses are, or as far as they go. */
function yEnds(losses: readonly number[]): [number, number] {
  const finite = losses.filter(Number.isFinite);
  return [Math.min(2, ...finite), Math.max(3.5, ...finite)];
}

/** What the two have in common, and what they have not. */
function factsOf(view: ManualTrainingFrame | ManualTrainingRecord | undefined): [string, ...string[]][] {
  const { hand, autograd, difference } = view ?? { hand: undefined, autograd: undefined, difference: undefined };
  // Below ten, whole numbers would be too coarse: a slow machine would make 0 steps a second.
  const speed = (perSecond: number | undefined) =>
    perSecond ? `${perSecond < 10 ? perSecond.toPrecision(2) : grouped(perSecond)} steps/s` : '–';
  const dev = (loss: number | undefined) => (loss === undefined ? '–' : loss.toFixed(6));
  return [
    ['speed', `by hand ${speed(hand?.speed)}`, `by autograd ${speed(autograd?.speed)}`],
    ['dev loss in the end', `by hand ${dev(hand?.dev)}`, `by autograd ${dev(autograd?.dev)}`],
    ['largest difference of two losses of a step', view && view.step > 0 ? inDigits(difference!) : '–'],
  ];
}

function describe(
  frame: ManualTrainingFrame | undefined,
  view: ManualTrainingFrame | ManualTrainingRecord | undefined,
  { steps }: ManualTrainingSettings,
): string {
  if (!view) return `Press Play for ${grouped(steps)} steps by hand, and as many by autograd.`;
  const engine = ENGINE_LABELS[view.engine];
  if (!frame) return `Recorded: ${grouped(view.step)} steps of each on ${engine}. Press Play to run both here.`;
  if (frame.step === 0) return `Random weights, ready on ${engine}.`;
  if (frame.step >= steps)
    return `${grouped(frame.step)} ${frame.step === 1 ? 'step' : 'steps'} of each done on ${engine}.`;
  return `Step ${grouped(frame.step)} of ${grouped(steps)} on ${engine}.`;
}

function faultOf({ step, hand, autograd }: ManualTrainingFrame, { rate }: ManualTrainingSettings): string | undefined {
  if ([hand.loss, autograd.loss].every((loss) => loss === undefined || Number.isFinite(loss))) return undefined;
  return ranOffInWords(step, rate);
}
