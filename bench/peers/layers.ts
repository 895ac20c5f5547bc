import { dispose, type Tensor, tensor, tensor2d, train } from '@tensorflow/tfjs-core';
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import type { NetworkState } from '../../src/engines/engine.ts';
import { hostOf } from '../../src/engines/open.ts';
import { buffersOf, type Layer, type Network, outputShapes, parametersOf } from '../../src/networks/index.ts';
import { type Contender, RATE, type Trainee } from '../page/trainee.ts';

/**
 * TensorFlow.js’s own layers, trained by `fit` on a backend where an embedding has a gradient. The biased variance of its
 * batch normalization moves the losses, at a minibatch of 32, by a few hundredths.
 */
export async function tfjsLayers(backend: 'cpu' | 'webgl'): Promise<Contender> {
  const { isEmulated } = await hostOf(backend); // It proves itself on the way, and is then the backend in use.
  return {
    isEmulated,
    agrees: { within: 0.1, steps: 3 },
    async open(network, state, { block }) {
      const model = modelOf(network, block);
      setWeights(model, network, state);
      model.compile({ optimizer: train.sgd(RATE), loss: 'sparseCategoricalCrossentropy' });
      return fitter(model, block);
    },
  };
}

function modelOf(network: Network, block: number): Sequential {
  const model = sequential();
  const shapes = outputShapes(network, 1, block);
  const layer = (one: Layer, i: number) => {
    const name = `layer${i}`;
    switch (one.kind) {
      case 'Embedding':
        return layers.embedding({ inputDim: one.in, outputDim: one.out, inputLength: block, name });
      case 'FlattenConsecutive':
        return layers.reshape({ targetShape: shapes[i]!.slice(1), name });
      case 'Linear':
        return layers.dense({ units: one.out, useBias: one.bias, name });
      case 'BatchNorm1d':
        return layers.batchNormalization({ epsilon: one.eps, momentum: 1 - one.momentum, name });
      case 'Tanh':
        return layers.activation({ activation: 'tanh', name });
    }
  };
  for (const [i, one] of network.entries()) model.add(layer(one, i));
  model.add(layers.activation({ activation: 'softmax' }));
  return model;
}

/** Keras’s order within a layer is PyTorch’s: weight, bias, running mean, running variance. */
function setWeights(model: Sequential, network: Network, { parameters, buffers }: NetworkState): void {
  const tensors = network.map((): Tensor[] => []);
  for (const [i, { layer, shape }] of parametersOf(network).entries())
    tensors[layer]!.push(tensor(parameters[i]!.slice(), [...shape]));
  for (const [i, { layer, shape }] of buffersOf(network).entries())
    tensors[layer]!.push(tensor(buffers[i]!.slice(), [...shape]));
  for (const [i, own] of tensors.entries()) {
    if (own.length > 0) model.getLayer(`layer${i}`).setWeights(own);
    dispose(own);
  }
}

const fitter = (model: Sequential, block: number): Trainee => ({
  async train({ contexts, targets, rates }) {
    const x = tensor2d(contexts, [targets.length, block], 'int32');
    const y = tensor2d(Float32Array.from(targets), [targets.length, 1]);
    const { history } = await model.fit(x, y, {
      batchSize: targets.length / rates.length,
      epochs: 1,
      shuffle: false,
      verbose: 0,
      yieldEvery: 'never',
    });
    dispose([x, y]);
    return history.loss as number[];
  },
});
