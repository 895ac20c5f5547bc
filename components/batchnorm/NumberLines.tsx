import { useRef } from 'preact/hooks';
import { scaleLinear } from '../charts/scale.ts';
import { type Box, useBox } from '../charts/use-box.ts';
import type { NormalizedBatch } from './normalize-model.ts';

interface Props {
  readonly numbers: readonly number[];
  readonly batch: NormalizedBatch;
  /** The ends of both lines. */
  readonly min: number;
  readonly max: number;
  /** Told the place of a number and where it was moved to. */
  readonly onMove: (i: number, x: number) => void;
}

const SIZE: Box = { width: 600, height: 216 };
const MARGIN = 22;
/** Each slope has a lane of its own above the upper line. */
const LANE = 13;
const UPPER = 92;
const LOWER = 184;
/** Five normalized numbers are never further out than 4 / √5. */
const NORMALIZED_REACH = 2;
/** A slope of 1 is drawn as long as so many units of the lines; all are shortened alike where one would leave the drawing. */
const SLOPE_LENGTH = 3;
/** Normalized numbers so near to each other, in pixels, share a name. */
const NEAR = 16;
const KEYS: Readonly<Record<string, number>> = {
  ArrowLeft: -0.1,
  ArrowDown: -0.1,
  ArrowRight: 0.1,
  ArrowUp: 0.1,
  PageDown: -1,
  PageUp: 1,
};

/** The numbers on a line, where they can be dragged; the same normalized on a line below; and the slopes as arrows above. */
export function NumberLines({ numbers, batch, min, max, onMove }: Props) {
  const svg = useRef<SVGSVGElement>(null);
  const { width, height } = useBox(svg, SIZE);
  const x = scaleLinear([min, max], [MARGIN, width - MARGIN]);
  const lower = scaleLinear([-NORMALIZED_REACH, NORMALIZED_REACH], [MARGIN, width - MARGIN]);
  const { mean, deviation, values, slopes } = batch;
  const unit = SLOPE_LENGTH * (x(1) - x(0));
  const fits = slopes.map((slope, i) => (slope > 0 ? width - x(numbers[i]!) : x(numbers[i]!)) / Math.abs(unit * slope));
  const arrow = unit * Math.min(1, ...fits.filter((share) => !Number.isNaN(share)));
  const clamped = (value: number) => Math.min(max, Math.max(min, value));
  const placeOf = (event: MouseEvent): number => {
    const box = svg.current!.getBoundingClientRect();
    return clamped(x.invert(((event.clientX - box.left) / box.width) * width));
  };
  const move = (i: number, event: PointerEvent) => onMove(i, placeOf(event));
  const onKeyDown = (i: number) => (event: KeyboardEvent) => {
    const to = event.key === 'Home' ? min : event.key === 'End' ? max : numbers[i]! + (KEYS[event.key] ?? Number.NaN);
    if (Number.isNaN(to)) return;
    event.preventDefault();
    onMove(i, clamped(to));
  };
  return (
    <svg ref={svg} class="number-lines" viewBox={`0 0 ${width} ${height}`} role="group" aria-label="Number lines">
      {(
        [
          [x, UPPER],
          [lower, LOWER],
        ] as const
      ).map(([scale, y]) => (
        <g key={y}>
          <line class="axis" x1={MARGIN} x2={width - MARGIN} y1={y} y2={y} />
          {scale.ticks(5).map((tick) => (
            <text key={tick} class="tick" x={scale(tick)} y={y + 23} text-anchor="middle">
              {String(tick).replace('-', '−')}
            </text>
          ))}
        </g>
      ))}
      <rect
        class="spread"
        x={x(clamped(mean - deviation))}
        width={Math.max(1, x(clamped(mean + deviation)) - x(clamped(mean - deviation)))}
        y={UPPER - 5}
        height={10}
      />
      <line class="mean" x1={x(mean)} x2={x(mean)} y1={UPPER - 10} y2={UPPER + 10} />
      {values.map((value, i) => (
        <line key={i} class="join" x1={x(numbers[i]!)} x2={lower(value)} y1={UPPER} y2={LOWER} />
      ))}
      {slopes.map((slope, i) => (
        <Arrow key={i} from={x(numbers[i]!)} length={arrow * slope} y={UPPER - 24 - i * LANE} bottom={UPPER} />
      ))}
      {values.map((value, i) => (
        <circle key={i} class="normalized" cx={lower(value)} cy={LOWER} r={6} />
      ))}
      {clusters(values.map(lower)).map(({ place, name }) => (
        <text key={name} class="number-name" x={place} y={LOWER - 11} text-anchor="middle">
          {name}
        </text>
      ))}
      {numbers.map((number, i) => (
        <g key={i}>
          <circle class="dot" cx={x(number)} cy={UPPER} r={9} />
          <text class="dot-name" x={x(number)} y={UPPER + 4} text-anchor="middle">
            {i + 1}
          </text>
        </g>
      ))}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for those who press and cannot drag; keys have the sliders. */}
      <rect
        class="strip needs-script"
        x={0}
        width={width}
        y={UPPER - 16}
        height={32}
        onClick={(event) => {
          const at = placeOf(event);
          onMove(
            numbers.reduce((best, z, i) => (Math.abs(z - at) < Math.abs(numbers[best]! - at) ? i : best), 0),
            at,
          );
        }}
      />
      {numbers.map((number, i) => (
        <g
          key={i}
          class="handle needs-script"
          role="slider"
          tabIndex={0}
          aria-label={`Number ${i + 1}`}
          aria-valuemin={min}
          aria-valuemax={max}
          aria-valuenow={number}
          aria-valuetext={`${number}, normalized ${values[i]!.toFixed(2)}`}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            move(i, event);
          }}
          onPointerMove={(event) => {
            if (event.currentTarget.hasPointerCapture(event.pointerId)) move(i, event);
          }}
          onKeyDown={onKeyDown(i)}
        >
          <circle class="reach" cx={x(number)} cy={UPPER} r={16} />
          <circle class="focus-ring" cx={x(number)} cy={UPPER} r={11} />
        </g>
      ))}
    </svg>
  );
}

/** The names of the places, from left to right; neighbors that are near share one between them. */
function clusters(places: readonly number[]): { place: number; name: string }[] {
  const order = places.map((place, i) => ({ place, names: [i + 1] })).toSorted((a, b) => a.place - b.place);
  const joined: { first: number; last: number; names: number[] }[] = [];
  for (const { place, names } of order) {
    const before = joined.at(-1);
    if (before && place - before.last < NEAR) {
      before.last = place;
      before.names.push(...names);
    } else joined.push({ first: place, last: place, names: [...names] });
  }
  return joined.map(({ first, last, names }) => ({ place: (first + last) / 2, name: names.join(' ') }));
}

interface ArrowProps {
  readonly from: number;
  readonly length: number;
  readonly y: number;
  /** Where the number is that the arrow belongs to. */
  readonly bottom: number;
}

/** A horizontal arrow on a thread from its number; too short for a head, it is a dot. */
function Arrow({ from, length, y, bottom }: ArrowProps) {
  const to = from + length;
  const head = Math.sign(length) * Math.min(6, Math.abs(length));
  return (
    <g class="slope">
      <line class="thread" x1={from} x2={from} y1={y} y2={bottom} />
      <line x1={from} x2={to} y1={y} y2={y} />
      {Math.abs(length) > 2 ? <path d={`M${to} ${y}l${-head} -4v8z`} /> : <circle cx={from} cy={y} r={2} />}
    </g>
  );
}
