import { useRef } from 'preact/hooks';
import type { Point } from '../../src/autograd/points.ts';
import * as faults from '../../src/faults.ts';
import { fetchPart } from '../../src/training/fetch-part.ts';
import { writeLink } from '../../src/training/link.ts';
import { encodePoints } from '../../src/training/tiny-network/own-points.ts';
import type { TinyNetworkFrame, TinyNetworkSaved } from '../../src/training/tiny-network/run.ts';
import { type TinyNetworkSettings, tinyNetworkTable } from '../../src/training/tiny-network/settings.ts';
import { LineChart } from '../charts/LineChart.tsx';
import { CHANGES_ARE_MISSING, CopyLink } from '../training/CopyLink.tsx';
import { RunControls } from '../training/RunControls.tsx';
import { SettingsForm } from '../training/SettingsForm.tsx';
import { useRun } from '../training/use-run.ts';
import { Widget } from '../training/Widget.tsx';
import { NetworkWeights } from './NetworkWeights.tsx';
import { PointPlane } from './PointPlane.tsx';
import { fetchPicture, ofRun, type PictureFrame, type RecordedPicture, usePicture } from './use-picture.ts';
import './tiny-network.css';

const ID = 'tiny-network';
/** Fewer points than this cannot be divided into two sides. */
const FEWEST_POINTS = 2;

interface Props {
  readonly caption: string;
  readonly recorded: RecordedPicture;
}

/** A multilayer perceptron of `Value`s learns to divide the plane: its score, its loss and its weights while it trains. */
export function TinyNetwork({ caption, recorded }: Props) {
  const figure = useRef<HTMLElement>(null);
  const run = useRun<typeof tinyNetworkTable, TinyNetworkSaved, TinyNetworkFrame>(figure, {
    id: ID,
    table: tinyNetworkTable,
    startWorker: () =>
      new Worker(new URL('../../src/training/tiny-network/worker.ts', import.meta.url), { type: 'module' }),
    parts: fetchPicture,
    isSaved: async () => (await fetchPart(import('../../src/training/tiny-network/is-saved.ts'))).isSaved,
    fault,
  });
  const settings = run.settings.value;
  const { points, frame: shown, isRecorded } = usePicture(run, recorded);
  // The loss of the last step, before its update.
  const loss = run.frame.value?.losses.at(-2);
  const blocked = points.length < FEWEST_POINTS ? 'Draw at least two points first' : undefined;

  return (
    <Widget
      id={ID}
      title="A small network learns to tell two sides apart"
      state={run.state.value}
      step={run.frame.value?.step ?? 0}
      loss={loss}
      caption={caption}
      figureRef={figure}
    >
      <div class="tiny-network">
        <PointPlane
          points={points}
          frame={shown}
          drawing={settings.points === 'own'}
          onDraw={(drawn) => run.change({ own: encodePoints(drawn) })}
        />
        <RunControls run={run} unit="update" blocked={blocked} status={() => describe(shown, isRecorded, settings)} />
        <div class="tiny-network-side">
          <LineChart
            title="Loss"
            series={[{ label: 'all points', values: shown?.losses ?? [], tone: 'value' }]}
            xLabel="updates"
            xMax={settings.steps}
            format={(y) => y.toFixed(3)}
          />
          <LineChart
            title="Accuracy, %"
            series={[{ label: 'on the right side', values: percent(shown?.accuracies ?? []), tone: 'positive' }]}
            xLabel="updates"
            xMax={settings.steps}
            yDomain={[0, 100]}
            format={(y) => y.toFixed(0)}
          />
        </div>
      </div>
      <div class="tiny-network-below">
        <NetworkWeights widths={settings.hidden} frame={shown} />
        <SettingsForm
          table={tinyNetworkTable}
          settings={settings}
          refusals={run.refusals.value}
          onChange={(raw) => run.change(startFromShownPoints(raw, settings, points))}
        />
      </div>
      <CopyLink
        address={() => writeLink(location.href, ID, tinyNetworkTable, ofRun(run.settings.value))}
        except={run.changedMidway.value ? CHANGES_ARE_MISSING : ''}
      />
    </Widget>
  );
}

const percent = (shares: readonly number[]): number[] => shares.map((share) => 100 * share);

function describe(frame: PictureFrame | undefined, recorded: boolean, { steps, seed }: TinyNetworkSettings): string {
  if (!frame) return `Seed ${seed}. Press Play for ${steps} updates.`;
  const { step, losses, accuracies, done } = frame;
  const where = step === 0 ? 'Random weights' : `After ${step}${step <= steps ? ` of ${steps}` : ''} updates`;
  const what = `loss ${losses.at(-1)!.toFixed(3)}, ${Math.round(100 * accuracies.at(-1)!)}% on the right side`;
  if (recorded) return `Recorded run. ${where}: ${what}.`;
  return `${where}: ${what}.${done ? ' Reset replays it.' : ''}`;
}

function fault({ losses, step }: TinyNetworkFrame, { rate }: TinyNetworkSettings): string | undefined {
  if (Number.isFinite(losses.at(-1))) return undefined;
  return faults.ranOff(`After update ${step}`, `steps of rate ${rate} threw the weights beyond what a double can hold`);
}

/** Whoever draws for the first time starts from the points on screen, and not from an empty plane. */
function startFromShownPoints(
  raw: Record<string, string>,
  { own }: TinyNetworkSettings,
  points: readonly Point[],
): Record<string, string> {
  return raw.points === 'own' && own === '' ? { ...raw, own: encodePoints(points) } : raw;
}
