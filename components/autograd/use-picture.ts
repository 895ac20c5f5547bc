import { signal, useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Point } from '../../src/autograd/points.ts';
import * as faults from '../../src/faults.ts';
import { fetchPart } from '../../src/training/fetch-part.ts';
import { inWords } from '../../src/training/in-words.ts';
import { changedSettings } from '../../src/training/settings.ts';
import { decodePoints } from '../../src/training/tiny-network/own-points.ts';
import type { TinyNetworkRecord } from '../../src/training/tiny-network/record.ts';
import type { TinyNetworkFrame, TinyNetworkSaved } from '../../src/training/tiny-network/run.ts';
import { type TinyNetworkSettings, tinyNetworkTable } from '../../src/training/tiny-network/settings.ts';
import { SIZE, THRESHOLDS } from '../charts/DecisionSurface.tsx';
import type { RunController } from '../training/run-controller.ts';
import { scoreNear } from './score-near.ts';

/** The state of a run as it is drawn: its surface as `bands`, the paths of a `DecisionSurface`. */
export type PictureFrame = Omit<TinyNetworkFrame, 'surface'> & {
  readonly bands: readonly string[];
  /** The score at a point, or near it. */
  readonly scoreAt: (x: number, y: number) => number;
};

/** The recorded run, and its picture as it was worked out when the page was built. */
export interface RecordedPicture extends Pick<TinyNetworkRecord, 'settings' | 'curve'> {
  readonly frame: Pick<PictureFrame, 'step' | 'done' | 'parameters' | 'gradients' | 'bands'> & {
    /** Of each point. */
    readonly scores: readonly number[];
  };
  readonly points: readonly Point[];
}

const tools = signal<typeof import('./live-picture.ts') | undefined>(undefined);

/** Fetches what any run can be drawn with; the recorded one is drawn without. @throws PartError. */
export async function fetchPicture(): Promise<void> {
  tools.value ??= await fetchPart(import('./live-picture.ts'));
}

/** What the figure draws: the run at hand, the recorded one before there is any, or the points alone. */
export function usePicture(
  run: RunController<typeof tinyNetworkTable, TinyNetworkSaved, TinyNetworkFrame>,
  recorded: RecordedPicture,
): { readonly points: readonly Point[]; readonly frame: PictureFrame | undefined; readonly isRecorded: boolean } {
  const settings = run.settings.value;
  const isRecorded = useComputed(() => !run.frame.value && isSameRun(run.settings.value, recorded.settings)).value;
  const frame = useComputed((): PictureFrame | undefined => {
    const live = run.frame.value;
    return (
      live && {
        ...live,
        scoreAt: (x, y) => scoreNear(live.surface, x, y),
        bands: tools.value?.contourPaths(live.surface, THRESHOLDS, SIZE) ?? [],
      }
    );
  }).value;

  const points = useComputed((): readonly Point[] | undefined => {
    const { points, seed, own } = run.settings.value;
    if (points === 'own') return decodePoints(own);
    if (points === recorded.settings.points && seed === recorded.settings.seed) return recorded.points;
    return tools.value?.pointsOf(run.settings.value);
  }).value;
  const last = useRef(recorded.points);
  if (points) last.current = points;

  useEffect(() => {
    if (points) return;
    let wanted = true;
    fetchPicture().catch((error) => {
      if (wanted) run.failure.value = `${inWords(error)} ${faults.press('Play')}`;
    });
    return () => {
      wanted = false;
    };
  }, [settings]);

  return {
    points: last.current,
    frame: isRecorded ? recordedFrame(recorded) : frame,
    isRecorded,
  };
}

function recordedFrame({ frame, curve, points }: RecordedPicture): PictureFrame {
  const at = (x: number, y: number) => points.findIndex((point) => point.x === x && point.y === y);
  return {
    ...frame,
    losses: curve.loss,
    accuracies: curve.accuracy,
    scoreAt: (x, y) => frame.scores[at(x, y)] ?? Number.NaN,
  };
}

/** The settings that make a run what it is: drawn points count only where the run uses them. */
export const ofRun = (settings: TinyNetworkSettings): TinyNetworkSettings =>
  settings.points === 'own' ? settings : { ...settings, own: '' };

const isSameRun = (a: TinyNetworkSettings, b: TinyNetworkSettings): boolean =>
  changedSettings(tinyNetworkTable, ofRun(a), b).length === 0;
