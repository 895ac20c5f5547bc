import { broadcastShape, combine, map, matMul, scalar, shapeText, type Tensor, TensorError } from '../tensor.ts';
import { asList, bind, FUNCTIONS, functionNamed, isTensor, LIBRARIES, type Value } from './functions.ts';
import { type Line, LineError, type Node, type Operator } from './parse.ts';

/** The tensors that a line may name. */
export type Scope = ReadonlyMap<string, Tensor>;

const TRUTHS: Readonly<Record<string, boolean>> = { true: true, True: true, false: false, False: false };

/**
 * Computes a line. It sees the tensors of its scope and nothing else.
 * @throws LineError with a sentence that names the tensors and shapes that do not fit, and the span that it is about.
 */
export function evaluateLine({ value }: Line, scope: Scope): Tensor {
  const result = evaluate(value, scope);
  if (isTensor(result)) return result;
  throw new LineError('The line is no tensor: it is only a shape, or only true or false.', value.span);
}

function evaluate(node: Node, scope: Scope): Value {
  switch (node.kind) {
    case 'number':
      return scalar(node.data);
    case 'name':
      return named(node.name, node.span, scope);
    case 'negate':
      return map(tensorAt(node.operand, scope), (x) => -x);
    case 'list':
      return inWords(node.span, () => asList(node.items.map((item) => evaluate(item, scope))));
    case 'binary':
      return binary(node, scope);
    case 'call':
      return call(node, scope);
  }
}

function tensorAt(node: Node, scope: Scope): Tensor {
  const value = evaluate(node, scope);
  if (isTensor(value)) return value;
  throw new LineError('Here a number or a tensor should stand.', node.span);
}

function named(name: string, span: Line['value']['span'], scope: Scope): Value {
  const tensor = scope.get(name);
  if (tensor) return tensor;
  if (Object.hasOwn(TRUTHS, name)) return { truth: TRUTHS[name]! };
  if (functionNamed(name))
    throw new LineError(`“${name}” is a function: it is written ${functionNamed(name)!.usage}.`, span);
  const near = nearest(name, [...scope.keys()]);
  throw new LineError(
    near
      ? `There is no tensor “${name}” here. Did you mean ${near}?`
      : `There is no tensor “${name}” here. There are ${[...scope.keys()].join(', ')}.`,
    span,
  );
}

const APPLY: Readonly<Record<Exclude<Operator, '@'>, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '**': (a, b) => a ** b,
};

function binary({ operator, left, right, span }: Extract<Node, { kind: 'binary' }>, scope: Scope): Tensor {
  const a = tensorAt(left, scope);
  const b = tensorAt(right, scope);
  if (operator === '@') return inWords(span, () => matMul(a, b), [left, right]);
  if (!broadcastShape(a.shape, b.shape))
    throw new LineError(
      `${textOf(left, 'The left side')} has the shape ${shapeText(a.shape)} and ${textOf(right, 'the right side')} ${shapeText(b.shape)}, and these do not broadcast: from the right, two lengths have to be equal, or one of them 1.`,
      span,
    );
  return inWords(span, () => combine(a, b, APPLY[operator]));
}

function call({ name, given, span }: Extract<Node, { kind: 'call' }>, scope: Scope): Value {
  const [object, ...rest] = given;
  const isLibrary =
    object?.value.kind === 'name' && LIBRARIES.includes(object.value.name) && !scope.has(object.value.name);
  const definition = functionNamed(name);
  if (!definition) {
    const near = nearest(name, Object.keys(FUNCTIONS));
    throw new LineError(
      `There is no function “${name}”. ${near ? `Did you mean ${near}?` : `There are ${Object.keys(FUNCTIONS).join(', ')}.`}`,
      span,
    );
  }
  const values = (isLibrary ? rest : given).map((each) => ({
    ...(each.name !== undefined && { name: each.name }),
    value: evaluate(each.value, scope),
  }));
  return inWords(
    span,
    () => definition.apply(bind(definition, values)),
    (isLibrary ? rest : given).map((each) => each.value),
  );
}

/** A tensor’s name, where it has one, for a sentence. */
const textOf = (node: Node, otherwise: string): string => (node.kind === 'name' ? node.name : otherwise);

/** What an operation refuses, with its place in the line and the names of what it was given. */
function inWords<T>(span: Line['value']['span'], action: () => T, operands: readonly Node[] = []): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof TensorError)) throw error;
    const names = operands.flatMap((node) => (node.kind === 'name' ? [node.name] : []));
    const about = names.length > 0 ? `${names.join(' and ')}: ` : '';
    throw new LineError(`${about}${error.message}`, span);
  }
}

/** The name that differs in the fewest letters, if it is near enough to have been meant. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(name.length / 3));
  const ranked = known
    .map((each) => ({ each, distance: editDistance(name.toLowerCase(), each.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance);
  return ranked[0] && ranked[0].distance <= limit ? ranked[0].each : undefined;
}

/** Levenshtein’s. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
