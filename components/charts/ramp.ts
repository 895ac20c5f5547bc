import type { Tone } from './tone.ts';

/** Something drawn in a color of its own, or by its place in a row of its kind. */
interface Colored {
  readonly tone: Tone;
  readonly ramp?: number;
}

export const colorOf = ({ tone, ramp }: Colored): string => (ramp === undefined ? `tone-${tone}` : 'ramp');

export const rampOf = ({ ramp }: Pick<Colored, 'ramp'>): { '--ramp': string } | undefined =>
  ramp === undefined ? undefined : { '--ramp': `${Math.round(100 * ramp)}%` };
