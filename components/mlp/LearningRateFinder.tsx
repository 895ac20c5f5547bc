import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { ENGINE_LABELS } from '../../src/engines/engine.ts';
import { fetchPart } from '../../src/training/fetch-part.ts';
import type { LanguageModelInputs } from '../../src/training/language-model/prepare.ts';
import { writeLink } from '../../src/training/link.ts';
import type { RateSweepRecord } from '../../src/training/rate-sweep/record.ts';
import type { RateSweepFrame, RateSweepSaved } from '../../src/training/rate-sweep/run.ts';
import { type RateSweepSettings, rateSweepTable, sweptRates } from '../../src/training/rate-sweep/settings.ts';
import { changedSettings, defaultsOf } from '../../src/training/settings.ts';
import { LineChart } from '../charts/LineChart.tsx';
import { CopyLink } from '../training/CopyLink.tsx';
import { OWN_LIST_IS_MISSING } from '../training/CorpusPicker.tsx';
import { type SiteLists, sourceOf } from '../training/corpus-source.ts';
import { startEngineWorker } from '../training/engine-worker.ts';
import { OUTWARD } from '../training/language-model.ts';
import { RunControls } from '../training/RunControls.tsx';
import { RunCorpus } from '../training/RunCorpus.tsx';
import { SettingsForm } from '../training/SettingsForm.tsx';
import { useRun } from '../training/use-run.ts';
import { Widget } from '../training/Widget.tsx';
import { argmin, movingMean } from './sweep-model.ts';
import './learning-rate-finder.css';

const ID = 'learning-rate-finder';
const { corpus: _, ...formTable } = rateSweepTable;

/** How much of the sweep the smooth line averages over. */
const SMOOTHED_SHARE = 0.05;

interface Props {
  readonly caption: string;
  readonly recorded: RateSweepRecord;
  readonly lists: SiteLists;
}

/** One run at growing rates: the loss falls, is lowest, and climbs. */
export function LearningRateFinder({ caption, recorded, lists }: Props) {
  const figure = useRef<HTMLElement>(null);
  const sliderId = useId();
  const run = useRun<typeof rateSweepTable, RateSweepSaved, RateSweepFrame>(figure, {
    id: ID,
    table: rateSweepTable,
    startWorker: startEngineWorker,
    inputs: ({ corpus }) => ({ kind: 'rate-sweep', source: sourceOf(corpus, lists) }) satisfies LanguageModelInputs,
    isSaved: async () => (await fetchPart(import('../training/saved.ts'))).isRateSweepSaved,
  });
  const chosen = useSignal<number | undefined>(undefined);
  const settings = run.settings.value;
  const frame = run.frame.value;
  const changed = changedSettings(rateSweepTable, settings, defaultsOf(rateSweepTable));
  const isRecorded = !frame && changed.every((name) => OUTWARD.includes(name));
  const losses = frame?.losses ?? (isRecorded ? recorded.losses : []);
  const uniform = frame?.uniform ?? recorded.uniform;
  const rates = sweptRates(settings);
  const smooth = movingMean(losses, SMOOTHED_SHARE * settings.steps);
  const lowest = argmin(smooth);
  const place = Math.min(chosen.value ?? lowest ?? 0, losses.length - 1);

  return (
    <Widget
      id={ID}
      title="One run, a thousand learning rates"
      state={run.state.value}
      step={frame?.step ?? 0}
      loss={frame?.losses.at(-1)}
      engine={frame?.engine}
      caption={caption}
      figureRef={figure}
    >
      <div class="rate-finder">
        <LineChart
          title="Loss"
          series={[
            { label: 'minibatch', values: losses, at: rates, tone: 'value', faint: true },
            { label: 'smoothed', values: smooth, at: rates, tone: 'gradient' },
          ]}
          baselines={losses.length > 0 ? [{ label: 'uniform', y: uniform }] : []}
          xLabel="learning rate"
          xMin={rates[0]!}
          // A sweep that stays where it is has no width; a tenth of a decade is drawn for it.
          xMax={Math.max(rates.at(-1)!, 1.25 * rates[0]!)}
          xScale="log"
          formatX={(rate) => String(Number(rate.toPrecision(2)))}
          yDomain={domain(smooth, uniform)}
          format={(y) => y.toFixed(3)}
          wide
          marker={losses.length > 0 ? rates[place] : undefined}
        />
        <div class="rate-finder-slider needs-script">
          <label for={sliderId}>Rate to read the loss at</label>
          <input
            id={sliderId}
            type="range"
            min={0}
            max={settings.steps - 1}
            value={Math.max(0, place)}
            disabled={losses.length === 0}
            aria-valuetext={losses.length > 0 ? readOut(rates[place]!, smooth[place]!) : undefined}
            onInput={(event) => {
              chosen.value = Math.min(Number(event.currentTarget.value), losses.length - 1);
              event.currentTarget.value = String(chosen.value);
            }}
          />
          <output for={sliderId} aria-live="off">
            {losses.length > 0 ? readOut(rates[place]!, smooth[place]!) : 'No sweep yet.'}
          </output>
        </div>
      </div>
      <RunControls
        run={run}
        unit="step"
        status={() => describe(frame, isRecorded, settings, lowest === undefined ? undefined : rates[lowest])}
      />
      <SettingsForm
        table={formTable}
        settings={settings}
        refusals={run.refusals.value}
        onChange={(raw) => {
          chosen.value = undefined;
          run.change(raw);
        }}
      />
      <RunCorpus run={run} summary={({ notes }) => notes.join(' ')} />
      <CopyLink
        what="sweep"
        address={() => writeLink(location.href, ID, rateSweepTable, run.settings.value)}
        except={settings.corpus === 'own' ? OWN_LIST_IS_MISSING : ''}
      />
    </Widget>
  );
}

const rateText = (rate: number): string => String(Number(rate.toPrecision(2)));

const readOut = (rate: number, loss: number): string =>
  `At a rate of ${rateText(rate)} the smoothed loss is ${loss.toFixed(3)}.`;

function describe(
  frame: RateSweepFrame | undefined,
  isRecorded: boolean,
  { steps, low, high }: RateSweepSettings,
  lowest: number | undefined,
): string {
  if (!frame && !isRecorded)
    return `Press Play for ${steps.toLocaleString('en-US')} steps, from a rate of ${Math.min(low, high)} to ${Math.max(low, high)}.`;
  const best = lowest === undefined ? '' : ` The smoothed loss is lowest at ${rateText(lowest)}.`;
  if (!frame) return `Recorded sweep of ${steps.toLocaleString('en-US')} steps.${best}`;
  const { step, losses, engine } = frame;
  if (step > 0 && !Number.isFinite(losses.at(-1)))
    return `At step ${step} the rate was too high: the loss is no finite number any more, and the sweep ends here.${best}`;
  return `Step ${step} of ${steps} on ${ENGINE_LABELS[engine]}.${best}`;
}

/** The interesting part: above the start, everything is too much. */
function domain(smooth: Float64Array, uniform: number): [number, number] {
  const start = Number.isFinite(smooth[0]) ? Math.max(uniform, smooth[0]!) : uniform;
  const low = smooth.filter(Number.isFinite).reduce((least, y) => Math.min(least, y), uniform);
  return [Math.max(0, Math.floor(10 * (low - 0.05 * start)) / 10), Math.ceil(11 * start) / 10];
}
