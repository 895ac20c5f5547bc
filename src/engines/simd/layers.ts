import type { BatchNorm1d, Embedding, FlattenConsecutive, Layer, Linear } from '../../networks/index.ts';
import type { Kernels } from './kernels.ts';
import type { LinearMemory, Matrix } from './memory.ts';

/*
 * Each layer as calls of kernels, bound to matrices that stay where they are: a step then allocates nothing and looks
 * nothing up. Activations are matrices with one row for each position of each example.
 */

/** A layer with its place in the linear memory. */
export interface BoundLayer {
  readonly out: Matrix;
  /** The gradient of the loss by `out`; the layer above fills it. */
  readonly byOut: Matrix;
  /** Whether the backward pass reads `out`, so that nothing may take its place. */
  readonly needsOut: boolean;
  /** In training, the running statistics that lie `shift` bytes further take their share of the minibatch. */
  forward(shift: number): void;
  /** Forward in evaluation. */
  evaluate(): void;
  /**
   * Fills the gradient by the input, and takes `rate` times the layer’s own gradients off what lies `shift` bytes behind
   * the parameters: off the parameters themselves where it is 0.
   */
  backward(rate: number, shift: number): void;
}

/** What a layer stands on: the symbols, or what leaves the layer below. */
export type Input =
  | { readonly kind: 'symbols'; readonly address: number; readonly count: number }
  | {
      readonly kind: 'activations';
      readonly out: Matrix;
      /** None where no layer lies below. */
      readonly byOut: Matrix | undefined;
      readonly needsOut: boolean;
    };

/** The matrices that belong to a layer, in the order of `parametersOf` and `buffersOf`. */
export interface Own {
  readonly parameters: readonly Matrix[];
  readonly buffers: readonly Matrix[];
}

/** Where layers take their memory, and the kernels that work on it. */
export interface Ground {
  readonly kernels: Kernels;
  readonly memory: LinearMemory;
  /**
   * Whether what leaves each layer, and its gradient, stay to be looked at. Otherwise what is computed number by number
   * takes the place of what it is computed from, so that a large minibatch stays in the cache.
   */
  readonly keepsAll: boolean;
}

export function bind(ground: Ground, layer: Layer, own: Own, input: Input): BoundLayer {
  if (layer.kind === 'Embedding') return bindEmbedding(ground, layer, own, input);
  if (input.kind === 'symbols') throw new Error(`${layer.kind} reads activations, not symbols.`);
  switch (layer.kind) {
    case 'FlattenConsecutive':
      return bindFlattenConsecutive(ground, layer, input);
    case 'Linear':
      return bindLinear(ground, layer, own, input);
    case 'BatchNorm1d':
      return bindBatchNorm(ground, layer, own, input);
    case 'Tanh':
      return bindTanh(ground, input);
  }
}

type Activations = Extract<Input, { kind: 'activations' }>;

/** Room for what leaves a layer and for its gradient. */
function leaving(memory: LinearMemory, rows: number, columns: number): Pick<BoundLayer, 'out' | 'byOut' | 'needsOut'> {
  return { out: memory.matrix(rows, columns), byOut: memory.matrix(rows, columns), needsOut: false };
}

function bindEmbedding({ kernels, memory }: Ground, layer: Embedding, own: Own, input: Input): BoundLayer {
  if (input.kind !== 'symbols') throw new Error('An Embedding reads symbols; it comes first.');
  const table = own.parameters[0]!.address;
  const { address: names, count } = input;
  const { out, byOut, needsOut } = leaving(memory, count, layer.out);
  const gradient = memory.matrix(layer.in, layer.out).address;
  const evaluate = () => kernels.embed(table, names, out.address, layer.in, count, layer.out);
  return {
    out,
    byOut,
    needsOut,
    forward: evaluate,
    evaluate,
    backward: (rate, shift) =>
      kernels.subtractEmbedded(table + shift, names, byOut.address, gradient, layer.in, count, layer.out, rate),
  };
}

function bindFlattenConsecutive(
  { kernels, memory }: Ground,
  { n }: FlattenConsecutive,
  input: Activations,
): BoundLayer {
  const { rows, columns } = input.out;
  const { out, byOut, needsOut } = leaving(memory, rows / n, columns * n);
  const evaluate = () => kernels.flattenConsecutive(input.out.address, out.address, out.rows, n, columns, false);
  return {
    out,
    byOut,
    needsOut,
    forward: evaluate,
    evaluate,
    backward() {
      if (input.byOut) kernels.flattenConsecutive(input.byOut.address, byOut.address, out.rows, n, columns, true);
    },
  };
}

function bindLinear({ kernels, memory }: Ground, layer: Linear, own: Own, input: Activations): BoundLayer {
  const m = input.out.rows;
  const { in: k, out: n } = layer;
  const { out, byOut, needsOut } = leaving(memory, m, n);
  const transposed = memory.matrix(n, k).address;
  const weight = own.parameters[0]!.address;
  const bias = own.parameters[1]?.address ?? 0;
  const evaluate = () => kernels.product(input.out.address, weight, bias, out.address, m, k, n);
  return {
    out,
    byOut,
    needsOut,
    forward: evaluate,
    evaluate,
    backward(rate, shift) {
      // The gradient by the input wants the weight as it was.
      if (input.byOut) {
        kernels.transpose(weight, transposed, k, n);
        kernels.product(byOut.address, transposed, 0, input.byOut.address, m, n, k);
      }
      kernels.subtractTransposedProduct(input.out.address, byOut.address, weight + shift, m, k, n, rate);
      if (bias) kernels.subtractColumnSums(byOut.address, bias + shift, m, n, rate);
    },
  };
}

/** Each channel of each position is a column of its own: the same numbers in longer rows, with weight and bias repeated. */
function bindBatchNormByPosition(
  ground: Ground,
  layer: BatchNorm1d,
  positions: number,
  own: Own,
  input: Activations,
): BoundLayer {
  const { kernels, memory } = ground;
  const { rows, columns } = input.out;
  const [m, n] = [rows / positions, positions * columns];
  const { out, byOut, needsOut } = leaving(memory, rows, columns);
  const wide: Activations = { kind: 'activations', ...leaving(memory, m, n), needsOut: true };
  const repeated = own.parameters.map(() => memory.vector(n));
  const gradients = own.parameters.map(() => memory.vector(n));
  const shiftToGradients = gradients[0]!.address - repeated[0]!.address;
  const norm = bindBatchNorm(ground, { ...layer, positions: undefined }, { ...own, parameters: repeated }, wide);
  const flatten = (from: Matrix, to: Matrix) =>
    kernels.flattenConsecutive(from.address, to.address, m, positions, columns, false);
  const unflatten = (from: Matrix, to: Matrix) =>
    kernels.flattenConsecutive(to.address, from.address, m, positions, columns, true);
  const enter = () => {
    flatten(input.out, wide.out);
    for (const [i, one] of own.parameters.entries()) memory.repeat(one, repeated[i]!);
  };
  return {
    out,
    byOut,
    needsOut,
    forward(shift) {
      enter();
      norm.forward(shift);
      unflatten(norm.out, out);
    },
    evaluate() {
      enter();
      norm.evaluate();
      unflatten(norm.out, out);
    },
    backward(rate, shift) {
      for (const one of gradients) memory.clear(one);
      flatten(byOut, norm.byOut);
      // Taken off zeros at a rate of -1, the gradients are what is left.
      norm.backward(-1, shiftToGradients);
      for (const [i, { address, columns: length }] of own.parameters.entries())
        memory.subtractRepeated(gradients[i]!, address + shift, length, rate);
      unflatten(wide.byOut!, input.byOut!);
    },
  };
}

function bindBatchNorm(ground: Ground, layer: BatchNorm1d, own: Own, input: Activations): BoundLayer {
  if (layer.positions) return bindBatchNormByPosition(ground, layer, layer.positions, own, input);
  const { kernels, memory, keepsAll } = ground;
  const { rows: m, columns: n } = input.out;
  const out = memory.matrix(m, n);
  const byOut = keepsAll ? memory.matrix(m, n) : input.byOut!;
  const normalized = (keepsAll || input.needsOut ? memory.matrix(m, n) : input.out).address;
  const inverse = memory.vector(n).address;
  const [gamma, beta] = own.parameters.map(({ address }) => address) as [number, number];
  const [mean, spread] = own.buffers.map(({ address }) => address) as [number, number];
  const { eps, momentum } = layer;
  const keepsDeviation = layer.keeps === 'running_std';
  const x = input.out.address;
  return {
    out,
    byOut,
    needsOut: false,
    forward: (shift) =>
      kernels.batchNormForward(
        x,
        normalized,
        out.address,
        gamma,
        beta,
        inverse,
        mean + shift,
        spread + shift,
        m,
        n,
        eps,
        momentum,
        keepsDeviation,
      ),
    evaluate: () => kernels.batchNormEvaluate(x, out.address, gamma, beta, mean, spread, m, n, eps, keepsDeviation),
    backward(rate, shift) {
      const to = input.byOut!.address;
      kernels.batchNormBackward(normalized, byOut.address, to, gamma, inverse, gamma + shift, beta + shift, m, n, rate);
    },
  };
}

function bindTanh({ kernels, memory, keepsAll }: Ground, input: Activations): BoundLayer {
  const { rows: m, columns: n } = input.out;
  const out = keepsAll || input.needsOut ? memory.matrix(m, n) : input.out;
  const byOut = keepsAll ? memory.matrix(m, n) : input.byOut!;
  const evaluate = () => kernels.tanhForward(input.out.address, out.address, m, n);
  return {
    out,
    byOut,
    forward: evaluate,
    evaluate,
    needsOut: true,
    backward: () => kernels.tanhBackward(out.address, byOut.address, input.byOut!.address, m, n),
  };
}
