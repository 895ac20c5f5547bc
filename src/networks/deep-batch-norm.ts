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
  /** Without it the linear layers have biases, at first 0, and the last one a tenth of its weight in the place of the gain. */
  readonly batchNorm?: boolean;
}

/**
 * The deep tanh network of the makemore notebook on batch normalization: a BatchNorm1d after every linear layer, the last
 * one included; or, as the notebook begins, none at all. Either way it is less sure of itself at the start than what was drawn.
 */
export function deepBatchNorm({
  symbols = 27,
  block = 3,
  embedding = 10,
  hidden = 100,
  depth = 5,
  gain = 1,
  batchNorm = true,
}: DeepBatchNormOptions = {}): Network {
  const linear = (fanIn: number, out: number, factor: number): Layer => ({
    kind: 'Linear',
    in: fanIn,
    out,
    bias: !batchNorm,
    scaleWeight: [
      ['/', Math.sqrt(fanIn)],
      ['*', factor],
    ],
    initialBias: 'zeros',
  });
  const normalized = (size: number, initialWeight?: number): Layer[] =>
    batchNorm ? [batchNorm1d(size, initialWeight)] : [];
  return [
    { kind: 'Embedding', in: symbols, out: embedding },
    { kind: 'FlattenConsecutive', n: block },
    ...Array.from({ length: depth }, (_, i): Layer[] => [
      linear(i === 0 ? block * embedding : hidden, hidden, gain),
      ...normalized(hidden),
      { kind: 'Tanh' },
    ]).flat(),
    linear(hidden, symbols, batchNorm ? gain : 0.1),
    ...normalized(symbols, 0.1),
  ];
}
