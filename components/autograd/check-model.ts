import { evaluate } from '../../src/autograd/expression/evaluate.ts';
import { ExpressionError, type Program } from '../../src/autograd/expression/program.ts';
import { bestStep, centralDifference, expectedErrors } from '../../src/autograd/gradient-check.ts';
import { type Fault, orFault } from './fault.ts';

/** Quarter decades from 1e-1 to 1e-12. */
export const STEPS: readonly number[] = Array.from({ length: 45 }, (_, i) => 10 ** (-1 - i / 4));

/** Functions to begin with, each at a point where its curve has something to show. */
export const EXAMPLES: Readonly<Record<string, { readonly source: string; readonly x: number }>> = {
  exp: { source: 'exp(x)', x: 1 },
  log: { source: 'log(x)', x: 20 },
  tanh: { source: 'tanh(x)', x: 1 },
  cubic: { source: 'x**3 - 2*x', x: 1 },
  sigmoid: { source: '1 / (1 + exp(-x))', x: 1 },
};

/** What the figure shows first. */
export const FIRST = EXAMPLES.exp!;

/** A function at a point: its gradient by the backward pass, and how far each central difference is off. */
export interface Check {
  readonly x: number;
  /** NaN where the function has no value. */
  readonly f: (x: number) => number;
  readonly gradient: number;
  /** NaN where x + h or x - h has no value. */
  readonly errors: readonly number[];
  readonly truncation: readonly number[];
  readonly rounding: readonly number[];
  /** The best step according to theory; undefined where the function or its third derivative is 0. */
  readonly best: number | undefined;
}

/** @returns the check of `program`, a function of x alone, at x; or what is wrong with it. */
export function check(program: Program, x: number): Check | Fault {
  return orFault(() => {
    const { end, gradient } = slopeAt(program, x);
    const f = (at: number) => orNaN(() => slopeAt(program, at).end);
    const third = Math.abs(orNaN(() => thirdDerivative(program, x)));
    const expected = STEPS.map((h) => expectedErrors(Math.abs(end), third, h));
    return {
      x,
      f,
      gradient,
      errors: STEPS.map((h) => Math.abs(centralDifference(f, x, h) - gradient)),
      truncation: expected.map(({ truncation }) => truncation),
      rounding: expected.map(({ rounding }) => rounding),
      best: third > 0 && end !== 0 ? bestStep(Math.abs(end), third) : undefined,
    };
  });
}

function orNaN(compute: () => number): number {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ExpressionError) return Number.NaN;
    throw error;
  }
}

function slopeAt(program: Program, x: number): { end: number; gradient: number } {
  const { end, leaves } = evaluate(program, (name) => {
    if (name === 'x') return x;
    throw new ExpressionError(`This figure knows one name, x; “${name}” has no value here.`, { start: 0, end: 0 });
  });
  return { end: end.data, gradient: leaves.get('x')?.grad ?? 0 };
}

/**
 * The second difference of exact gradients: good to several digits, which is plenty for a guide line.
 * @returns 0 where it drowns in rounding, NaN where two step sizes disagree: at a kink there is none.
 */
function thirdDerivative(program: Program, x: number): number {
  const slope = (at: number) => slopeAt(program, at).gradient;
  const estimate = (h: number) => (slope(x + h) - 2 * slope(x) + slope(x - h)) / h ** 2;
  const [wide, narrow] = [estimate(1e-3), estimate(5e-4)];
  if (Math.abs(narrow) < 1e-8 * Math.max(1, Math.abs(slope(x)))) return 0;
  return Math.abs(wide - narrow) > 0.1 * Math.abs(narrow) ? Number.NaN : narrow;
}
