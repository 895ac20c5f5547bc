import type { Layer, Network } from './layers.ts';

/** A tensor that belongs to a layer. */
export interface TensorSpec {
  /** The layer’s place in the network. */
  readonly layer: number;
  /** As in PyTorch: weight, bias, running_mean, running_var; or running_std, where a layer keeps that. */
  readonly name: string;
  readonly shape: readonly number[];
}

/** What training changes, in PyTorch’s order. */
export function parametersOf(network: Network): TensorSpec[] {
  return network.flatMap((layer, i) => ownParameters(layer).map(([name, shape]) => ({ layer: i, name, shape })));
}

function ownParameters(layer: Layer): [string, number[]][] {
  switch (layer.kind) {
    case 'Embedding':
      return [['weight', [layer.in, layer.out]]];
    case 'Linear':
      return [
        ['weight', [layer.in, layer.out]],
        ...(layer.bias ? ([['bias', [layer.out]]] as [string, number[]][]) : []),
      ];
    case 'BatchNorm1d':
      return [
        ['weight', [layer.size]],
        ['bias', [layer.size]],
      ];
    case 'FlattenConsecutive':
    case 'Tanh':
      return [];
  }
}

/** What the forward pass itself keeps, and no gradient reaches: the running statistics. */
export function buffersOf(network: Network): TensorSpec[] {
  return network.flatMap((layer, i) =>
    layer.kind === 'BatchNorm1d'
      ? ['running_mean', layer.keeps ?? 'running_var'].map((name) => ({
          layer: i,
          name,
          shape: [(layer.positions ?? 1) * layer.size],
        }))
      : [],
  );
}

/** How many numbers a tensor of this shape holds. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);

export const countParameters = (network: Network): number =>
  parametersOf(network).reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** How many symbols a network reads and predicts. */
export function vocabularySize(network: Network): number {
  const [first] = network;
  if (first?.kind !== 'Embedding' && first?.kind !== 'Linear')
    throw new Error('A network begins with an Embedding or a Linear layer.');
  return first.in;
}

/**
 * The shape that leaves each layer, for `batch` contexts of `block` symbols. A position that is alone is left out, as the
 * notebooks squeeze it away.
 */
export function outputShapes(network: Network, batch: number, block: number): number[][] {
  let positions = block;
  let channels = 0;
  return network.map((layer) => {
    if (layer.kind === 'Embedding' || layer.kind === 'Linear') channels = layer.out;
    if (layer.kind === 'FlattenConsecutive') {
      if (positions % layer.n !== 0) throw new Error(`${positions} positions cannot be joined by ${layer.n}.`);
      positions /= layer.n;
      channels *= layer.n;
    }
    return positions === 1 ? [batch, channels] : [batch, positions, channels];
  });
}
