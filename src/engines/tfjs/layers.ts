import {
  add,
  gather,
  matMul,
  mean,
  mul,
  neg,
  ones,
  reciprocal,
  reshape,
  rsqrt,
  sqrt,
  square,
  sub,
  sum,
  type Tensor1D,
  type Tensor2D,
  tanh,
} from '@tensorflow/tfjs-core';
import type { BatchNorm1d, Embedding, FlattenConsecutive, Layer } from '../../networks/index.ts';
import { oneHotRows } from './one-hot.ts';

/*
 * Each layer forward and backward, by hand. Activations are matrices with one row for each position of each example, so
 * that joining positions is a reshape, and a mean over the rows is one over batch and positions.
 */

/** What a forward pass leaves for the backward pass of the same layer. */
export interface Pass {
  readonly out: Tensor2D;
  /** Given the gradient by `out`: that by the input, where there is one, and those of the parameters in their order. */
  backward(gradient: Tensor2D): { readonly input?: Tensor2D; readonly parameters: (Tensor2D | Tensor1D)[] };
  /** The running statistics after this pass, in training. */
  readonly buffers?: Tensor1D[];
}

/** The tensors that belong to a layer, in the order of `parametersOf` and `buffersOf`. */
export interface Own {
  readonly parameters: readonly (Tensor2D | Tensor1D)[];
  readonly buffers: readonly Tensor1D[];
}

/** @param input activations; for an Embedding, which comes first, the symbols of all positions. */
export function forward(layer: Layer, own: Own, input: Tensor2D | Tensor1D, training: boolean): Pass {
  switch (layer.kind) {
    case 'Embedding':
      return embedding(layer, own, input as Tensor1D);
    case 'FlattenConsecutive':
      return flattenConsecutive(layer, input as Tensor2D);
    case 'Linear':
      return linear(own, input as Tensor2D);
    case 'BatchNorm1d':
      return batchNorm(layer, own, input as Tensor2D, training);
    case 'Tanh':
      return tanhLayer(input as Tensor2D);
  }
}

/** A row is picked; its gradient is the sum of those of all places where it was picked, which a product with one-hot rows adds up. */
function embedding(layer: Embedding, { parameters: [weight] }: Own, symbols: Tensor1D): Pass {
  return {
    out: gather(weight as Tensor2D, symbols),
    backward: (gradient) => ({
      parameters: [matMul(oneHotRows(symbols, layer.in), gradient, true)],
    }),
  };
}

function flattenConsecutive({ n }: FlattenConsecutive, input: Tensor2D): Pass {
  const [rows, channels] = input.shape;
  return {
    out: reshape(input, [rows / n, channels * n]),
    backward: (gradient) => ({ input: reshape(gradient, input.shape), parameters: [] }),
  };
}

function linear({ parameters: [weight, bias] }: Own, input: Tensor2D): Pass {
  const product: Tensor2D = matMul(input, weight as Tensor2D);
  return {
    out: bias ? add<Tensor2D>(product, bias) : product,
    backward: (gradient) => ({
      input: matMul(gradient, weight as Tensor2D, false, true),
      parameters: [matMul(input, gradient, true), ...(bias ? [sum<Tensor1D>(gradient, 0)] : [])],
    }),
  };
}

function batchNorm(layer: BatchNorm1d, own: Own, input: Tensor2D, training: boolean): Pass {
  if (layer.positions) return batchNormByPosition(layer, layer.positions, own, input, training);
  return training ? batchNormInTraining(layer, own, input) : batchNormInEvaluation(layer, own, input);
}

/** Each channel of each position is a column of its own: the same numbers in longer rows, with weight and bias repeated. */
function batchNormByPosition(
  layer: BatchNorm1d,
  positions: number,
  own: Own,
  input: Tensor2D,
  training: boolean,
): Pass {
  const [rows, channels] = input.shape;
  const wide: [number, number] = [rows / positions, positions * channels];
  const repeated = (one: Tensor1D | Tensor2D) => reshape(mul(ones([positions, 1]), one), [wide[1]]) as Tensor1D;
  const pass = batchNorm(
    { ...layer, positions: undefined },
    { ...own, parameters: own.parameters.map(repeated) },
    reshape(input, wide),
    training,
  );
  return {
    ...pass,
    out: reshape(pass.out, input.shape),
    backward(gradient) {
      const { input: byInput, parameters } = pass.backward(reshape(gradient, wide));
      return {
        input: reshape(byInput!, input.shape),
        parameters: parameters.map((one) => sum<Tensor1D>(reshape(one, [positions, channels]), 0)),
      };
    },
  };
}

/**
 * y = weight x̂ + bias with x̂ = (x - mean) / sqrt(var + eps), the mean and the unbiased variance taken over the n rows.
 * By the input: (x̂' - mean(x̂') - x̂ sum(x̂' x̂) / (n - 1)) / sqrt(var + eps), where x̂' is the gradient by x̂.
 */
function batchNormInTraining(layer: BatchNorm1d, { parameters: [weight, bias], buffers }: Own, input: Tensor2D): Pass {
  const n = input.shape[0];
  const center = mean<Tensor1D>(input, 0);
  const deviation = sub<Tensor2D>(input, center);
  const variance = mul(sum<Tensor1D>(square(deviation), 0), 1 / (n - 1)) as Tensor1D;
  const inverse = rsqrt(add(variance, layer.eps)) as Tensor1D;
  const normalized = mul(deviation, inverse) as Tensor2D;
  const drift = (running: Tensor1D, now: Tensor1D) =>
    add(mul(running, 1 - layer.momentum), mul(now, layer.momentum)) as Tensor1D;
  return {
    out: add(mul(normalized, weight!), bias!) as Tensor2D,
    buffers: [drift(buffers[0]!, center), drift(buffers[1]!, keepsDeviation(layer) ? sqrt(variance) : variance)],
    backward: (gradient) => {
      const byNormalized = mul(gradient, weight!) as Tensor2D;
      const along = mul(normalized, mul(sum(mul(byNormalized, normalized), 0), 1 / (n - 1)));
      return {
        input: mul(sub(sub(byNormalized, mean(byNormalized, 0)), along), inverse) as Tensor2D,
        parameters: [sum<Tensor1D>(mul(gradient, normalized), 0), sum<Tensor1D>(gradient, 0)],
      };
    },
  };
}

/** With fixed statistics the layer scales and shifts each channel, and nothing couples the examples. */
function batchNormInEvaluation(
  layer: BatchNorm1d,
  { parameters: [weight, bias], buffers }: Own,
  input: Tensor2D,
): Pass {
  const [, spread] = buffers;
  const inverse = keepsDeviation(layer) ? reciprocal(spread!) : rsqrt(add(spread!, layer.eps));
  const normalized = mul(sub(input, buffers[0]!), inverse) as Tensor2D;
  return {
    out: add(mul(normalized, weight!), bias!) as Tensor2D,
    backward: () => {
      throw new Error('Evaluation has no backward pass.');
    },
  };
}

const keepsDeviation = ({ keeps }: BatchNorm1d): boolean => keeps === 'running_std';

/** The derivative of tanh is 1 - tanh². */
function tanhLayer(input: Tensor2D): Pass {
  const out = tanh(input);
  return {
    out,
    backward: (gradient) => ({ input: mul(gradient, add(neg(square(out)), 1)) as Tensor2D, parameters: [] }),
  };
}
