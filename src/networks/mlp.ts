import type { BatchNorm1d, Network } from './layers.ts';

export interface MlpOptions {
  /** The size of the vocabulary. */
  readonly symbols?: number;
  /** How many symbols the network sees before it predicts the next. */
  readonly block?: number;
  /** How many numbers a symbol’s vector has. */
  readonly embedding?: number;
  /** How many tanh units the hidden layer has. */
  readonly hidden?: number;
  /**
   * `notebook` leaves every parameter as `randn` draws it, as the makemore MLP notebook does. `scaled` is the next
   * notebook’s: gain 5/3 over the root of the fan-in, and an output layer near zero.
   */
  readonly init?: 'notebook' | 'scaled';
  /** Normalizes what enters tanh, in the place of a bias, as the notebook on batch normalization does at first. */
  readonly batchNorm?: boolean;
}

/** That notebook divides by the standard deviation itself, nothing added, and keeps its mean, the new one’s share a thousandth. */
const plainBatchNorm = (size: number): BatchNorm1d => ({
  kind: 'BatchNorm1d',
  size,
  eps: 0,
  momentum: 0.001,
  keeps: 'running_std',
});

/** The character model of Bengio et al. (2003) as in makemore: embedding, one hidden layer, logits. */
export function mlp({
  symbols = 27,
  block = 3,
  embedding = 10,
  hidden = 200,
  init = 'scaled',
  batchNorm = false,
}: MlpOptions = {}): Network {
  const fanIn = block * embedding;
  const scaled = init === 'scaled';
  return [
    { kind: 'Embedding', in: symbols, out: embedding },
    { kind: 'FlattenConsecutive', n: block },
    {
      kind: 'Linear',
      in: fanIn,
      out: hidden,
      bias: !batchNorm,
      scaleWeight: scaled
        ? [
            ['*', 5 / 3],
            ['/', Math.sqrt(fanIn)],
          ]
        : [],
      initialBias: scaled ? [['*', 0.01]] : [],
    },
    ...(batchNorm ? [plainBatchNorm(hidden)] : []),
    { kind: 'Tanh' },
    {
      kind: 'Linear',
      in: hidden,
      out: symbols,
      bias: true,
      scaleWeight: scaled ? [['*', 0.01]] : [],
      initialBias: scaled ? [['*', 0]] : [],
    },
  ];
}
