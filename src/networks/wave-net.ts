import { batchNorm1d, type Layer, type Network } from './layers.ts';

export interface WaveNetOptions {
  readonly symbols?: number;
  readonly embedding?: number;
  readonly hidden?: number;
  /** How many times pairs are joined; the block size is 2 to this power. */
  readonly levels?: number;
}

/** The hierarchical network of the makemore WaveNet notebook: pairs of positions are joined, level by level, until one is left. */
export function waveNet({ symbols = 27, embedding = 24, hidden = 128, levels = 3 }: WaveNetOptions = {}): Network {
  const level = (channels: number): Layer[] => [
    { kind: 'FlattenConsecutive', n: 2 },
    { kind: 'Linear', in: 2 * channels, out: hidden, bias: false, scaleWeight: [['/', Math.sqrt(2 * channels)]] },
    batchNorm1d(hidden),
    { kind: 'Tanh' },
  ];
  return [
    { kind: 'Embedding', in: symbols, out: embedding },
    ...Array.from({ length: levels }, (_, i) => level(i === 0 ? embedding : hidden)).flat(),
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
