import { useComputed } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { readLink, writeLink } from '../../src/training/link.ts';
import { encodePoints } from '../../src/training/tiny-network/own-points.ts';
import { pointsOf, type TinyNetworkFrame } from '../../src/training/tiny-network/run.ts';
import { type TinyNetworkSettings, tinyNetworkTable } from '../../src/training/tiny-network/settings.ts';
import { LineChart } from '../charts/LineChart.tsx';
import { CopyLink } from '../training/CopyLink.tsx';
import { KeptRun } from '../training/KeptRun.tsx';
import { RunController } from '../training/run-controller.ts';
import { SettingsForm } from '../training/SettingsForm.tsx';
import { StatusLine } from '../training/StatusLine.tsx';
import { Transport } from '../training/Transport.tsx';
import { useAttention } from '../training/use-attention.ts';
import { Widget } from '../training/Widget.tsx';
import { NetworkWeights } from './NetworkWeights.tsx';
import { PointPlane } from './PointPlane.tsx';
import './tiny-network.css';

const ID = 'tiny-network';
/** Fewer points than this cannot be divided into two sides. */
const FEWEST_POINTS = 2;

interface Props {
  readonly caption: string;
  readonly recorded: {
    readonly settings: TinyNetworkSettings;
    readonly curve: { readonly loss: readonly number[]; readonly accuracy: readonly number[] };
    readonly frame: Omit<TinyNetworkFrame, 'losses' | 'accuracies'>;
  };
}

/** A multilayer perceptron of `Value`s learns to divide the plane: its score, its loss and its weights while it trains. */
export function TinyNetwork({ caption, recorded }: Props) {
  const figure = useRef<HTMLElement>(null);
  const run = useMemo(
    () =>
      new RunController<typeof tinyNetworkTable, TinyNetworkFrame>({
        id: ID,
        table: tinyNetworkTable,
        startWorker: () =>
          new Worker(new URL('../../src/training/tiny-network/worker.ts', import.meta.url), { type: 'module' }),
        fault,
      }),
    [],
  );
  useAttention(figure, run);
  useEffect(() => {
    run.open(readLink(ID, location.search));
    return () => run.dispose();
  }, [run]);

  const settings = run.settings.value;
  const points = useComputed(() => pointsOf(run.settings.value)).value;
  const isRecorded = useComputed(() => !run.frame.value && sameSettings(run.settings.value, recorded.settings)).value;
  const shown: TinyNetworkFrame | undefined = isRecorded
    ? { ...recorded.frame, losses: recorded.curve.loss, accuracies: recorded.curve.accuracy }
    : run.frame.value;
  const loss = run.frame.value?.losses.at(-1);
  const blocked = points.length < FEWEST_POINTS ? 'Draw at least two points first' : undefined;

  return (
    <Widget
      id={ID}
      title="A small network learns to tell two sides apart"
      state={run.state.value}
      step={run.frame.value?.step ?? 0}
      loss={loss}
      caption={caption}
      failure={run.failure.value}
      figureRef={figure}
    >
      <div class="tiny-network">
        <PointPlane
          points={points}
          frame={shown}
          drawing={settings.points === 'own'}
          onDraw={(drawn) => run.change({ own: encodePoints(drawn) })}
        />
        <div class="tiny-network-controls">
          <Transport
            state={run.state.value}
            blocked={blocked}
            onPlay={() => run.play()}
            onPause={() => run.pause()}
            onStep={() => run.step()}
            onReset={() => run.reset()}
            onNewSeed={() => run.newSeed()}
          />
          <StatusLine state={run.state.value}>{blocked ?? describe(shown, isRecorded, settings)}</StatusLine>
          <KeptRun run={run} unit="epoch" />
        </div>
        <div class="tiny-network-side">
          <LineChart
            title="Loss"
            series={[{ label: 'all points', values: shown?.losses ?? [], tone: 'value' }]}
            xLabel="epoch"
            xMax={settings.steps}
            format={(y) => y.toFixed(3)}
          />
          <LineChart
            title="Accuracy, %"
            series={[{ label: 'on the right side', values: percent(shown?.accuracies ?? []), tone: 'positive' }]}
            xLabel="epoch"
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
          onChange={(raw) => run.change(startFromShownPoints(raw, points))}
        />
      </div>
      <CopyLink address={() => writeLink(location.href, ID, tinyNetworkTable, run.settings.value)} />
    </Widget>
  );
}

const percent = (shares: readonly number[]): number[] => shares.map((share) => 100 * share);

function describe(
  frame: TinyNetworkFrame | undefined,
  recorded: boolean,
  { steps, seed }: TinyNetworkSettings,
): string {
  if (!frame) return `Seed ${seed}. Press Play to train for ${steps} epochs.`;
  const loss = frame.losses.at(-1);
  if (loss === undefined) return `Epoch 0 of ${steps}. The weights are random.`;
  const accuracy = `${Math.round(100 * frame.accuracies.at(-1)!)}% on the right side`;
  const where = `epoch ${frame.step} of ${steps}`;
  return `${recorded ? 'Recorded run, ' : ''}${recorded ? where : `E${where.slice(1)}`}: loss ${loss.toFixed(3)}, ${accuracy}.`;
}

function fault(frame: TinyNetworkFrame, { rate }: TinyNetworkSettings): string | undefined {
  const loss = frame.losses.at(-1);
  if (loss === undefined || Number.isFinite(loss)) return undefined;
  return `After epoch ${frame.step - 1} the loss is no finite number any more: steps of rate ${rate} threw the weights beyond what a double can hold. Lower the rate and press Reset.`;
}

/** Whoever begins to draw starts from the points on screen, and not from an empty plane. */
function startFromShownPoints(
  raw: Record<string, string>,
  points: ReturnType<typeof pointsOf>,
): Record<string, string> {
  return raw.points === 'own' ? { ...raw, own: encodePoints(points) } : raw;
}

const sameSettings = (a: TinyNetworkSettings, b: TinyNetworkSettings): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
