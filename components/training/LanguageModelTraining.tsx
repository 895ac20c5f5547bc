import { computed, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import * as faults from '../../src/faults.ts';
import { fetchPart } from '../../src/training/fetch-part.ts';
import type { LanguageModelInputs, RunKind } from '../../src/training/language-model/prepare.ts';
import type { LanguageModelFrame, LanguageModelSaved } from '../../src/training/language-model/run.ts';
import { writeLink } from '../../src/training/link.ts';
import { changedSettings, defaultsOf, type SettingsOf } from '../../src/training/settings.ts';
import { baselinesOf, LossChart, type LossCurves } from '../charts/LossChart.tsx';
import { CopyLink } from './CopyLink.tsx';
import { OWN_LIST_IS_MISSING } from './CorpusPicker.tsx';
import { type SiteLists, sourceOf } from './corpus-source.ts';
import { type Experiment, Experiments } from './Experiments.tsx';
import { startEngineWorker } from './engine-worker.ts';
import { exportsOf } from './exports.ts';
import { Live } from './Live.tsx';
import {
  describeRun,
  describeSetting,
  faultOf,
  type LanguageModelTable,
  type LanguageModelView,
  type NetworkOf,
  OUTWARD,
  type RecordIn,
  type SettingsIn,
  settingsToReplay,
} from './language-model.ts';
import { modelAtHand } from './model-at-hand.ts';
import { RunControls } from './RunControls.tsx';
import { RunCorpus } from './RunCorpus.tsx';
import { RunWidget } from './RunWidget.tsx';
import { SampleList } from './SampleList.tsx';
import { SettingsForm } from './SettingsForm.tsx';
import { TakeAlong } from './TakeAlong.tsx';
import { type RecordElsewhere, useRecord } from './use-record.ts';
import { useRun } from './use-run.ts';
import './language-model.css';

interface Props<T extends LanguageModelTable> {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly table: T;
  readonly networkOf: NetworkOf<T>;
  /** Which run of the worker it is. */
  readonly kind: RunKind;
  readonly recorded: RecordIn<T>;
  /** Recorded runs with other settings; each is fetched and drawn where its settings are set. */
  readonly others?: readonly RecordElsewhere<T>[];
  /** The address of its trained weights. */
  readonly weights?: string;
  readonly lists: SiteLists;
  /** What frames carry beside the losses. */
  readonly watching?: LanguageModelInputs['watching'];
  /** What is drawn before the losses. */
  readonly picture?: (view: LanguageModelView | undefined, settings: SettingsIn<T>) => ComponentChildren;
  /** What is drawn below them. */
  readonly below?: (view: LanguageModelView | undefined, settings: SettingsIn<T>) => ComponentChildren;
  /** Settings to begin with, one press each. */
  readonly experiments?: readonly Experiment<T>[];
  /** A sentence where the run has failed. */
  readonly fault?: (frame: LanguageModelFrame, settings: SettingsIn<T>) => string | undefined;
}

/**
 * A character model in training: losses, samples, every setting, and what can be taken along. With every frame only those
 * parts are drawn anew that show it; what reads `view` or `run.frame` here is a component of its own.
 */
export function LanguageModelTraining<T extends LanguageModelTable>(props: Props<T>) {
  const { id, title, caption, table, networkOf, kind, recorded, weights, lists, watching, picture, below } = props;
  const { experiments = [], others = [], fault = faultOf } = props;
  const figure = useRef<HTMLElement>(null);
  const run = useRun<T, LanguageModelSaved, LanguageModelFrame>(figure, {
    id,
    table,
    startWorker: startEngineWorker,
    inputs: ({ corpus }) => ({ kind, source: sourceOf(corpus, lists), watching }) satisfies LanguageModelInputs,
    isSaved: async () => (await fetchPart(import('./saved.ts'))).isLanguageModelSaved,
    fault: (frame, settings) => fault(frame, settings as SettingsIn<T>),
    toReplay: (settings, frame) => settingsToReplay(settings as SettingsIn<T>, frame),
    frameMs: 40,
  });
  const pinned = useSignal<LossCurves | undefined>(undefined);
  const settings = run.settings.value as SettingsIn<T>;
  const changed = changedSettings<T>(table, settings, defaultsOf(table)).filter((name) => !OUTWARD.includes(name));
  const isDefault = changed.length === 0;
  const differs = (name: string) => !OUTWARD.includes(name);
  const other = isDefault
    ? undefined
    : others.find((each) => !changedSettings<T>(table, settings, each.settings).some(differs));
  const fetched = useRecord<T>(other?.address);
  const isMissing = fetched === 'failed';
  const record = isDefault ? recorded : isMissing ? undefined : fetched;
  const view = useMemo(() => computed((): LanguageModelView | undefined => run.frame.value ?? record), [record]);
  const hasView = useMemo(() => computed(() => view.value !== undefined), [view]);

  /** A run that ran off has none to draw from. */
  const hasModel = () =>
    run.frame.value ? Number.isFinite(run.frame.value.loss ?? 0) : isDefault && weights !== undefined;

  const pin = () => {
    const { curve, dev } = view.value ?? NOTHING;
    pinned.value = { label: nameOf(changed, settings), curve, dev };
  };
  const model = () =>
    modelAtHand<T>({
      settings,
      networkOf,
      view: view.value,
      snapshot: () => run.snapshot(),
      weights: isDefault ? weights : undefined,
    });
  const drawOthers = async (time: number) => {
    const drawn = await model();
    const { drawWords } = await fetchPart(import('../../src/training/language-model/draw.ts'));
    return { words: await drawWords(drawn, time), step: drawn.step };
  };
  // A link’s schedule gives way to a rate that is typed.
  const change = (raw: Record<string, string>) =>
    run.change('rate' in raw || 'decay' in raw ? { ...raw, schedule: '' } : raw);
  const exports = exportsOf<T>({
    id,
    title,
    view: () => view.value,
    settings,
    networkOf,
    model,
    listAddress: (name) => (name in lists ? new URL(lists[name as keyof SiteLists], location.href).href : undefined),
    drawing: () => figure.current?.querySelector<SVGSVGElement>('.language-model svg'),
  });

  return (
    <RunWidget
      {...{ id, title, caption, run }}
      figureRef={figure}
      about={({ loss, dev, engine }) => ({ loss, devLoss: dev.losses.at(-1), engine })}
    >
      <div class="language-model">
        {picture && <Live of={() => picture(view.value, settings)} />}
        <Live
          of={() => (
            <LossChart
              runs={runsOf(view.value ?? NOTHING, pinned.value)}
              baselines={view.value ? baselinesOf(view.value.baselines) : []}
              steps={settings.steps}
              wide
            />
          )}
        />
        <Live
          of={() => (
            <SampleList
              words={view.value?.samples ?? []}
              step={view.value?.dev.steps.at(-1) ?? 0}
              draw={hasModel() ? drawOthers : undefined}
            />
          )}
        />
      </div>
      <RunControls
        run={run}
        unit="step"
        status={() => {
          const status = describeRun(view.value, run.frame.value, settings, record ?? recorded);
          return isMissing && !view.value ? `${faults.recordNotFetched} ${status}` : status;
        }}
      />
      {experiments.length > 0 && <Experiments {...{ experiments, table, settings, change }} />}
      {below && <Live of={() => below(view.value, settings)} />}
      <div class="pin needs-script">
        <button
          type="button"
          aria-disabled={hasView.value ? undefined : true}
          onClick={hasView.value ? pin : undefined}
        >
          {pinned.value ? 'Pin this curve instead' : 'Pin this curve'}
        </button>
        {pinned.value && (
          <button
            type="button"
            class="quiet"
            onClick={(event) => {
              // This button goes with the press; the focus stays beside it.
              (event.currentTarget.previousElementSibling as HTMLElement).focus();
              pinned.value = undefined;
            }}
          >
            Unpin
          </button>
        )}
        <span class="help">
          {pinned.value
            ? `Pinned: ${pinned.value.label}. Change a setting and press Play.`
            : 'It stays, and your next run is laid over it.'}
        </span>
      </div>
      <SettingsForm
        table={withoutCorpus(table)}
        settings={settings as SettingsOf<Omit<T, 'corpus'>>}
        refusals={run.refusals.value}
        onChange={change}
      />
      <RunCorpus run={run} summary={describeSetting} />
      <TakeAlong exports={exports} />
      <CopyLink
        address={() => {
          const replayed = settingsToReplay(settings, run.frame.value) as SettingsOf<T>;
          return writeLink(location.href, id, table, replayed);
        }}
        except={settings.corpus === 'own' ? OWN_LIST_IS_MISSING : ''}
      />
    </RunWidget>
  );
}

const runsOf = ({ curve, dev }: LossCurves, pinned: LossCurves | undefined): LossCurves[] =>
  pinned ? [{ curve, dev, label: 'this run' }, pinned] : [{ curve, dev }];

const NOTHING: LossCurves = { curve: { every: 1, values: [] }, dev: { steps: [], losses: [] } };

/** The list has a control of its own. */
function withoutCorpus<T extends LanguageModelTable>({ corpus: _, ...rest }: T): Omit<T, 'corpus'> {
  return rest;
}

/** What is special about a run, for the key of the chart. */
function nameOf(changed: readonly string[], settings: Readonly<Record<string, unknown>>): string {
  const told = changed.filter((name) => name !== 'schedule').map((name) => `${name} ${settings[name]}`);
  return told.length > 0 ? told.join(', ') : 'defaults';
}
