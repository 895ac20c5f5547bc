import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, expect, test } from 'vitest';
import fixture from '../../../reference/fixtures/bigram.json' with { type: 'json' };
import { bigram, initialize } from '../../networks/index.ts';
import { TorchGenerator } from '../../random/torch-generator.ts';
import { startBackend, tfjsHost } from './host.ts';

beforeAll(() => startBackend('cpu'));

test('a network that begins with a Linear layer takes its symbols as one-hot rows: the five pairs of “emma”', async () => {
  const network = bigram();
  const parameters = initialize(network, new TorchGenerator(2147483647));
  const engine = await tfjsHost('cpu').open(network, { parameters, buffers: [] });
  const examples = { contexts: Int32Array.from(fixture.emma.xs), targets: Int32Array.from(fixture.emma.ys) };
  expect(await engine.loss(examples)).toBeCloseTo(fixture.emma.loss, 5);
  const { gradients, activations } = await engine.inspect(examples, { activations: true });
  expect(activations).toHaveLength(1);
  // Rows of symbols that were not read have no gradient; a row’s gradient sums to zero, as softmax minus one-hot does.
  const rows = Array.from({ length: 27 }, (_, i) => gradients[0]!.subarray(27 * i, 27 * (i + 1)));
  expect(rows.flatMap((row, i) => (row.some((x) => x !== 0) ? [i] : []))).toEqual([0, 1, 5, 13]);
  for (const row of rows) expect(row.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 6);
});
