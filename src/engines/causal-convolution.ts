import { type BatchNorm1d, buffersOf, type Network, parametersOf, sizeOf, vocabularySize } from '../networks/index.ts';
import type { NetworkState } from './engine.ts';

/*
 * A network that joins neighbors, evaluated in two orders, in double precision. Context by context it is a tree: joined
 * positions are not looked at again. Over a whole text it is a stack of causal convolutions: the first layer joins each
 * position with its neighbor, the next with the one two back, then four back, and what two trees have in common is computed
 * once. (van den Oord et al., 2016, section 2.1.)
 */

/** Numbers in double precision: one row for each position, one column for each channel. */
interface Rows {
  readonly count: number;
  readonly channels: number;
  readonly data: Float64Array;
}

export interface Evaluated {
  /** (count, vocabulary), row after row. */
  readonly logits: Float64Array;
  readonly count: number;
  /** What was multiplied with a weight of a linear layer. */
  readonly multiplications: number;
}

/** Each context on its own. @param contexts (count, block), row after row. */
export function evaluateTrees(network: Network, state: NetworkState, contexts: Int32Array): Evaluated {
  return evaluate(network, state, contexts, ({ count, channels, data }, n) => ({
    count: count / n,
    channels: channels * n,
    data,
  }));
}

/**
 * All contexts of a text at once.
 * @param symbols at least one block of them.
 * @returns the logits after each symbol, from the last one of the first block on.
 */
export function evaluateConvolution(network: Network, state: NetworkState, symbols: Int32Array): Evaluated {
  let dilation = 1;
  return evaluate(network, state, symbols, (x, n) => {
    const joined = joinApart(x, n, dilation);
    dilation *= n;
    return joined;
  });
}

/** Row t becomes that of t and of n - 1 rows before it, `dilation` apart; the first rows have none so far back, and are left out. */
function joinApart({ count, channels, data }: Rows, n: number, dilation: number): Rows {
  const lost = (n - 1) * dilation;
  const joined = new Float64Array((count - lost) * n * channels);
  for (let row = 0; row < count - lost; row++) {
    for (let i = 0; i < n; i++) {
      const from = (row + i * dilation) * channels;
      joined.set(data.subarray(from, from + channels), (row * n + i) * channels);
    }
  }
  return { count: count - lost, channels: n * channels, data: joined };
}

function evaluate(
  network: Network,
  state: NetworkState,
  symbols: Int32Array,
  join: (x: Rows, n: number) => Rows,
): Evaluated {
  let x: Rows = { count: symbols.length, channels: 0, data: new Float64Array() };
  let multiplications = 0;
  const [parameters, buffers] = [parametersOf(network), buffersOf(network)];
  for (const [i, layer] of network.entries()) {
    const [weight, bias] = state.parameters.filter((_, k) => parameters[k]!.layer === i);
    const [mean, spread] = state.buffers.filter((_, k) => buffers[k]!.layer === i);
    switch (layer.kind) {
      case 'Embedding':
        x = rowsOf(symbols.length, layer.out, (row, j) => weight![symbols[row]! * layer.out + j]!);
        break;
      case 'FlattenConsecutive':
        x = join(x, layer.n);
        break;
      case 'Linear':
        multiplications += x.count * sizeOf([layer.in, layer.out]);
        x = linear(x, weight!, bias, layer.out);
        break;
      case 'BatchNorm1d':
        x = normalize(layer, x, { weight: weight!, bias: bias!, mean: mean!, spread: spread! });
        break;
      case 'Tanh':
        x = { ...x, data: x.data.map(Math.tanh) };
        break;
    }
  }
  return { logits: x.data, count: x.data.length / vocabularySize(network), multiplications };
}

function rowsOf(count: number, channels: number, f: (row: number, j: number) => number): Rows {
  const data = new Float64Array(count * channels);
  for (let row = 0; row < count; row++) for (let j = 0; j < channels; j++) data[row * channels + j] = f(row, j);
  return { count, channels, data };
}

function linear(
  { count, channels, data }: Rows,
  weight: Float32Array,
  bias: Float32Array | undefined,
  out: number,
): Rows {
  return rowsOf(count, out, (row, j) => {
    let sum = bias?.[j] ?? 0;
    for (let k = 0; k < channels; k++) sum += data[row * channels + k]! * weight[k * out + j]!;
    return sum;
  });
}

type Normalization = Readonly<Record<'weight' | 'bias' | 'mean' | 'spread', Float32Array>>;

/** With running statistics. Where each position has its own, a text has no positions to choose them by. */
function normalize(layer: BatchNorm1d, { count, channels, data }: Rows, own: Normalization): Rows {
  if (layer.positions) throw new Error('A network that normalizes each position apart is no convolution.');
  const { weight, bias, mean, spread } = own;
  const factors = Float64Array.from(spread, (s) => 1 / (layer.keeps === 'running_std' ? s : Math.sqrt(s + layer.eps)));
  return rowsOf(
    count,
    channels,
    (row, j) => weight[j]! * (data[row * channels + j]! - mean[j]!) * factors[j]! + bias[j]!,
  );
}
