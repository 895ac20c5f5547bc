import { evaluate } from '../../src/autograd/expression/evaluate.ts';
import { parse } from '../../src/autograd/expression/parse.ts';
import type { Value } from '../../src/autograd/index.ts';
import { backwardSteps } from '../../src/autograd/index.ts';
import type { Step } from './judge.ts';

/** How tightly an operation binds; what is looser than its surroundings goes into parentheses. */
const TIGHTNESS: Record<string, number> = { '+': 1, '-': 1, '*': 2, '/': 2, neg: 3 };
const POWER = 4;
const ATOM = 5;

/**
 * The operations of an expression as steps for the reader to order, sorted by their text, which gives no order away.
 * @throws ExpressionError if the expression cannot be read; Error if it has fewer than two operations, or two that read alike.
 */
export function stepsOf(expression: string): Step[] {
  // The order does not depend on the leaves' numbers; these only keep logarithms and divisions defined.
  let leaf = 0.5;
  const { end, names } = evaluate(parse(expression), () => (leaf += 1));
  const visited = backwardSteps(end);
  const nameOf = (value: Value) => names.get(value) ?? operation(value, names);
  const steps = visited.map((value) => ({
    name: nameOf(value),
    text: names.has(value) ? `${names.get(value)} = ${operation(value, names)}` : operation(value, names),
    users: visited.filter((user) => user.inputs.includes(value)).map(nameOf),
  }));
  if (steps.length < 2) throw new Error(`“${expression}” has too few operations to be put into an order.`);
  const twin = steps.find(({ name }, i) => steps.findIndex((step) => step.name === name) < i);
  if (twin) throw new Error(`“${expression}” has two operations that read “${twin.name}”: give one of them a name.`);
  return steps.sort((a, b) => (a.text < b.text ? -1 : 1));
}

/** The operation that made a value, its inputs by their names where they have one: `a + b`, `tanh(e)`. */
function operation(value: Value, names: ReadonlyMap<Value, string>): string {
  const input = (i: number, tightness: number) => {
    const from = value.inputs[i]!;
    const text = names.get(from) ?? (from.inputs.length > 0 ? operation(from, names) : String(from.data));
    return names.has(from) || tightnessOf(from) >= tightness ? text : `(${text})`;
  };
  const own = tightnessOf(value);
  switch (value.operation) {
    case '+':
    case '-':
      return `${input(0, own)} ${value.operation} ${input(1, own + 1)}`;
    case '*':
    case '/':
      return `${input(0, own)}${value.operation}${input(1, own + 1)}`;
    case 'neg':
      return `-${input(0, own)}`;
    default:
      return own === POWER ? `${input(0, ATOM)}${value.operation}` : `${value.operation}(${input(0, 0)})`;
  }
}

const tightnessOf = ({ operation }: Value): number =>
  TIGHTNESS[operation] ?? (operation.startsWith('**') ? POWER : ATOM);
