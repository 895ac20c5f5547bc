import { backwardSteps, topologicalOrder } from '../graph.ts';
import { numberText } from '../number-text.ts';
import { Value } from '../value.ts';
import type { FunctionName } from './parse.ts';
import { ExpressionError, type Node, type Program, type Span } from './program.ts';

/** An expression at work: its graph of values, and what the source says of each of them. */
export interface Evaluation {
  readonly end: Value;
  /** The named leaves that `end` depends on, in the order of their first use. */
  readonly leaves: ReadonlyMap<string, Value>;
  /** The name that the source gives a value: leaves, and whatever stands left of an “=”. */
  readonly names: ReadonlyMap<Value, string>;
}

/**
 * Computes the expression with `Value`s, runs the backward pass, and checks that every number met on the way is finite.
 * @param leaf the number behind each leaf's name.
 * @throws ExpressionError at the operation whose value or derivative is not a finite number.
 */
export function evaluate(program: Program, leaf: (name: string) => number): Evaluation {
  const builder = new Builder(leaf);
  let end = new Value(0);
  for (const { name, value } of program) {
    end = builder.build(value);
    if (name) builder.define(name.text, end);
  }
  end.backward();
  builder.checkGradients(end);
  const used = new Set(topologicalOrder(end));
  const leaves = new Map([...builder.leaves].filter(([, value]) => used.has(value)));
  return { end, leaves, names: builder.names };
}

class Builder {
  readonly leaves = new Map<string, Value>();
  readonly names = new Map<Value, string>();
  private readonly scope = new Map<string, Value>();
  private readonly spans = new Map<Value, Span>();
  private readonly leaf: (name: string) => number;

  constructor(leaf: (name: string) => number) {
    this.leaf = leaf;
  }

  define(name: string, value: Value): void {
    this.scope.set(name, value);
    if (this.leaves.get(this.names.get(value) ?? '') !== value) this.names.set(value, name); // e = a leaves a its name
  }

  build(node: Node): Value {
    switch (node.kind) {
      case 'number':
        return this.finite(new Value(node.data), node.span, () => 'This number is too large for a computer’s double.');
      case 'name':
        return this.scope.get(node.name) ?? this.newLeaf(node.name);
      case 'negate':
        return this.build(node.operand).neg();
      case 'power':
        return this.power(this.build(node.base), constant(node.exponent), node.span);
      case 'call':
        return this.call(node.name as FunctionName, this.build(node.argument), node.span);
      case 'binary':
        return this.binary(node.operator, this.build(node.left), this.build(node.right), node.span);
    }
  }

  /** A finite value can have an infinite slope: the square root at 0. */
  checkGradients(end: Value): void {
    for (const value of backwardSteps(end)) {
      if (value.inputs.every((input) => Number.isFinite(input.grad))) continue;
      const span = this.spans.get(value) ?? { start: 0, end: 0 };
      const slope = value.localDerivatives().every(Number.isFinite);
      throw new ExpressionError(
        slope
          ? 'The gradient grows beyond the largest double here (about 1.8e308).'
          : `The slope of this operation is infinite where its input is ${numberText(value.inputs[0]!.data)}.`,
        span,
      );
    }
  }

  private newLeaf(name: string): Value {
    const value = new Value(this.leaf(name));
    this.define(name, value);
    this.leaves.set(name, value);
    return value;
  }

  private binary(operator: '+' | '-' | '*' | '/', a: Value, b: Value, span: Span): Value {
    if (operator === '+') return this.finite(a.add(b), span);
    if (operator === '-') return this.finite(a.sub(b), span);
    if (operator === '*') return this.finite(a.mul(b), span);
    return this.finite(a.div(b), span, () =>
      b.data === 0 ? `${numberText(a.data)} / 0 has no value: the divisor is 0 here.` : OVERFLOW,
    );
  }

  private call(name: FunctionName, x: Value, span: Span): Value {
    return this.finite(x[name](), span, () =>
      name === 'log'
        ? `log(${numberText(x.data)}) has no value: the logarithm needs a number above 0.`
        : `${name}(${numberText(x.data)}) is larger than a double can be (about 1.8e308).`,
    );
  }

  private power(base: Value, exponent: number, span: Span): Value {
    return this.finite(base.pow(exponent), span, () => {
      if (base.data === 0) return `0 ** ${numberText(exponent)} has no value: it divides by 0.`;
      if (base.data < 0 && !Number.isInteger(exponent)) {
        return `(${numberText(base.data)}) ** ${numberText(exponent)} is no real number: the base is negative and the exponent is not whole.`;
      }
      return OVERFLOW;
    });
  }

  private finite(value: Value, span: Span, fault: () => string = () => OVERFLOW): Value {
    this.spans.set(value, span);
    if (!Number.isFinite(value.data)) throw new ExpressionError(fault(), span);
    return value;
  }
}

const OVERFLOW = 'The result is larger than a double can be (about 1.8e308).';

/** An exponent is a number known beforehand: micrograd's power rule has no gradient for it. */
function constant(node: Node): number {
  if (node.kind === 'number') return node.data;
  if (node.kind === 'negate') return -constant(node.operand);
  if (node.kind === 'power') return constant(node.base) ** constant(node.exponent);
  if (node.kind === 'binary') {
    const [a, b] = [constant(node.left), constant(node.right)];
    return { '+': a + b, '-': a - b, '*': a * b, '/': a / b }[node.operator];
  }
  throw new ExpressionError(
    'An exponent must be a plain number, such as 3 or -0.5. For a**b write exp(b*log(a)).',
    node.span,
  );
}
