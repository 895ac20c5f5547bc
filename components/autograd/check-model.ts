import { evaluate } from '../../src/autograd/expression/evaluate.ts';
import { ExpressionError, type Program, parse } from '../../src/autograd/expression/parse.ts';
import { bestStep, centralDifference, expectedErrors } from '../../src/autograd/gradient-check.ts';
import type { Fault } from './expression-model.ts';

/** Quarter decades from 1e-1 to 1e-12. */
export const STEPS: readonly number[] = Array.from({ length: 45 }, (_, i) => 10 ** (-1 - i / 4));

export const FUNCTIONS: Readonly<Record<string, string>> = {
  exp: 'exp(x)',
  log: 'log(x)',
  tanh: 'tanh(x)',
  cubic: 'x**3 - 2*x',
  sigmoid: '1 / (1 + exp(-x))',
};

/** A function at a point: its gradient by the backward pass, and how far each central difference is off. */
export interface Check {
  readonly f: (x: number) => number;
  readonly size: number;
  readonly gradient: number;
  readonly errors: readonly number[];
  readonly truncation: readonly number[];
  readonly rounding: readonly number[];
  /** The best step according to theory; undefined where the third derivative is 0. */
  readonly best: number | undefined;
}

/** @returns the check of `source`, a function of x alone, at x; or what is wrong with it. */
export function check(source: string, x: number): Check | Fault {
  try {
    const program = parse(source);
    const { end, gradient } = slopeAt(program, x);
    const f = (at: number) => slopeAt(program, at).end;
    const curvature = Math.abs(thirdDerivative(program, x));
    const expected = STEPS.map((h) => expectedErrors(Math.abs(end), curvature, h));
    return {
      f,
      size: end,
      gradient,
      errors: STEPS.map((h) => Math.abs(centralDifference(f, x, h) - gradient)),
      truncation: expected.map(({ truncation }) => truncation),
      rounding: expected.map(({ rounding }) => rounding),
      best: curvature > 0 && end !== 0 ? bestStep(Math.abs(end), curvature) : undefined,
    };
  } catch (error) {
    if (error instanceof ExpressionError) return { message: error.message, span: error.span };
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

/** The second difference of exact gradients: good to several digits, which is plenty for a guide line. */
function thirdDerivative(program: Program, x: number): number {
  const h = 1e-3;
  const slope = (at: number) => slopeAt(program, at).gradient;
  return (slope(x + h) - 2 * slope(x) + slope(x - h)) / h ** 2;
}
