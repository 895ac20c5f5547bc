import type { TorchGenerator } from '../random/torch-generator.ts';
import { scaled } from './initialize.ts';
import type { Network, Scaling } from './layers.ts';

export interface ManualMlpOptions {
  /** The size of the vocabulary. */
  readonly symbols?: number;
  /** How many symbols the network sees before it predicts the next. */
  readonly block?: number;
  /** How many numbers a symbol’s vector has. */
  readonly embedding?: number;
  /** How many tanh units the hidden layer has. */
  readonly hidden?: number;
}

/** A parameter in single precision, row after row. */
export interface Drawn {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}
/** The parameters by the notebook’s names, in the order in which they are drawn. */
export type ManualMlpParameters = Readonly<Record<'C' | 'W1' | 'b1' | 'W2' | 'b2' | 'bngain' | 'bnbias', Drawn>>;

const TENTH: Scaling = [['*', 0.1]];
const hiddenScaling = (fanIn: number): Scaling => [
  ['*', 5 / 3],
  ['/', Math.sqrt(fanIn)],
];

/**
 * The network of makemore’s fourth notebook, on manual backpropagation: an MLP with batch normalization whose first bias,
 * which BatchNorm1d makes useless, is there to be differentiated too. The notebook keeps no running statistics; these reach
 * over about two hundred minibatches.
 */
export function manualMlp({ symbols = 27, block = 3, embedding = 10, hidden = 64 }: ManualMlpOptions = {}): Network {
  const fanIn = block * embedding;
  return [
    { kind: 'Embedding', in: symbols, out: embedding },
    { kind: 'FlattenConsecutive', n: block },
    {
      kind: 'Linear',
      in: fanIn,
      out: hidden,
      bias: true,
      scaleWeight: hiddenScaling(fanIn),
      initialBias: TENTH,
    },
    { kind: 'BatchNorm1d', size: hidden, eps: 1e-5, momentum: 0.01 },
    { kind: 'Tanh' },
    { kind: 'Linear', in: hidden, out: symbols, bias: true, scaleWeight: TENTH, initialBias: TENTH },
  ];
}

/**
 * Its parameters as that notebook draws them: gain and shift of BatchNorm1d last, and near 1 and 0 instead of at them, so that
 * no mistake in a gradient hides behind a factor of 1.
 */
export function drawManualMlp(
  generator: TorchGenerator,
  { symbols = 27, block = 3, embedding = 10, hidden = 64 }: ManualMlpOptions = {},
): ManualMlpParameters {
  const fanIn = block * embedding;
  const draw = (shape: readonly number[], scaling: Scaling = []): Drawn => ({
    shape,
    data: scaled(generator.randn(shape.reduce((size, length) => size * length)), scaling),
  });
  const [C, W1, b1] = [draw([symbols, embedding]), draw([fanIn, hidden], hiddenScaling(fanIn)), draw([hidden], TENTH)];
  const [W2, b2] = [draw([hidden, symbols], TENTH), draw([symbols], TENTH)];
  const [offset, bnbias] = [draw([1, hidden], TENTH), draw([1, hidden], TENTH)];
  return { C, W1, b1, W2, b2, bngain: { shape: offset.shape, data: offset.data.map((x) => x + 1) }, bnbias };
}

/** The same in the order of `parametersOf(manualMlp(…))`. */
export const inNetworkOrder = ({ C, W1, b1, W2, b2, bngain, bnbias }: ManualMlpParameters): Float32Array[] =>
  [C, W1, b1, bngain, bnbias, W2, b2].map(({ data }) => data);
