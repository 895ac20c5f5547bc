import { evaluateLine, type Scope } from './language/evaluate.ts';
import { type Line, LineError, parseLine, type Span } from './language/parse.ts';
import { MISTAKES } from './mistakes.ts';
import { scopeOf } from './passes.ts';
import { givenGradients, idOf, type Task } from './tasks.ts';
import { distance, largest, shapeText, sizeOf, type Tensor } from './tensor.ts';

/** What is said of a reader’s line. */
export type Verdict =
  | { readonly kind: 'exact' }
  /** Right; rounded in another order. */
  | { readonly kind: 'approximate'; readonly difference: number }
  | { readonly kind: 'shape'; readonly sentence: string }
  | { readonly kind: 'wrong'; readonly difference: number; readonly sentence: string }
  | { readonly kind: 'error'; readonly sentence: string; readonly span: Span };

export const isRight = ({ kind }: Verdict): boolean => kind === 'exact' || kind === 'approximate';

/** By how much of the largest number rounding in another order may change a number. */
const TOLERANCE = 1e-10;

/**
 * Judges a line by what it computes: from the numbers at hand, and from the same with other gradients, so that a line which
 * is right by accident of these numbers is told from the rule that was asked for.
 * @param forward the tensors of the forward pass. @param gradients those of the loss, all of them.
 */
export function judgeLine(source: string, task: Task, forward: Scope, gradients: ReadonlyMap<string, Tensor>): Verdict {
  const here = scopeOf(task, forward, gradients);
  const elsewhere = scopeOf(task, forward, otherGradients(task, gradients));
  let line: Line;
  let result: Tensor;
  try {
    line = parseLine(source);
    checkTarget(line, task);
    result = evaluateLine(line, here);
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
    const known = MISTAKES[idOf(task)]!.find((mistake) => attempt(mistake.line, here) === error.message);
    return { kind: 'error', sentence: known ? `${error.message} ${known.why}` : error.message, span: error.span };
  }
  const expected = evaluateLine(parseLine(task.step.backward), here);
  const inGeneral = evaluateLine(line, elsewhere);
  const known = MISTAKES[idOf(task)]!.find(({ line: mistaken }) => agree(inGeneral, attempt(mistaken, elsewhere)));
  if (!hasShape(result, expected.shape))
    return {
      kind: 'shape',
      sentence: `${shapes(result, expected)} ${known?.why ?? adviseShape(result, expected)}`.trim(),
    };
  const stray = result.data.findIndex((x) => !Number.isFinite(x));
  const difference = distance(result, expected);
  if (stray >= 0)
    return { kind: 'wrong', difference, sentence: `Number ${stray + 1} of your tensor is ${result.data[stray]}.` };
  if (agree(inGeneral, evaluateLine(parseLine(task.step.backward), elsewhere))) return right(difference);
  if (known) return { kind: 'wrong', difference, sentence: known.why };
  // Another way to the same numbers, which does without the gradients that were given, is right, too. Numbers that are
  // nothing but rounding say nothing.
  if (agree(result, expected) && largest(expected) > TOLERANCE * largestGiven(task, gradients))
    return right(difference);
  return { kind: 'wrong', difference, sentence: advise(result, expected, here) };
}

const right = (difference: number): Verdict =>
  difference === 0 ? { kind: 'exact' } : { kind: 'approximate', difference };

function checkTarget({ target }: Line, task: Task): void {
  if (target && target.text !== `d${task.step.name}`)
    throw new LineError(`Here d${task.step.name} is asked for, not ${target.text}.`, target.span);
}

/** What a line computes, or the sentence that refuses it. */
function attempt(source: string, scope: Scope): Tensor | string {
  try {
    return evaluateLine(parseLine(source), scope);
  } catch (error) {
    return (error as Error).message;
  }
}

const hasShape = ({ shape }: Tensor, expected: readonly number[]): boolean => shape.join() === expected.join();
const largestGiven = (task: Task, gradients: ReadonlyMap<string, Tensor>): number =>
  Math.max(0, ...givenGradients(task).map((name) => largest(gradients.get(name)!)));

/** Whether two tensors are the same but for rounding. What is no number, or was refused, agrees with nothing. */
function agree(a: Tensor, b: Tensor | string): boolean {
  if (typeof b === 'string' || !hasShape(a, b.shape)) return false;
  const limit = TOLERANCE * largest(b);
  return a.data.every((x, i) => Math.abs(x - b.data[i]!) <= limit);
}

/** The same shapes, filled with numbers without a pattern, so that no sum of them happens to be 0. */
function otherGradients(task: Task, gradients: ReadonlyMap<string, Tensor>): ReadonlyMap<string, Tensor> {
  let state = 0x9e3779b9;
  const next = () => {
    // The generator xorshift32 of Marsaglia (2003).
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 31 - 1;
  };
  return new Map(
    givenGradients(task).map((name) => {
      const { shape } = gradients.get(name)!;
      return [name, { shape, data: Float64Array.from({ length: sizeOf(shape) }, next) }];
    }),
  );
}

const shapes = (result: Tensor, expected: Tensor): string =>
  `Your line has the shape ${shapeText(result.shape)}, and ${shapeText(expected.shape)} is wanted.`;

function adviseShape({ shape }: Tensor, { shape: wanted }: Tensor): string {
  if (shape.length === 2 && wanted.length === 2 && shape[0] === wanted[1] && shape[1] === wanted[0])
    return 'It is the transpose: turn it, or the order of the product.';
  if (shape.filter((length) => length !== 1).join() === wanted.filter((length) => length !== 1).join())
    return 'Only lengths of 1 differ: keepdim=True keeps them in a sum.';
  if (sizeOf(shape) > sizeOf(wanted) && wanted.every((length) => length === 1 || shape.includes(length)))
    return 'What was broadcast forward is added up backward: a sum is missing, or goes along another axis.';
  if (shape.length === 1 && wanted.length === 2 && wanted.includes(1))
    return 'The sum goes along the wrong axis, and has lost one: keepdim=True keeps it.';
  return 'A gradient has the shape of its tensor.';
}

/** What a wrong result of the right shape looks like. */
function advise(result: Tensor, expected: Tensor, scope: Scope): string {
  const factor = ratio(result, expected);
  const n = scope.get('n')!.data[0]!;
  if (factor !== undefined) {
    const known = (
      [
        [-1, 'the sign is turned'],
        [n, 'it is n times too large: a 1/n is missing'],
        [1 / n, 'it is n times too small: there is a 1/n too many'],
        [n - 1, 'it is n − 1 times too large: a 1/(n − 1) is missing'],
        [(n - 1) / n, 'n stands where n − 1 belongs'],
        [n / (n - 1), 'n − 1 stands where n belongs'],
        [2, 'it is twice too large'],
        [0.5, 'it is half of what it should be'],
      ] as const
    ).find(([value]) => Math.abs(factor / value - 1) < 1e-9);
    return known
      ? `All numbers are off by the same factor: ${known[1]}.`
      : `All numbers are off by the same factor, ${Number(factor.toPrecision(4))}.`;
  }
  const share = expected.data.filter((x, i) => Math.abs(x - result.data[i]!) <= TOLERANCE * largest(expected)).length;
  const part = share > expected.data.length / 2 ? ` ${share} of ${expected.data.length} numbers are right.` : '';
  return `The numbers differ, by up to ${distance(result, expected).toPrecision(2)} where the right ones go up to ${largest(expected).toPrecision(2)}.${part}`;
}

/** The factor between two tensors, where there is one. */
function ratio(result: Tensor, expected: Tensor): number | undefined {
  const at = expected.data.reduce((best, x, i) => (Math.abs(x) > Math.abs(expected.data[best]!) ? i : best), 0);
  const factor = result.data[at]! / expected.data[at]!;
  if (!Number.isFinite(factor) || factor === 0) return undefined;
  const scaled = { shape: expected.shape, data: expected.data.map((x) => factor * x) };
  return agree(result, scaled) ? factor : undefined;
}
