import type { Network } from './layers.ts';

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
}

/** The character model of Bengio et al. (2003) as in makemore: embedding, one hidden layer, logits. */
export function mlp({
  symbols = 27,
  block = 3,
  embedding = 10,
  hidden = 200,
  init = 'scaled',
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
      bias: true,
      scaleWeight: scaled
        ? [
            ['*', 5 / 3],
            ['/', Math.sqrt(fanIn)],
          ]
        : [],
      initialBias: scaled ? [['*', 0.01]] : [],
    },
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
