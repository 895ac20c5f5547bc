import { useRef } from 'preact/hooks';
import * as faults from '../../src/faults.ts';
import { bigramProbabilities } from '../../src/text/bigram.ts';
import type { BigramRecord } from '../../src/training/bigram/record.ts';
import {
  type BigramFrame,
  type BigramSaved,
  type BigramTrainingSettings,
  bigramTrainingTable,
  isBigramSaved,
} from '../../src/training/bigram/run.ts';
import { writeLink } from '../../src/training/link.ts';
import { changedSettings, defaultsOf } from '../../src/training/settings.ts';
import { Heatmap, pairNamed } from '../charts/Heatmap.tsx';
import { LineChart } from '../charts/LineChart.tsx';
import { CHANGES_ARE_MISSING, CopyLink } from '../training/CopyLink.tsx';
import { CorpusPicker, OWN_LIST_IS_MISSING } from '../training/CorpusPicker.tsx';
import { type SiteLists, sourceOf } from '../training/corpus-source.ts';
import { RunControls } from '../training/RunControls.tsx';
import { SettingsForm } from '../training/SettingsForm.tsx';
import { useRun } from '../training/use-run.ts';
import { Widget } from '../training/Widget.tsx';
import './bigram.css';

const ID = 'bigram-training';

const { corpus: _, ...formTable } = bigramTrainingTable;

interface Props {
  readonly caption: string;
  readonly recorded: BigramRecord;
  readonly lists: SiteLists;
}

/** The neural bigram learns what counting finds: both tables, and the loss on its way to the counted one’s. */
export function BigramTraining({ caption, recorded, lists }: Props) {
  const figure = useRef<HTMLElement>(null);
  const run = useRun<typeof bigramTrainingTable, BigramSaved, BigramFrame>(figure, {
    id: ID,
    table: bigramTrainingTable,
    startWorker: () => new Worker(new URL('../../src/training/bigram/worker.ts', import.meta.url), { type: 'module' }),
    inputs: ({ corpus }) => sourceOf(corpus, lists),
    isSaved: async () => isBigramSaved,
    fault,
  });
  const settings = run.settings.value;
  const isRecorded =
    !run.frame.value && changedSettings(bigramTrainingTable, settings, defaultsOf(bigramTrainingTable)).length === 0;
  const frame: Omit<BigramFrame, 'weight'> | undefined = isRecorded ? fromRecord(recorded) : run.frame.value;
  const size = frame?.symbols.length ?? 0;
  const heat = (table: ArrayLike<number>) => Array.from(table, Math.sqrt);
  const about = (table: ArrayLike<number>) =>
    `${size} by ${size}: a row is the letter before, a column the one after. The darkest cell is ${pairNamed(frame!.symbols, table)}, with ${Math.max(...Array.from(table)).toFixed(3)}.`;
  return (
    <Widget
      id={ID}
      title="A linear layer learns the counts"
      state={run.state.value}
      step={run.frame.value?.step ?? 0}
      loss={run.frame.value?.losses.at(-2)}
      caption={caption}
      figureRef={figure}
    >
      <div class="bigram-training">
        <figure class="bigram-table">
          <p>Learned: softmax of the weight’s rows</p>
          {frame && (
            <Heatmap
              title="learned probabilities"
              description={`Learned probabilities, ${about(frame.probabilities)}`}
              tell={(i) => frame.probabilities[i]!.toFixed(3)}
              labels={frame.symbols}
              strengths={heat(frame.probabilities)}
            />
          )}
        </figure>
        <figure class="bigram-table">
          <p>Counted</p>
          {frame && (
            <Heatmap
              title="counted probabilities"
              description={`Counted probabilities, ${about(frame.counted)}`}
              tell={(i) => frame.counted[i]!.toFixed(3)}
              labels={frame.symbols}
              strengths={heat(frame.counted)}
            />
          )}
        </figure>
        <LineChart
          title="Loss"
          series={[{ label: 'learned', values: frame?.losses ?? [], tone: 'value' }]}
          baselines={
            frame
              ? [
                  { label: 'counted', y: frame.countedNll },
                  { label: 'uniform', y: Math.log(size) },
                ]
              : []
          }
          xLabel="updates"
          xMax={settings.steps}
          yDomain={frame && [frame.countedNll - 0.3, Math.max(Math.log(size), frame.losses[0]!) + 0.1]}
          format={(y) => y.toFixed(4)}
        />
      </div>
      <RunControls run={run} unit="update" status={() => describe(frame, isRecorded, settings)} />
      <SettingsForm
        table={formTable}
        settings={settings}
        refusals={run.refusals.value}
        onChange={(raw) => run.change(raw)}
      />
      <CorpusPicker
        name={settings.corpus}
        summary={frame ? `${size} symbols.` : ''}
        notes={[]}
        busy={false}
        failure=""
        onChoose={(corpus) => {
          if (corpus === settings.corpus)
            run.reset(); // another list of the reader’s own
          else run.change({ corpus });
        }}
      />
      <CopyLink
        address={() => writeLink(location.href, ID, bigramTrainingTable, run.settings.value)}
        except={settings.corpus === 'own' ? OWN_LIST_IS_MISSING : run.changedMidway.value ? CHANGES_ARE_MISSING : ''}
      />
    </Widget>
  );
}

function fromRecord({ corpus, run }: BigramRecord): Omit<BigramFrame, 'weight'> {
  const counts = { ...corpus, counts: Int32Array.from(corpus.counts) };
  return { ...run, symbols: corpus.symbols, counted: bigramProbabilities(counts, 0) };
}

function describe(
  frame: Omit<BigramFrame, 'weight'> | undefined,
  recorded: boolean,
  { steps, seed }: BigramTrainingSettings,
): string {
  if (!frame) return `Seed ${seed}. Press Play for ${steps} updates.`;
  const { step, losses, countedNll } = frame;
  const where = step === 0 ? 'Random weights' : `After ${step}${step <= steps ? ` of ${steps}` : ''} updates`;
  return `${recorded ? 'Recorded run. ' : ''}${where}: loss ${losses.at(-1)!.toFixed(4)}; counting gives ${countedNll.toFixed(4)}.`;
}

function fault({ losses, step }: BigramFrame, { rate }: BigramTrainingSettings): string | undefined {
  if (Number.isFinite(losses.at(-1))) return undefined;
  return faults.ranOff(`After update ${step}`, `at a rate of ${rate} the weights ran off`);
}
