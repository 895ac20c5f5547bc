/*
 * A number’s place on an axis, with the names of d3-scale. That package brings the mixing of colors and the writing of
 * numbers and dates along, nine kilobytes that no chart here uses; its ticks and round ends are those of d3-array.
 */
import { nice, ticks } from 'd3-array';

type Ends = readonly [number, number];

export interface Scale {
  /** The place of a value. */
  (value: number): number;
  /** The value at a place. */
  invert(place: number): number;
  /** The two ends in values, the first of them first. */
  domain(): Ends;
}

export interface LinearScale extends Scale {
  /** About `count` round values between the ends. */
  ticks(count: number): number[];
}

interface Options {
  /** Values beyond the ends stand at the ends. */
  readonly clamp?: boolean;
}

interface LinearOptions extends Options {
  /** Moves the ends outward to round values, for about so many ticks. */
  readonly nice?: number;
}

/** @param domain the ends in values, the lower first. @param range the ends in places. */
export function scaleLinear(
  domain: Ends,
  range: Ends,
  { clamp = false, nice: count }: LinearOptions = {},
): LinearScale {
  const ends: Ends = count === undefined ? domain : nice(domain[0], domain[1], count);
  return Object.assign(
    between(
      ends,
      range,
      clamp,
      (x) => x,
      (x) => x,
    ),
    { ticks: (wanted: number) => ticks(ends[0], ends[1], wanted) },
  );
}

/** As `scaleLinear`, by factors; the ends have one sign. */
export const scaleLog = (domain: Ends, range: Ends, { clamp = false }: Options = {}): Scale =>
  between(domain, range, clamp, Math.log, Math.exp);

function between(
  domain: Ends,
  [start, end]: Ends,
  clamp: boolean,
  transform: (value: number) => number,
  restore: (transformed: number) => number,
): Scale {
  const [low, high] = [transform(domain[0]), transform(domain[1])];
  const place = (value: number) => {
    // Where both ends are one value, it stands in the middle.
    const share = low === high ? 0.5 : (transform(value) - low) / (high - low);
    return start + (clamp ? Math.min(1, Math.max(0, share)) : share) * (end - start);
  };
  const invert = (at: number) => restore(low + ((at - start) / (end - start)) * (high - low));
  return Object.assign(place, { invert, domain: () => domain });
}
