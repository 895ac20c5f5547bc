import { topologicalOrder } from './graph.ts';

/** What made a value: an operation of `Value`, or a leaf (nothing made it; someone wrote the number down). */
export type Operation = 'leaf' | '+' | '-' | '*' | '/' | `**${number}` | 'neg' | 'tanh' | 'exp' | 'log' | 'relu';

/**
 * A number that remembers how it was computed. Arithmetic on values builds a graph; `backward()` walks that graph from the
 * end to the beginning and leaves in every value's `grad` the derivative of the end with respect to it.
 *
 * Each operation states, beside its result, its local derivatives: for each input, how fast the result changes with it.
 * The chain rule itself stands once, in `propagate`.
 *
 * After micrograd by Andrej Karpathy; values are doubles.
 */
export class Value {
  data: number;
  /** d(end) / d(this), filled in by `backward()`. */
  grad = 0;
  readonly operation: Operation;
  readonly inputs: readonly Value[];
  /** For each input, d(this) / d(input) at the numbers in use. */
  readonly localDerivatives: () => number[];

  constructor(
    data: number,
    operation: Operation = 'leaf',
    inputs: readonly Value[] = [],
    localDerivatives: () => number[] = () => [],
  ) {
    this.data = data;
    this.operation = operation;
    this.inputs = inputs;
    this.localDerivatives = localDerivatives;
  }

  static from(x: Value | number): Value {
    return x instanceof Value ? x : new Value(x);
  }

  add(other: Value | number): Value {
    const b = Value.from(other);
    return new Value(this.data + b.data, '+', [this, b], () => [1, 1]);
  }

  sub(other: Value | number): Value {
    const b = Value.from(other);
    return new Value(this.data - b.data, '-', [this, b], () => [1, -1]);
  }

  mul(other: Value | number): Value {
    const b = Value.from(other);
    return new Value(this.data * b.data, '*', [this, b], () => [b.data, this.data]);
  }

  div(other: Value | number): Value {
    const b = Value.from(other);
    return new Value(this.data / b.data, '/', [this, b], () => [1 / b.data, -this.data / (b.data * b.data)]);
  }

  /** `exponent` is a constant, as in micrograd. For a ** b with b a value, write b.mul(a.log()).exp(). */
  pow(exponent: number): Value {
    const slope = () => (exponent === 0 ? 0 : exponent * this.data ** (exponent - 1));
    return new Value(this.data ** exponent, `**${exponent}`, [this], () => [slope()]);
  }

  neg(): Value {
    return new Value(-this.data, 'neg', [this], () => [-1]);
  }

  tanh(): Value {
    const t = Math.tanh(this.data);
    return new Value(t, 'tanh', [this], () => [1 - t * t]);
  }

  exp(): Value {
    const e = Math.exp(this.data);
    return new Value(e, 'exp', [this], () => [e]);
  }

  /** The natural logarithm. */
  log(): Value {
    return new Value(Math.log(this.data), 'log', [this], () => [1 / this.data]);
  }

  relu(): Value {
    return new Value(Math.max(0, this.data), 'relu', [this], () => [this.data > 0 ? 1 : 0]);
  }

  /** One step of the backward pass: the chain rule, from this value to each of its inputs. */
  propagate(): void {
    const local = this.localDerivatives();
    this.inputs.forEach((input, i) => {
      input.grad += local[i]! * this.grad; // added up: a value used twice is blamed twice
    });
  }

  /**
   * Fills in `grad`, the derivative of this value, for every value that it was computed from. Gradients add to those that
   * are there already; to start over, set them to 0 first.
   */
  backward(): void {
    this.grad = 1;
    for (const value of topologicalOrder(this).reverse()) value.propagate();
  }
}
