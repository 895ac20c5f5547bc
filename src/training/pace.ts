import type { ChoiceField } from './settings.ts';

const SLOW_PER_SECOND = 20;

/** How fast a run goes: as fast as it can, or slow enough to watch. It changes nothing of what is computed. */
export const paceField = {
  kind: 'choice',
  label: 'Speed',
  options: { full: 'full', slow: `${SLOW_PER_SECOND} a second` },
  default: 'full',
  live: true,
} as const satisfies ChoiceField;

/** The most updates a second at this pace; undefined for no bound. */
export const perSecond = (pace: keyof (typeof paceField)['options']): number | undefined =>
  pace === 'slow' ? SLOW_PER_SECOND : undefined;
