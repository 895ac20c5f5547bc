// A formula is judged by its values, so every form of the right derivative passes, simplified or not.
import { evaluate } from '../../src/autograd/expression/evaluate.ts';
import { ExpressionError, type Program, parse } from '../../src/autograd/expression/parse.ts';
import { open, right, show, type Verdict, wrong } from './judge.ts';

/** The derivative of a function at one point. */
export interface Slope {
  readonly x: number;
  readonly slope: number;
}

/** On both sides of 0, those that a reader checks by hand first, and none at a round number, where relu may have its kink. */
const POINTS = [0.71, 1.37, -0.61, -1.19, 0.23, 1.93, 2.63, 3.41, -0.31, -1.71, -2.29, -3.13];

/** With fewer points a wrong formula could agree by chance. */
const FEWEST = 3;

/** Share of the expected value by which a right formula may be off, rounding included. */
const TOLERANCE = 1e-6;

/**
 * The derivative of `of` by `variable`, from the backward pass. Points where it does not exist are left out.
 * @throws ExpressionError if `of` cannot be read; Error if it is defined at fewer than three of the points.
 */
export function slopesOf(of: string, variable: string, points: readonly number[] = POINTS): Slope[] {
  const program = parse(of);
  let fault = 'too few points are given';
  const slopes = points.flatMap((x) => {
    try {
      const { leaves } = evaluate(program, only(of, variable, x));
      return { x, slope: leaves.get(variable)?.grad ?? 0 };
    } catch (error) {
      fault = asExpressionError(error).message;
      return [];
    }
  });
  if (slopes.length >= FEWEST) return slopes;
  throw new Error(
    `“${of}” has a derivative at ${slopes.length} of ${points.length} points, ${FEWEST} are needed: ${fault}`,
  );
}

/**
 * @param answer a formula in the language of src/autograd/expression.
 * @param slopes what it should give.
 */
export function judgeFormula(answer: string, variable: string, slopes: readonly Slope[]): Verdict {
  if (answer.trim() === '') return open(`Type a formula in ${variable} first.`);
  let program: Program;
  try {
    program = parse(answer);
  } catch (error) {
    const { message, span } = asExpressionError(error);
    return open(message, span);
  }
  const values = slopes.map(({ x }) => valueAt(program, only(answer, variable, x)));
  // What fails at every point is a fault of the formula and has nothing to do with the numbers.
  const [first] = values;
  if (first instanceof ExpressionError && values.every((value) => value instanceof ExpressionError)) {
    return open(first.message, first.span);
  }
  for (const [i, { x, slope }] of slopes.entries()) {
    const value = values[i]!;
    const at = `Not yet: at ${variable} = ${show(x)}`;
    if (value instanceof ExpressionError) {
      return wrong(
        `${at} the derivative is ${show(slope)}, but your formula has no value: ${value.message}`,
        value.span,
      );
    }
    if (Math.abs(value - slope) <= TOLERANCE * Math.max(Math.abs(slope), 1e-3)) continue;
    const [yours, expected] = showApart(value, slope);
    return wrong(`${at} your formula gives ${yours}, but the derivative is ${expected}.`);
  }
  return right(`Right: it agrees with the backward pass at all ${slopes.length} points tried.`);
}

function valueAt(program: Program, leaf: (name: string) => number): number | ExpressionError {
  try {
    return evaluate(program, leaf).end.data;
  } catch (error) {
    return asExpressionError(error);
  }
}

/** Gives `variable` the number x, and no other name any. */
function only(source: string, variable: string, x: number): (name: string) => number {
  return (name) => {
    if (name === variable) return x;
    const start = source.search(new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, 'u'));
    throw new ExpressionError(`The name “${name}” has no value here: write the formula in ${variable} alone.`, {
      start,
      end: start + name.length,
    });
  };
}

/** Two numbers that differ, to as many digits as it takes to see that. */
function showApart(a: number, b: number): [string, string] {
  const digits = [4, 6, 8, 10].find((n) => show(a, n) !== show(b, n)) ?? 12;
  return [show(a, digits), show(b, digits)];
}

function asExpressionError(error: unknown): ExpressionError {
  if (error instanceof ExpressionError) return error;
  throw error;
}
