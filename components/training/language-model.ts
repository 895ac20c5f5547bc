import { ENGINE_LABELS } from '../../src/engines/engine.ts';
import * as faults from '../../src/faults.ts';
import type { Network } from '../../src/networks/index.ts';
import type { DrawnRecord } from '../../src/training/language-model/drawn-record.ts';
import type { Health } from '../../src/training/language-model/health-watch.ts';
import type { LanguageModelFrame } from '../../src/training/language-model/run.ts';
import type { LanguageModelSettings, languageModelFields } from '../../src/training/language-model/settings.ts';
import { perSecond } from '../../src/training/pace.ts';
import { rateAt, scheduleOf } from '../../src/training/schedule.ts';
import type { NumberField, SettingsOf, SettingsTable } from '../../src/training/settings.ts';

/** The settings of a figure that trains a character model: those of every such run, each with a default of its own. */
export type LanguageModelTable = SettingsTable & {
  readonly [K in keyof typeof languageModelFields]: Omit<(typeof languageModelFields)[K], 'default'>;
} & { readonly seed: NumberField; readonly block: NumberField };
export type SettingsIn<T extends LanguageModelTable> = SettingsOf<T> &
  LanguageModelSettings & { readonly block: number };

/** A run as it is drawn: the reader’s own, or the recorded one. */
export type LanguageModelView = Pick<
  LanguageModelFrame,
  'step' | 'loss' | 'dev' | 'samples' | 'symbols' | 'baselines' | 'schedule'
> & {
  readonly curve: { readonly every: number; readonly values: ArrayLike<number> };
  readonly embedding?: ArrayLike<number> | undefined;
  readonly health?: Health | undefined;
};

export type RecordIn<T extends LanguageModelTable> = DrawnRecord<SettingsIn<T>>;
export type NetworkOf<T extends LanguageModelTable> = (settings: SettingsIn<T>, symbols: number) => Network;

/** Settings that change nothing of what is computed. */
export const OUTWARD: readonly string[] = ['engine', 'pace'];

export const grouped = (n: number): string => Math.round(n).toLocaleString('en-US');

/** Roughly, in words. */
const duration = (seconds: number): string =>
  seconds < 90 ? `about ${Math.round(seconds / 10) * 10} s` : `about ${Math.round(seconds / 60)} min`;

/** Where a run is, in words. */
export function describeRun(
  view: LanguageModelView | undefined,
  frame: LanguageModelFrame | undefined,
  settings: LanguageModelSettings,
  record: Pick<DrawnRecord<LanguageModelSettings & { readonly block: number }>, 'counts'>,
): string {
  if (!view) return `Press Play for ${grouped(settings.steps)} steps with these settings.`;
  const dev = view.dev.losses.at(-1);
  const devText = dev === undefined ? 'the list is too short for a dev split' : `dev loss ${dev.toFixed(4)}`;
  if (!frame)
    return `Recorded: ${grouped(view.step)} steps on ${grouped(record.counts.words)} words, ${devText}. Press Play to run it here.`;
  if (view.step === 0) return `Random weights, ready on ${ENGINE_LABELS[frame.engine]}.`;
  const { final } = frame;
  if (final) {
    const splits = [
      `train ${final.train.toFixed(4)}`,
      final.dev && `dev ${final.dev.toFixed(4)}`,
      `test ${final.test.toFixed(4)}`,
    ];
    return `${grouped(view.step)} ${view.step === 1 ? 'step' : 'steps'} done on ${ENGINE_LABELS[frame.engine]}. Loss: ${splits.filter(Boolean).join(', ')}.`;
  }
  const rate = rateAt(view.schedule, Math.max(0, view.step - 1));
  const pace = Math.min(frame.speed ?? 0, perSecond(settings.pace) ?? Number.POSITIVE_INFINITY);
  const left = pace > 0 ? (settings.steps - view.step) / pace : 0;
  const speed = frame.speed
    ? ` ${grouped(pace)} steps/s on ${ENGINE_LABELS[frame.engine]}${left > 20 ? `, ${duration(left)} to go` : ''}.`
    : '';
  return `Step ${grouped(view.step)} of ${grouped(settings.steps)}, rate ${rate}: ${devText}.${speed}`;
}

/** What the list and the choice of the engine have to say, beside the run itself. */
export function describeSetting({ symbols, notes, trials }: LanguageModelFrame): string {
  const tried = trials.map(({ name, stepsPerSecond }) => `${ENGINE_LABELS[name]} ${grouped(stepsPerSecond)}`);
  const measured = tried.length > 1 ? [`Tried here, steps a second: ${tried.join(', ')}.`] : [];
  return [`${symbols.length} symbols.`, ...notes, ...measured].join(' ');
}

/** A sentence where the run has failed. */
export function faultOf({ loss, step, schedule }: LanguageModelFrame): string | undefined {
  if (loss === undefined || Number.isFinite(loss)) return undefined;
  return ranOffInWords(step, rateAt(schedule, step - 1));
}

export const ranOffInWords = (step: number, rate: number): string =>
  faults.ranOff(`At step ${grouped(step)}`, `at a rate of ${rate} the weights ran off`);

/** The settings whose link replays a run: a rate that was changed on the way is in its schedule. */
export function settingsToReplay<S extends LanguageModelSettings>(
  settings: S,
  frame: LanguageModelFrame | undefined,
): S {
  if (!frame || JSON.stringify(frame.schedule) === JSON.stringify(scheduleOf(settings))) return settings;
  return { ...settings, schedule: frame.schedule };
}
