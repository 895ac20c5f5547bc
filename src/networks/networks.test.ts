import { describe, expect, test } from 'vitest';
import backprop from '../../reference/fixtures/backprop_n32.json' with { type: 'json' };
import deep from '../../reference/fixtures/deep_bn.json' with { type: 'json' };
import mlpFixture from '../../reference/fixtures/mlp.json' with { type: 'json' };
import wave from '../../reference/fixtures/wavenet.json' with { type: 'json' };
import { TorchGenerator } from '../random/torch-generator.ts';
import {
  buffersOf,
  countParameters,
  deepBatchNorm,
  drawManualMlp,
  initialBuffers,
  initialize,
  inNetworkOrder,
  manualMlp,
  mlp,
  type Network,
  outputShapes,
  parametersOf,
  waveNet,
} from './index.ts';

/** A tensor of a fixture: its shape, checksums, and first four values. */
interface Check {
  readonly shape: readonly number[];
  readonly sum: number;
  readonly l2: number;
  readonly absmax: number;
  readonly first: readonly number[];
}

const SEED = 2147483647;
const networks: [string, Network, number, readonly Check[], number][] = [
  ['mlp, notebook', mlp({ init: 'notebook' }), SEED, mlpFixture.raw.init, mlpFixture.raw.n_params],
  ['mlp, scaled', mlp(), SEED, mlpFixture.scaled.init, mlpFixture.scaled.n_params],
  ['deepBatchNorm', deepBatchNorm(), SEED, deep.init, deep.n_params],
  ['waveNet', waveNet(), wave.seed, wave.init, wave.n_params],
];

describe.for(networks)('%s', ([, network, seed, checks, count]) => {
  // The fixtures were drawn by PyTorch’s libm recipe, which differs from the AVX2 one in the last digit.
  test('has PyTorch’s initial parameters, in PyTorch’s order', () => {
    const parameters = initialize(network, new TorchGenerator(seed));
    expect(parameters).toHaveLength(checks.length);
    for (const [i, check] of checks.entries()) {
      const values = Array.from(parameters[i]!);
      expect(values).toHaveLength(check.shape.reduce((a, b) => a * b));
      expect(Math.max(...values.map(Math.abs))).toBeCloseTo(check.absmax, 5);
      expect(Math.sqrt(values.reduce((sum, x) => sum + x * x, 0))).toBeCloseTo(check.l2, 4);
      expect(Math.abs(values.reduce((sum, x) => sum + x, 0) - check.sum)).toBeLessThan(1e-3);
      for (const [k, first] of check.first.entries()) expect(values[k]).toBeCloseTo(first, 5);
    }
  });

  test('has as many parameters as PyTorch counts', () => {
    expect(countParameters(network)).toBe(count);
    expect(parametersOf(network).map(({ shape }) => shape.reduce((a, b) => a * b))).toEqual(
      checks.map(({ shape }) => shape.reduce((a, b) => a * b)),
    );
  });
});

test('the shapes that flow through the WaveNet are the notebook’s', () => {
  const flow = wave.flow as [string, number[]][];
  expect(outputShapes(waveNet(), 32, 8)).toEqual(flow.slice(1).map(([, shape]) => shape));
});

test('running statistics begin at mean 0 and variance 1', () => {
  const network = deepBatchNorm({ depth: 1, hidden: 2, symbols: 3 });
  expect(buffersOf(network).map(({ layer, name }) => `${layer}.${name}`)).toEqual([
    '3.running_mean',
    '3.running_var',
    '6.running_mean',
    '6.running_var',
  ]);
  expect(initialBuffers(network).map((values) => [...values])).toEqual([
    [0, 0],
    [1, 1],
    [0, 0, 0],
    [1, 1, 1],
  ]);
});

test('positions that cannot be joined are refused', () => {
  expect(() => outputShapes(waveNet(), 1, 6)).toThrow('3 positions cannot be joined by 2');
});

describe('waveNet', () => {
  test('by pairs and all at once have about as many parameters, as in the notebook', () => {
    const small = { embedding: 10, hidden: 68 };
    expect(countParameters(waveNet(small))).toBe(22_397);
    expect(countParameters(waveNet({ ...small, over: 'batch' }))).toBe(22_397);
    expect(countParameters(waveNet({ ...small, hidden: 200, join: 'all' }))).toBe(22_097);
  });

  test('over the batch alone, each position has running statistics of its own', () => {
    const shapes = buffersOf(waveNet({ over: 'batch' })).map(({ shape }) => shape);
    expect(shapes).toEqual([[512], [512], [256], [256], [128], [128]]);
  });
});

describe('manualMlp', () => {
  test('has as many parameters as the notebook counts, and those that it draws in its own order fit the layers', () => {
    const network = manualMlp();
    expect(countParameters(network)).toBe(backprop.n32_f32.n_params);
    const drawn = drawManualMlp(new TorchGenerator(SEED));
    expect(Object.keys(drawn)).toEqual(backprop.param_order);
    const lengths = inNetworkOrder(drawn).map(({ length }) => length);
    expect(lengths).toEqual(parametersOf(network).map(({ shape }) => shape.reduce((a, b) => a * b)));
    for (const [i, { shape, data }] of Object.values(drawn).entries()) {
      const { shape: expected, first } = backprop.n32_f32.init[i]!;
      expect(shape).toEqual(expected);
      for (const [k, x] of first.entries()) expect(data[k]).toBeCloseTo(x, 5);
    }
  });
});
