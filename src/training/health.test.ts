/** The notebook’s tables on the health of the deep network, from what the engines give. */
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, test } from 'vitest';
import fixture from '../../reference/fixtures/deep_bn.json' with { type: 'json' };
import { nodeHost } from '../../tools/node-engine.ts';
import { drawExamples, hasMakemore, NotebookGenerator, notebookSplits } from '../../tools/notebook.ts';
import { tfjsHost } from '../engines/tfjs/host.ts';
import { deepBatchNorm, initialBuffers, initialize } from '../networks/index.ts';
import { layerHealth, weightHealth } from './health.ts';

const SEED = 2147483647;
const BLOCK = 3;
const RATE = 0.1;
const GAINS = { '5/3': 5 / 3, '1': 1, '0.5': 0.5, '3': 3 } as const;

const { train } = hasMakemore ? notebookSplits(BLOCK) : { train: [] };

const relative = (actual: number, expected: number, scale = Math.abs(expected)): number =>
  Math.abs(actual - expected) / scale;

describe.skipIf(!hasMakemore).for([nodeHost, tfjsHost('cpu')])('on $name, before the first step', ({ open }) => {
  test.for(Object.entries(fixture.gains))(
    '%s: activations, gradients and weights as in PyTorch',
    async ([title, expected]) => {
      const [kind, gain] = title.split(':') as ['bn' | 'plain', keyof typeof GAINS];
      const network = deepBatchNorm({ gain: GAINS[gain], batchNorm: kind === 'bn' });
      const generator = new NotebookGenerator(SEED);
      const parameters = initialize(network, generator);
      const engine = await open(network, { parameters, buffers: initialBuffers(network) });
      const { loss, gradients, activations } = await engine.inspect(drawExamples(train, generator, 32, BLOCK), {
        activations: true,
      });
      engine.dispose();
      expect(Math.abs(loss - expected.loss)).toBeLessThan(1e-5);

      const layers = layerHealth(network, activations);
      expect(layers).toHaveLength(expected.act.length);
      for (const [i, { values, gradient, saturation }] of layers.entries()) {
        const { mean, std, sat_pct } = expected.act[i]!;
        // A mean is what is left of numbers as large as the spread.
        expect(relative(values.mean, mean, std)).toBeLessThan(1e-4);
        expect(relative(values.std, std)).toBeLessThan(1e-4);
        expect(Math.abs(100 * saturation - sat_pct)).toBeLessThan(0.05);
        expect(relative(gradient.std, expected.act_grad[i]!.std)).toBeLessThan(1e-4);
      }

      const weights = weightHealth(network, parameters, gradients, RATE);
      expect(weights).toHaveLength(expected.weights.length);
      for (const [i, { shape, std, grad_std, grad_data_ratio, log10_update_ratio }] of expected.weights.entries()) {
        expect(weights[i]!.shape).toEqual(shape);
        expect(relative(weights[i]!.std, std)).toBeLessThan(1e-4);
        expect(relative(weights[i]!.gradientStd, grad_std)).toBeLessThan(1e-4);
        expect(relative(weights[i]!.gradientToData, grad_data_ratio)).toBeLessThan(1e-4);
        expect(Math.abs(weights[i]!.updateToData - log10_update_ratio)).toBeLessThan(1e-4);
      }
    },
  );
});
