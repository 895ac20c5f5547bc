import type { TorchGenerator } from '../random/torch-generator.ts';
import type { Layer, Network, Scaling } from './layers.ts';
import { buffersOf, sizeOf } from './parameters.ts';

/** The initial parameters, drawn by `randn` in PyTorch’s order; the shapes are those of `parametersOf`. */
export function initialize(network: Network, generator: TorchGenerator): Float32Array[] {
  return network.flatMap((layer) => drawLayer(layer, generator));
}

function drawLayer(layer: Layer, generator: TorchGenerator): Float32Array[] {
  switch (layer.kind) {
    case 'Embedding':
      return [generator.randn(layer.in * layer.out)];
    case 'Linear': {
      const weight = scaled(generator.randn(layer.in * layer.out), layer.scaleWeight);
      if (!layer.bias) return [weight];
      if (layer.initialBias === 'zeros') return [weight, new Float32Array(layer.out)];
      return [weight, scaled(generator.randn(layer.out), layer.initialBias)];
    }
    case 'BatchNorm1d':
      return [new Float32Array(layer.size).fill(layer.initialWeight ?? 1), new Float32Array(layer.size)];
    case 'FlattenConsecutive':
    case 'Tanh':
      return [];
  }
}

/** The running statistics before the first minibatch: means 0, variances and deviations 1. */
export function initialBuffers(network: Network): Float32Array[] {
  return buffersOf(network).map(({ name, shape }) =>
    new Float32Array(sizeOf(shape)).fill(name === 'running_mean' ? 0 : 1),
  );
}

/** PyTorch turns a factor into single precision before it multiplies or divides by it. */
export function scaled(values: Float32Array, scaling: Scaling = []): Float32Array {
  for (const [operation, factor] of scaling) {
    const single = Math.fround(factor);
    for (let i = 0; i < values.length; i++) values[i] = operation === '*' ? values[i]! * single : values[i]! / single;
  }
  return values;
}
