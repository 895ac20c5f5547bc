import { expect, test } from 'vitest';
import scaled from '../../reference/fixtures/full_mlp_scaled.json' with { type: 'json' };
import full from '../../reference/fixtures/full_wavenet.json' with { type: 'json' };
import { countParameters, deepBatchNorm, manualMlp, mlp, waveNet } from '../../src/networks/index.ts';
import { trainedIn } from './front.ts';

test('the parameters are those of the networks, the losses PyTorch’s', () => {
  expect(trainedIn.MLPLanguageModel!.parameters).toBe(countParameters(mlp()));
  expect(trainedIn.BatchNorm!.parameters).toBe(countParameters(deepBatchNorm()));
  expect(trainedIn.ManualBackProp!.parameters).toBe(countParameters(manualMlp({ hidden: 200 })));
  expect(trainedIn.WaveNet!.parameters).toBe(countParameters(waveNet()));
  expect(trainedIn.BigramLM!.parameters).toBe(27 * 27);
  // Two inputs, two hidden layers of 16, one output, and a bias for each neuron.
  expect(trainedIn.AutogradDeepDive!.parameters).toBe(16 * 3 + 16 * 17 + 17);
  expect(Math.abs(trainedIn.WaveNet!.dev! - full.final.dev)).toBeLessThan(0.003);
  expect(Math.abs(trainedIn.MLPLanguageModel!.dev! - scaled.final.dev)).toBeLessThan(0.003);
});
