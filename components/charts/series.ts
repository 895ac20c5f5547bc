import type { Tone } from './tone.ts';

export interface Series {
  readonly label: string;
  /** y at x = 0, `every`, 2 `every`, …, or at the places of `at`. */
  readonly values: ArrayLike<number>;
  /** 1 unless told. */
  readonly every?: number;
  /** The x of each value, growing, where they are not evenly spread. */
  readonly at?: ArrayLike<number>;
  readonly tone: Tone;
  /** Where several lines belong together, such as the layers of a network: its place among them, 0 to 1, in place of the tone. */
  readonly ramp?: number;
  /** Tells two lines apart where colors cannot. */
  readonly dashed?: boolean;
  /** Drawn behind the others, and thinner. */
  readonly faint?: boolean;
}

/** A level to compare with, such as the loss of guessing uniformly. */
export interface Baseline {
  readonly label: string;
  readonly y: number;
}

export const lastX = ({ values, every = 1, at }: Series): number =>
  values.length === 0 ? 0 : at ? at[values.length - 1]! : (values.length - 1) * every;

/** The value that a series has reached at x: the last one not after it; undefined before its first and beyond its last. */
export function valueAt(series: Series, x: number): number | undefined {
  const { values, every = 1, at } = series;
  if (values.length === 0) return undefined;
  if (!at) return values[Math.floor(x / every + 1e-9)];
  if (x > lastX(series)) return undefined;
  let i = values.length - 1;
  while (i >= 0 && at[i]! > x) i--;
  return values[i];
}

/** A number short enough for an axis. */
export function short(y: number): string {
  const rounded = Number(y.toPrecision(3));
  const text = Math.abs(rounded) < 1e4 ? String(rounded) : rounded.toExponential().replace('+', '');
  return text.replaceAll('-', '−');
}
