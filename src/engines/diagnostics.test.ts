/** The notebook’s tables on the health of the deep network, from what the engines give. */
import '@tensorflow/tfjs-backend-cpu';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import fixture from '../../reference/fixtures/deep_bn.json' with { type: 'json' };
import { nodeHost } from '../../tools/node-engine.ts';
import { gradientToData, saturation, spread, updateToData } from '../diagnostics/statistics.ts';
import { deepBatchNorm, initialBuffers, initialize, parametersOf } from '../networks/index.ts';
import { PythonRandom, TorchGenerator } from '../random/index.ts';
import type { Examples } from './engine.ts';
import { tfjsHost } from './tfjs/host.ts';

const SEED = 2147483647;
const BLOCK = 3;
const RATE = 0.1;
const GAINS = { '5/3': 5 / 3, '1': 1, '0.5': 0.5, '3': 3 } as const;

const NAMES = new URL('../../../shared/data/names.txt', import.meta.url);
const hasNames = existsSync(NAMES);
if (!hasNames) console.log(`Skipped what is checked against ${NAMES.pathname}: there is no such file.`);

/** The fixture was drawn by the C library’s logarithm and sine. */
class NotebookGenerator extends TorchGenerator {
  override randn(n: number): Float32Array {
    return super.randn(n, { arithmetic: 'libm' });
  }
}

/** The first minibatch of the notebook’s train split, drawn after the parameters. */
function firstMinibatch(generator: TorchGenerator): Examples {
  const words = readFileSync(NAMES, 'utf8').trimEnd().split('\n');
  new PythonRandom(42).shuffle(words);
  const rows = words.slice(0, Math.floor(0.8 * words.length)).flatMap((word) => {
    const symbols = [...Array(BLOCK).fill(0), ...[...word].map((letter) => letter.charCodeAt(0) - 96), 0];
    return symbols.slice(BLOCK).map((_, i) => symbols.slice(i, i + BLOCK + 1));
  });
  const drawn = [...generator.randint(0, rows.length, 32)].map((i) => rows[i]!);
  return {
    contexts: Int32Array.from(drawn.flatMap((row) => row.slice(0, BLOCK))),
    targets: Int32Array.from(drawn, (row) => row[BLOCK]!),
  };
}

const relative = (actual: number, expected: number, scale = Math.abs(expected)): number =>
  Math.abs(actual - expected) / scale;

describe.skipIf(!hasNames).for([nodeHost, tfjsHost('cpu')])('on $name, before the first step', ({ open }) => {
  test.for(Object.entries(fixture.gains))('%s: activations, gradients and weights as in PyTorch', async ([title, expected]) => {
    const [kind, gain] = title.split(':') as ['bn' | 'plain', keyof typeof GAINS];
    const network = deepBatchNorm({ gain: GAINS[gain], batchNorm: kind === 'bn' });
    const generator = new NotebookGenerator(SEED);
    const parameters = initialize(network, generator);
    const engine = await open(network, { parameters, buffers: initialBuffers(network) });
    const { loss, gradients, activations } = await engine.inspect(firstMinibatch(generator), { activations: true });
    engine.dispose();
    expect(Math.abs(loss - expected.loss)).toBeLessThan(1e-5);

    const tanh = activations.filter((_, i) => network[i]!.kind === 'Tanh');
    expect(tanh).toHaveLength(expected.act.length);
    for (const [i, { values, gradient }] of tanh.entries()) {
      const { mean, std, sat_pct } = expected.act[i]!;
      // A mean is what is left of numbers as large as the spread.
      expect(relative(spread(values).mean, mean, std)).toBeLessThan(1e-4);
      expect(relative(spread(values).std, std)).toBeLessThan(1e-4);
      expect(Math.abs(100 * saturation(values) - sat_pct)).toBeLessThan(0.05);
      expect(relative(spread(gradient).std, expected.act_grad[i]!.std)).toBeLessThan(1e-4);
    }

    const matrices = parametersOf(network).flatMap(({ shape }, i) => (shape.length === 2 ? [i] : []));
    for (const [k, i] of matrices.entries()) {
      const { std, grad_std, grad_data_ratio, log10_update_ratio } = expected.weights[k]!;
      const [weight, gradient] = [parameters[i]!, gradients[i]!];
      expect(relative(spread(weight).std, std)).toBeLessThan(1e-4);
      expect(relative(spread(gradient).std, grad_std)).toBeLessThan(1e-4);
      expect(relative(gradientToData(gradient, weight), grad_data_ratio)).toBeLessThan(1e-4);
      expect(Math.abs(updateToData(gradient, weight, RATE) - log10_update_ratio)).toBeLessThan(1e-4);
    }
  });
});
