import { batchNorm1d, type Layer, type Network } from './layers.ts';

export interface DeepBatchNormOptions {
  readonly symbols?: number;
  readonly block?: number;
  readonly embedding?: number;
  readonly hidden?: number;
  /** How many tanh layers. */
  readonly depth?: number;
  /** What every linear weight is multiplied by, after it was divided by the root of its fan-in. */
  readonly gain?: number;
}

/** The deep tanh network of the makemore notebook on batch normalization: a BatchNorm1d after every linear layer, the last one included. */
export function deepBatchNorm({
  symbols = 27,
  block = 3,
  embedding = 10,
  hidden = 100,
  depth = 5,
  gain = 1,
}: DeepBatchNormOptions = {}): Network {
  const linear = (fanIn: number, out: number): Layer => ({
    kind: 'Linear',
    in: fanIn,
    out,
    bias: false,
    scaleWeight: [
      ['/', Math.sqrt(fanIn)],
      ['*', gain],
    ],
  });
  return [
    { kind: 'Embedding', in: symbols, out: embedding },
    { kind: 'FlattenConsecutive', n: block },
    ...Array.from({ length: depth }, (_, i): Layer[] => [
      linear(i === 0 ? block * embedding : hidden, hidden),
      batchNorm1d(hidden),
      { kind: 'Tanh' },
    ]).flat(),
    linear(hidden, symbols),
    // Less sure of itself at the start than what was drawn.
    batchNorm1d(symbols, 0.1),
  ];
}
