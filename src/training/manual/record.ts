import '@tensorflow/tfjs-backend-wasm';
import { env } from '@tensorflow/tfjs-core';
import { AutogradEngine } from '../../engines/tfjs/autograd-engine.ts';
import { TfjsEngine } from '../../engines/tfjs/engine.ts';
import { startBackend } from '../../engines/tfjs/host.ts';
import { prepareData } from '../language-model/data.ts';
import { joined } from '../language-model/record.ts';
import { drawManualInitial } from './initial.ts';
import { type ManualTrainingFrame, ManualTrainingRun } from './run.ts';
import type { ManualTrainingSettings } from './settings.ts';
import type { SideFrame } from './side.ts';

/** One of the two trainings as it is kept, its curve with as many values as a chart can show. */
export interface SideRecord extends Omit<SideFrame, 'curve' | 'speed'> {
  readonly curve: { readonly every: number; readonly values: readonly number[] };
  /** Steps a second, the median over the run, on the machine that recorded it. */
  readonly speed: number;
}

/** Both trainings as they are kept in content/runs/. */
export interface ManualTrainingRecord extends Pick<ManualTrainingFrame, 'step' | 'difference' | 'engine'> {
  readonly settings: ManualTrainingSettings;
  readonly hand: SideRecord;
  readonly autograd: SideRecord;
}

const BETWEEN_SPEEDS = 500;
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Both trainings begun, on the WASM backend. */
export async function startManual(
  settings: ManualTrainingSettings,
  words: readonly string[],
): Promise<ManualTrainingRun> {
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await startBackend('wasm');
  const data = prepareData(words, settings.block);
  const { network, generator, state } = drawManualInitial(settings, data.symbols.length);
  const [hand, autograd] = [new TfjsEngine('wasm', network), new AutogradEngine('wasm', network)];
  await hand.load(state);
  await autograd.load(state);
  return new ManualTrainingRun({ settings, data, hand, autograd, generator });
}

export async function recordManual(
  settings: ManualTrainingSettings,
  words: readonly string[],
): Promise<ManualTrainingRecord> {
  const run = await startManual(settings, words);
  const speeds: { hand: number[]; autograd: number[] } = { hand: [], autograd: [] };
  while (!run.done) {
    await run.advance(BETWEEN_SPEEDS);
    const { hand, autograd } = run.frame();
    speeds.hand.push(hand.speed!);
    speeds.autograd.push(autograd.speed!);
  }
  const { step, difference, engine, hand, autograd } = run.frame();
  run.dispose();
  const sideRecord = ({ loss, dev, curve }: SideFrame, own: readonly number[]): SideRecord => ({
    loss,
    dev,
    curve: joined(curve),
    speed: median(own),
  });
  return {
    settings,
    step,
    difference,
    engine,
    hand: sideRecord(hand, speeds.hand),
    autograd: sideRecord(autograd, speeds.autograd),
  };
}
