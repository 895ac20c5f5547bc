import type { TorchGenerator } from '../random/torch-generator.ts';

/** A linear layer, `x @ weight (+ bias)`; the weight is (in, out), as in the notebooks. */
export interface Linear {
  readonly kind: 'Linear';
  readonly in: number;
  readonly out: number;
  readonly bias: boolean;
}

/** One layer, named and shaped as in PyTorch. */
export type Layer = Linear;

/** A network is data: it can be sent to a worker, put in a link, drawn, and run by any engine. */
export type Network = readonly Layer[];

/** The shapes of a network’s parameters, in PyTorch’s order. */
export function parameterShapes(network: Network): number[][] {
  return network.flatMap((layer) => [[layer.in, layer.out], ...(layer.bias ? [[layer.out]] : [])]);
}

export const countParameters = (network: Network): number =>
  parameterShapes(network).reduce((sum, shape) => sum + shape.reduce((size, length) => size * length, 1), 0);

/** The initial parameters, every one drawn by `randn`, in PyTorch’s order. */
export function initialize(network: Network, generator: TorchGenerator): Float32Array[] {
  return parameterShapes(network).map((shape) => generator.randn(shape.reduce((size, length) => size * length, 1)));
}
