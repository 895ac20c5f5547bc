import { deepBatchNorm, manualMlp, mlp, type Network, outputShapes, waveNet } from '../src/networks/index.ts';

/** A network of the benchmark, and how many symbols it sees. */
export interface Case {
  readonly title: string;
  readonly block: number;
  readonly network: Network;
}

/** The networks by the names that the command line and torch_eager.py know. */
export const CASES = {
  mlp: { title: 'MLP', block: 3, network: mlp() },
  'bn-mlp': { title: 'MLP with BatchNorm', block: 3, network: mlp({ batchNorm: true }) },
  manual: { title: 'Manual backprop’s MLP', block: 3, network: manualMlp({ hidden: 200 }) },
  deep: { title: 'Deep BatchNorm', block: 3, network: deepBatchNorm() },
  wavenet: { title: 'WaveNet', block: 8, network: waveNet() },
} as const satisfies Record<string, Case>;
export type CaseName = keyof typeof CASES;
export const CASE_NAMES = Object.keys(CASES) as readonly CaseName[];

/** The product of a linear layer: (m, k) by (k, n). */
export interface ProductShape {
  readonly m: number;
  readonly k: number;
  readonly n: number;
}

/** The products of a forward pass, from the first linear layer to the last. */
export function productShapes({ network, block }: Case, batch: number): ProductShape[] {
  const shapes = outputShapes(network, batch, block);
  return network.flatMap((layer, i) => {
    if (layer.kind !== 'Linear') return [];
    const rows = shapes[i]!.slice(0, -1).reduce((a, b) => a * b);
    return [{ m: rows, k: layer.in, n: layer.out }];
  });
}

/**
 * Floating-point operations of a step’s matrix products: 2 m k n for each linear layer forward, by its weight and by its
 * input, the first one after an embedding included. What is done number by number is not counted.
 */
export const operationsOfStep = (one: Case, batch: number): number =>
  productShapes(one, batch).reduce((sum, { m, k, n }) => sum + 3 * 2 * m * k * n, 0);

/** Steps of the MLP’s whole run, with minibatches of 32. */
export const FULL_RUN = 200_000;
