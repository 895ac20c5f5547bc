import { topologicalOrder } from './graph.ts';
import { numberText } from './number-text.ts';
import type { Operation, Value } from './value.ts';

/** A value of a graph in the words of a reader: what it is called and how it came about. */
export interface NamedValue {
  readonly value: Value;
  /** The name from the source, a number for a constant, or v1, v2, … in the order of the forward pass. */
  readonly name: string;
  readonly kind: 'leaf' | 'constant' | 'operation';
  /** How it is computed, as `a × b`; the name itself for a leaf. */
  readonly formula: string;
}

/** Names every value of the graph that ends in `end`. */
export function nameValues(end: Value, given: ReadonlyMap<Value, string>): Map<Value, NamedValue> {
  const named = new Map<Value, NamedValue>();
  const taken = new Set(given.values());
  let count = 0;
  const fresh = (): string => {
    count += 1;
    return taken.has(`v${count}`) ? fresh() : `v${count}`;
  };
  for (const value of topologicalOrder(end)) {
    if (value.operation === 'leaf') {
      const name = given.get(value);
      const kind = name === undefined ? 'constant' : 'leaf';
      named.set(value, { value, kind, name: name ?? numberText(value.data), formula: name ?? numberText(value.data) });
    } else {
      const inputs = value.inputs.map((input) => named.get(input)!.name);
      named.set(value, {
        value,
        kind: 'operation',
        name: given.get(value) ?? fresh(),
        formula: formula(value.operation, inputs),
      });
    }
  }
  return named;
}

/** The local derivatives of a value in symbols: one for each input, as the chain rule multiplies it. */
export function localRules({ operation, inputs }: Value, name: (value: Value) => string): string[] {
  const [a, b] = inputs.map(name);
  switch (operation) {
    case 'leaf':
      return [];
    case '+':
      return ['1', '1'];
    case '-':
      return ['1', '−1'];
    case '*':
      return [b!, a!];
    case '/':
      return [`1/${b}`, `−${a}/${b}²`];
    case 'neg':
      return ['−1'];
    case 'tanh':
      return [`1 − tanh(${a})²`];
    case 'exp':
      return [`exp(${a})`];
    case 'log':
      return [`1/${a}`];
    case 'relu':
      return [`1 if ${a} > 0, else 0`];
    default: {
      const exponent = Number(operation.slice(2));
      return [`${numberText(exponent)}·${a}^${numberText(exponent - 1)}`];
    }
  }
}

function formula(operation: Operation, [a, b]: readonly string[]): string {
  switch (operation) {
    case '+':
      return `${a} + ${b}`;
    case '-':
      return `${a} − ${b}`;
    case '*':
      return `${a} × ${b}`;
    case '/':
      return `${a} / ${b}`;
    case 'neg':
      return `−${a}`;
    case 'leaf':
      return '';
    case 'tanh':
    case 'exp':
    case 'log':
    case 'relu':
      return `${operation}(${a})`;
    default:
      return `${a}^${numberText(Number(operation.slice(2)))}`;
  }
}
