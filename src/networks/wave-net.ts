import { type BatchNorm1d, batchNorm1d, type Layer, type Network } from './layers.ts';

export interface WaveNetOptions {
  readonly symbols?: number;
  readonly embedding?: number;
  readonly hidden?: number;
  /** The block size is 2 to this power. */
  readonly levels?: number;
  /** How positions are joined: by pairs, level by level, or all at once, which makes a network with one hidden layer. */
  readonly join?: 'pairs' | 'all';
  /** Over what BatchNorm1d normalizes a channel. The batch alone is the mistake with which the notebook begins. */
  readonly over?: 'batch and positions' | 'batch';
}

/**
 * The networks of makemore’s fifth notebook. By pairs it is the hierarchical one, after WaveNet (van den Oord et al., 2016):
 * two positions are joined at a time, until one is left. All at once it is the flat one that it is compared with.
 */
export function waveNet({
  symbols = 27,
  embedding = 24,
  hidden = 128,
  levels = 3,
  join = 'pairs',
  over = 'batch and positions',
}: WaveNetOptions = {}): Network {
  const n = join === 'pairs' ? 2 : 2 ** levels;
  const norm = (positions: number): BatchNorm1d =>
    over === 'batch' && positions > 1 ? { ...batchNorm1d(hidden), positions } : batchNorm1d(hidden);
  /** @param positions how many it leaves. */
  const level = (channels: number, positions: number): Layer[] => [
    { kind: 'FlattenConsecutive', n },
    { kind: 'Linear', in: n * channels, out: hidden, bias: false, scaleWeight: [['/', Math.sqrt(n * channels)]] },
    norm(positions),
    { kind: 'Tanh' },
  ];
  const depth = join === 'pairs' ? levels : 1;
  return [
    { kind: 'Embedding', in: symbols, out: embedding },
    ...Array.from({ length: depth }, (_, i) => level(i === 0 ? embedding : hidden, 2 ** (depth - 1 - i))).flat(),
    {
      kind: 'Linear',
      in: hidden,
      out: symbols,
      bias: true,
      scaleWeight: [
        ['/', Math.sqrt(hidden)],
        ['*', 0.1],
      ],
      initialBias: 'zeros',
    },
  ];
}
