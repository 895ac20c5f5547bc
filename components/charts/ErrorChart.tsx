import { useRef } from 'preact/hooks';
import { Numbers } from './Numbers.tsx';
import { polyline } from './polyline.ts';
import { scaleLog } from './scale.ts';
import type { Tone } from './tone.ts';
import { type Box, useBox } from './use-box.ts';
import './charts.css';

export interface ErrorCurve {
  readonly label: string;
  readonly tone: Tone;
  /** The error at each h; 0 is drawn on the floor of the chart, NaN not at all. */
  readonly errors: readonly number[];
  /** A guide is thin and dashed; the measured curve has a mark at each h. */
  readonly guide?: boolean;
}

interface Props {
  readonly title: string;
  /** Step sizes, falling. */
  readonly steps: readonly number[];
  readonly curves: readonly ErrorCurve[];
  /** The step that the reader has chosen. */
  readonly chosen: number;
  /** The best step according to theory, if it lies on the axis. */
  readonly best?: number | undefined;
}

const SIZE: Box = { width: 520, height: 300 };
const MARGIN = { top: 10, right: 14, bottom: 40, left: 42 };
const FLOOR = 1e-17;
const CEILING = 10;

/** Errors over step sizes, both on logarithmic axes; the step shrinks to the right. */
export function ErrorChart({ title, steps, curves, chosen, best }: Props) {
  const svg = useRef<SVGSVGElement>(null);
  const { width, height } = useBox(svg, SIZE);
  const [widest, narrowest] = [steps[0]!, steps.at(-1)!];
  const x = scaleLog([widest, narrowest], [MARGIN.left, width - MARGIN.right], { clamp: true });
  const y = scaleLog([FLOOR, CEILING], [height - MARGIN.bottom, MARGIN.top], { clamp: true });
  const yOf = (error: number) => y(Math.max(FLOOR, error));
  const path = (errors: readonly number[], isDrawn: (error: number) => boolean) =>
    polyline(
      steps.map((step, i) => ({ step, error: errors[i]! })),
      ({ step }) => x(step),
      ({ error }) => (isDrawn(error) ? yOf(error) : Number.NaN),
    );
  const isInside = (error: number) => error > FLOOR && error < CEILING;

  return (
    <div class="chart error-chart">
      <p class="chart-title">
        {title}
        {curves.map(({ label, tone, guide: dashed }) => (
          <span key={label} class={`key tone-${tone}${dashed ? ' dashed' : ''}`}>
            {label}
          </span>
        ))}
        {best !== undefined && <span class="key tone-good dotted">best h by the formula</span>}
      </p>
      <svg ref={svg} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={describe(steps, curves)}>
        {exponents(FLOOR, CEILING, 3).map((k) => (
          <g key={k} transform={`translate(0 ${y(10 ** k)})`}>
            <line class="grid" x1={MARGIN.left} x2={width - MARGIN.right} />
            <Power exponent={k} x={MARGIN.left - 7} anchor="end" />
          </g>
        ))}
        {exponents(narrowest, widest, width < 300 ? 3 : 2).map((k) => (
          <g key={k} transform={`translate(0 ${height - MARGIN.bottom + 16})`}>
            <Power exponent={k} x={x(10 ** k)} anchor="middle" />
          </g>
        ))}
        <text class="tick" x={(MARGIN.left + width - MARGIN.right) / 2} y={height - 5} text-anchor="middle">
          step h, smaller to the right
        </text>
        {best !== undefined && best < widest && best > narrowest && (
          <line class="best" x1={x(best)} x2={x(best)} y1={MARGIN.top} y2={height - MARGIN.bottom} />
        )}
        <line class="chosen" x1={x(chosen)} x2={x(chosen)} y1={MARGIN.top} y2={height - MARGIN.bottom} />
        {curves.map(({ label, tone, errors, guide: dashed }) => (
          <g key={label} class={`tone-${tone}`}>
            <path class={dashed ? 'line guide' : 'line'} d={path(errors, dashed ? isInside : Number.isFinite)} />
            {!dashed &&
              errors.map(
                (error, i) =>
                  Number.isFinite(error) && (
                    <circle key={steps[i]} class="mark" cx={x(steps[i]!)} cy={yOf(error)} r="2.4" />
                  ),
              )}
          </g>
        ))}
      </svg>
      <Numbers
        title={title}
        columns={['step h', ...curves.map(({ label }) => label)]}
        rows={() =>
          steps.map((h, i) => [
            h.toExponential(1).replace('-', '−'),
            ...curves.map(({ errors }) =>
              Number.isFinite(errors[i]) ? errors[i]!.toExponential(2).replace('-', '−') : 'no value',
            ),
          ])
        }
      />
    </div>
  );
}

function Power({ exponent, x, anchor }: { exponent: number; x: number; anchor: 'end' | 'middle' }) {
  return (
    <text class="tick" x={x} dy="0.32em" text-anchor={anchor}>
      10
      <tspan class="power" dy="-0.3em">
        {String(exponent).replace('-', '−')}
      </tspan>
    </text>
  );
}

function exponents(low: number, high: number, every: number): number[] {
  const [first, last] = [Math.round(Math.log10(low)), Math.round(Math.log10(high))];
  return Array.from({ length: last - first + 1 }, (_, i) => last - i).filter((k) => (last - k) % every === 0);
}

function describe(steps: readonly number[], curves: readonly ErrorCurve[]): string {
  const { errors } = curves.find(({ guide }) => !guide)!;
  const known = [...errors.keys()].filter((i) => Number.isFinite(errors[i]));
  if (known.length === 0) return 'Error against step size: nothing can be computed here.';
  const least = known.reduce((best, i) => (errors[i]! < errors[best]! ? i : best));
  const text = (i: number) => `${errors[i]!.toExponential(1)} at h = ${steps[i]!.toExponential(1)}`;
  return `Error against step size: ${text(known[0]!)}, ${text(least)} at its lowest, ${text(known.at(-1)!)} in the end.`;
}
