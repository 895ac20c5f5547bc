import { localRules, type NamedValue, nameValues } from '../../src/autograd/explain.ts';
import { type Evaluation, evaluate } from '../../src/autograd/expression/evaluate.ts';
import { ExpressionError, type Program } from '../../src/autograd/expression/program.ts';
import { backwardSteps, backwardUpTo, topologicalOrder } from '../../src/autograd/graph.ts';
import type { Value } from '../../src/autograd/value.ts';
import { NODE_HEIGHT } from '../charts/GraphView.tsx';
import { type Fault, orFault } from './fault.ts';
import type { GraphShape } from './graph-layout.ts';

/** More nodes than this cannot be read in one figure. */
const MAX_NODES = 80;

/** What the figure draws: a graph that could be computed, and the steps of its backward pass. */
export interface Drawn {
  readonly order: readonly Value[];
  readonly names: ReadonlyMap<Value, NamedValue>;
  readonly leaves: ReadonlyMap<string, number>;
  readonly shape: GraphShape;
  readonly end: Value;
  readonly steps: readonly Value[];
}

/** Values for leaves that the reader has not set, so that a new expression has something to show. */
const STARTING_VALUES = [2, -0.5, 0.75, -1.5, 1, 3];

/**
 * Computes an expression that was read.
 * @param leaves values by name; names that are missing get starting values.
 * @returns what to draw, or what is wrong and where.
 */
export function drawExpression(program: Program, leaves: ReadonlyMap<string, number>): Drawn | Fault {
  return orFault(() => {
    const values = new Map<string, number>();
    const evaluation = evaluate(program, (name) => {
      const value = leaves.get(name) ?? STARTING_VALUES[values.size % STARTING_VALUES.length]!;
      values.set(name, value);
      return value;
    });
    return draw(program, evaluation);
  });
}

function draw(program: Program, { end, leaves, names }: Evaluation): Drawn {
  const order = topologicalOrder(end);
  if (order.length > MAX_NODES) {
    const last = program.at(-1)!.value.span;
    throw new ExpressionError(`This graph has ${order.length} nodes; the figure draws up to ${MAX_NODES}.`, last);
  }
  const place = new Map(order.map((value, i) => [value, i]));
  const named = nameValues(end, names);
  return {
    order,
    end,
    names: named,
    leaves: new Map([...leaves].map(([name, value]) => [name, value.data])),
    shape: {
      inputs: order.map((value) => value.inputs.map((input) => place.get(input)!)),
      widths: order.map((value) => nodeWidth(named.get(value)!)),
      height: NODE_HEIGHT,
    },
    steps: backwardSteps(end),
  };
}

/** Wide enough for the node’s label, and for a number of four digits. */
function nodeWidth({ kind, name, formula }: NamedValue): number {
  const label = kind === 'operation' ? `${name} = ${formula}` : name;
  return Math.max(kind === 'constant' ? 44 : 76, 20 + 7.2 * label.length);
}

/** One input’s share in a step of the backward pass. */
export interface Share {
  readonly input: string;
  /** The local derivative in symbols and in numbers. */
  readonly rule: string;
  readonly local: number;
  /** The gradient that arrives from above. */
  readonly arriving: number;
  readonly contribution: number;
  /** The input’s gradient once this share has been added. */
  readonly total: number;
  /** Whether another share for the same input is still to come in this step. */
  readonly more: boolean;
}

/**
 * Brings all gradients to where they are after `count` steps of the backward pass.
 * @returns what the last of these steps did; undefined after none.
 */
export function gradientsAfter(
  { end, steps, names }: Drawn,
  count: number,
): { node: NamedValue; shares: Share[] } | undefined {
  const value = steps[count - 1];
  backwardUpTo(end, value ? count - 1 : 0);
  if (!value) return undefined;
  const before = new Map(value.inputs.map((input) => [input, input.grad]));
  backwardUpTo(end, count);
  const local = value.localDerivatives();
  const rules = localRules(value, (input) => names.get(input)!.name);
  const shares = value.inputs.map((input, i) => {
    const contribution = local[i]! * value.grad;
    const total = before.get(input)! + contribution;
    before.set(input, total);
    return {
      input: names.get(input)!.name,
      rule: rules[i]!,
      local: local[i]!,
      arriving: value.grad,
      contribution,
      total,
      more: value.inputs.indexOf(input, i + 1) >= 0,
    };
  });
  return { node: names.get(value)!, shares: shares.filter((_, i) => names.get(value.inputs[i]!)!.kind !== 'constant') };
}
