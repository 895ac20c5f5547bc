import { defaultDevice, init, jit, nn, numpy as np, valueAndGrad } from '@jax-js/jax';
import { buffersOf, type Layer, type Network, parametersOf, sizeOf } from '../../src/networks/index.ts';
import { type Contender, RATE, SAME_COMPUTATION } from '../page/trainee.ts';

type Arrays = np.Array[];

/** jax-js: one function for the loss, differentiated and compiled together with the update. */
export async function jaxJs(): Promise<Contender> {
  await init('wasm');
  defaultDevice('wasm');
  return {
    isEmulated: false,
    agrees: SAME_COMPUTATION,
    async open(network, state, { batch, block }) {
      const arrays = (values: readonly Float32Array[], specs: readonly { readonly shape: readonly number[] }[]) =>
        values.map((one, i) => np.array(one.slice()).reshape([...specs[i]!.shape]));
      let parameters = arrays(state.parameters, parametersOf(network));
      let buffers = arrays(state.buffers, buffersOf(network));
      const step = stepOf(network, batch);
      return {
        async train({ contexts, targets, rates }) {
          const losses = Array.from({ length: rates.length }, (_, i) => {
            const x = np.array(contexts.slice(i * batch * block, (i + 1) * batch * block), { dtype: np.int32 });
            const y = np.array(targets.slice(i * batch, (i + 1) * batch), { dtype: np.int32 });
            const result = step(parameters, buffers, x, y);
            [parameters, buffers] = [result.parameters, result.buffers];
            return result.loss;
          });
          const values = await Promise.all(losses.map((loss) => loss.data()));
          return values.map(([value]) => value!);
        },
      };
    },
  };
}

/** Its arrays are counted by hand: whoever uses one again asks for `.ref`. */
function stepOf(network: Network, batch: number) {
  const lossOf = (parameters: Arrays, buffers: Arrays, x: np.Array, y: np.Array): [np.Array, Arrays] => {
    const { logits, kept } = forward(network, parameters, buffers, x);
    const expected = nn.oneHot(y, logits.shape[1]!);
    const loss = nn
      .logSoftmax(logits, 1)
      .mul(expected)
      .sum()
      .mul(-1 / batch);
    return [loss, kept];
  };
  const gradient = valueAndGrad(lossOf, { hasAux: true });
  return jit((parameters: Arrays, buffers: Arrays, x: np.Array, y: np.Array) => {
    const [[loss, kept], gradients] = gradient(
      parameters.map((one) => one.ref),
      buffers,
      x,
      y,
    );
    return { loss, buffers: kept, parameters: parameters.map((one, i) => one.sub(gradients[i]!.mul(RATE))) };
  });
}

function forward(network: Network, parameters: Arrays, buffers: Arrays, x: np.Array) {
  const [own, running] = [parameters.values(), buffers.values()];
  const kept: Arrays = [];
  let h = x;
  for (const layer of network) h = apply(layer, h, own, running, kept);
  return { logits: h, kept };
}

function apply(
  layer: Layer,
  h: np.Array,
  own: ArrayIterator<np.Array>,
  running: ArrayIterator<np.Array>,
  kept: Arrays,
) {
  const take = (from: ArrayIterator<np.Array>) => from.next().value!;
  switch (layer.kind) {
    case 'Embedding':
      return np.matmul(nn.oneHot(h, layer.in), take(own));
    case 'FlattenConsecutive':
      return h.reshape([h.shape[0]! / layer.n, sizeOf(h.shape.slice(1)) * layer.n]);
    case 'Linear': {
      const product = np.matmul(h, take(own));
      return layer.bias ? product.add(take(own)) : product;
    }
    case 'BatchNorm1d': {
      const n = h.shape[0]!;
      const mean = h.ref.mean(0);
      const deviation = h.sub(mean.ref);
      const variance = np
        .square(deviation.ref)
        .sum(0)
        .mul(1 / (n - 1));
      const drift = (now: np.Array) =>
        take(running)
          .mul(1 - layer.momentum)
          .add(now.mul(layer.momentum));
      kept.push(drift(mean));
      kept.push(drift(layer.keeps === 'running_std' ? np.sqrt(variance.ref) : variance.ref));
      const normalized = deviation.div(np.sqrt(variance.add(layer.eps)));
      return normalized.mul(take(own)).add(take(own));
    }
    case 'Tanh':
      return np.tanh(h);
  }
}
