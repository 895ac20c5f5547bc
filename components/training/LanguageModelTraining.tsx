import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { LanguageModelInputs, RunKind } from '../../src/training/language-model/prepare.ts';
import type { LanguageModelFrame, LanguageModelSaved } from '../../src/training/language-model/run.ts';
import { writeLink } from '../../src/training/link.ts';
import { changedSettings, defaultsOf, type SettingsOf } from '../../src/training/settings.ts';
import { baselinesOf, LossChart, type LossCurves } from '../charts/LossChart.tsx';
import { CopyLink } from './CopyLink.tsx';
import { CorpusPicker, OWN_LIST_IS_MISSING } from './CorpusPicker.tsx';
import { type CorpusName, type SiteLists, sourceOf } from './corpus-source.ts';
import { startEngineWorker } from './engine-worker.ts';
import { exportsOf } from './exports.ts';
import {
  describeRun,
  describeSetting,
  faultOf,
  type LanguageModelTable,
  type LanguageModelView,
  type NetworkOf,
  type RecordIn,
  type SettingsIn,
  settingsToReplay,
} from './language-model.ts';
import { RunControls } from './RunControls.tsx';
import { SampleList } from './SampleList.tsx';
import { SettingsForm } from './SettingsForm.tsx';
import { isLanguageModelSaved } from './saved.ts';
import { TakeAlong } from './TakeAlong.tsx';
import { useRun } from './use-run.ts';
import { Widget } from './Widget.tsx';
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
  readonly lists: SiteLists;
  /** What frames carry beside the losses. */
  readonly watching?: LanguageModelInputs['watching'];
  /** What is drawn before the losses. */
  readonly picture?: (view: LanguageModelView | undefined, settings: SettingsIn<T>) => ComponentChildren;
}

/** Settings that change nothing of what is computed. */
const OUTWARD = ['engine', 'pace'];

/** A character model in training: losses, samples, every setting, and what can be taken along. */
export function LanguageModelTraining<T extends LanguageModelTable>(props: Props<T>) {
  const { id, title, caption, table, networkOf, kind, recorded, lists, watching, picture } = props;
  const figure = useRef<HTMLElement>(null);
  const run = useRun<T, LanguageModelSaved, LanguageModelFrame>(figure, {
    id,
    table,
    startWorker: startEngineWorker,
    inputs: ({ corpus }) => ({ kind, source: sourceOf(corpus, lists), watching }) satisfies LanguageModelInputs,
    isSaved: isLanguageModelSaved,
    fault: faultOf,
  });
  const pinned = useSignal<LossCurves | undefined>(undefined);
  const settings = run.settings.value as SettingsIn<T>;
  const frame = run.frame.value;
  const changed = changedSettings<T>(table, settings, defaultsOf(table)).filter((name) => !OUTWARD.includes(name));
  const view: LanguageModelView | undefined = frame ?? (changed.length === 0 ? recorded : undefined);
  const formTable = withoutCorpus(table);

  const pin = () => {
    pinned.value = view && { label: nameOf(changed, settings), curve: view.curve, dev: view.dev };
  };
  // A link’s schedule gives way to a rate that is typed.
  const change = (raw: Record<string, string>) =>
    run.change('rate' in raw || 'decay' in raw ? { ...raw, schedule: '' } : raw);

  const curves = { curve: view?.curve ?? NOTHING.curve, dev: view?.dev ?? NOTHING.dev };
  return (
    <Widget
      id={id}
      title={title}
      state={run.state.value}
      step={frame?.step ?? 0}
      loss={frame?.loss}
      devLoss={frame?.dev.losses.at(-1)}
      engine={frame?.engine}
      caption={caption}
      figureRef={figure}
    >
      <div class="language-model">
        {picture?.(view, settings)}
        <LossChart
          runs={pinned.value ? [{ ...curves, label: 'this run' }, pinned.value] : [curves]}
          baselines={baselinesOf((view ?? recorded).baselines)}
          steps={settings.steps}
          fluid
        />
        <SampleList words={view?.samples ?? []} step={view?.dev.steps.at(-1) ?? 0} />
      </div>
      <RunControls run={run} unit="step">
        {describeRun(view, frame, settings, recorded)}
      </RunControls>
      <div class="pin needs-script">
        <button type="button" aria-disabled={view ? undefined : true} onClick={pin}>
          {pinned.value ? 'Pin this curve instead' : 'Pin this curve'}
        </button>
        {pinned.value && (
          <button
            type="button"
            class="quiet"
            onClick={() => {
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
        table={formTable}
        settings={settings as SettingsOf<typeof formTable>}
        refusals={run.refusals.value}
        onChange={change}
      />
      <CorpusPicker
        name={settings.corpus as CorpusName}
        summary={frame ? `${frame.symbols.length} symbols. ${describeSetting(frame)}` : ''}
        notes={[]}
        busy={false}
        failure=""
        onChoose={(corpus) => {
          if (corpus === settings.corpus)
            run.reset(); // another list of the reader’s own
          else run.change({ corpus });
        }}
      />
      <TakeAlong
        exports={exportsOf<T>({
          id,
          title,
          view,
          settings,
          networkOf,
          listAddress: (name) =>
            name in lists ? new URL(lists[name as keyof SiteLists], location.href).href : undefined,
          snapshot: () => run.snapshot(),
          drawing: () => figure.current?.querySelector<SVGSVGElement>('.language-model svg'),
        })}
      />
      <CopyLink
        address={() => writeLink(location.href, id, table, settingsToReplay(settings, frame) as SettingsOf<T>)}
        except={settings.corpus === 'own' ? OWN_LIST_IS_MISSING : ''}
      />
    </Widget>
  );
}

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
