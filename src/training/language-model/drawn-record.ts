import type { LanguageModelRecord } from './record.ts';
import type { LanguageModelSettings } from './settings.ts';

type Settings = LanguageModelSettings & { readonly block: number };

const DRAWN = [
  'settings',
  'symbols',
  'baselines',
  'counts',
  'step',
  'loss',
  'curve',
  'dev',
  'samples',
  'schedule',
  'embedding',
  'health',
] as const;

/** What a figure needs of a recorded run. The rest is for posts and tests, and would only weigh in the page. */
export type DrawnRecord<S extends Settings> = Pick<LanguageModelRecord<S>, (typeof DRAWN)[number]>;

/** A recorded run as it travels with the page. */
export const drawnRecord = <S extends Settings>(record: DrawnRecord<S>): DrawnRecord<S> =>
  Object.fromEntries(
    DRAWN.filter((key) => key in record).map((key) => [key, record[key]]),
  ) as unknown as DrawnRecord<S>;
