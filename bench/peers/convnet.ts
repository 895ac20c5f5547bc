import convnetjs from 'convnetjs';
import type { NetworkState } from '../../src/engines/engine.ts';
import type { Network } from '../../src/networks/index.ts';
import { type Contender, RATE } from '../page/trainee.ts';

/**
 * convnetjs has no embedding: its first layer reads one-hot symbols, with embedding and first weight multiplied for a
 * start. From the second step on it is another network, as it trains their product.
 */
export const convnetJs: Contender = {
  isEmulated: false,
  agrees: { within: 1e-3, steps: 1 },
  async open(network, state, { batch, block }) {
    const kinds = network.map(({ kind }) => kind).join();
    if (kinds !== 'Embedding,FlattenConsecutive,Linear,Tanh,Linear')
      throw new Error('convnetjs has no batch normalization.');
    const { net, symbols } = build(network, state, block);
    const trainer = new convnetjs.Trainer(net, { method: 'sgd', momentum: 0, learning_rate: RATE, batch_size: batch });
    const input = new convnetjs.Vol(1, 1, block * symbols, 0);
    return {
      async train({ contexts, targets, rates }) {
        return Float32Array.from(rates, (_, step) => {
          let loss = 0;
          for (let example = step * batch; example < (step + 1) * batch; example++) {
            input.w.fill(0);
            for (let i = 0; i < block; i++) input.w[i * symbols + contexts[example * block + i]!] = 1;
            loss += trainer.train(input, targets[example]!).cost_loss;
          }
          return loss / batch;
        });
      },
    };
  },
};

function build(network: Network, { parameters }: NetworkState, block: number) {
  const [table, weight, bias, weightOut, biasOut] = parameters as Float32Array[];
  const [embedding, , hidden, , out] = network;
  if (embedding?.kind !== 'Embedding' || hidden?.kind !== 'Linear' || out?.kind !== 'Linear')
    throw new Error('This is no MLP.');
  const symbols = embedding.in;
  const net = new convnetjs.Net();
  net.makeLayers([
    { type: 'input', out_sx: 1, out_sy: 1, out_depth: block * symbols },
    { type: 'fc', num_neurons: hidden.out, activation: 'tanh' },
    { type: 'softmax', num_classes: out.out },
  ]);
  const [first, second] = net.layers.filter((layer) => layer.layer_type === 'fc');
  for (let j = 0; j < hidden.out; j++) {
    for (let i = 0; i < block * symbols; i++) {
      const [position, symbol] = [Math.floor(i / symbols), i % symbols];
      let sum = 0;
      for (let d = 0; d < embedding.out; d++)
        sum += table![symbol * embedding.out + d]! * weight![(position * embedding.out + d) * hidden.out + j]!;
      first!.filters[j]!.w[i] = sum;
    }
    first!.biases.w[j] = bias![j]!;
  }
  for (let j = 0; j < out.out; j++) {
    for (let i = 0; i < hidden.out; i++) second!.filters[j]!.w[i] = weightOut![i * out.out + j]!;
    second!.biases.w[j] = biasOut![j]!;
  }
  return { net, symbols };
}
