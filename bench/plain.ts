import type { Engine, Minibatches, NetworkState } from '../src/engines/engine.ts';
import { buffersOf, type Network, outputShapes, parametersOf, sizeOf } from '../src/networks/index.ts';
import { type PlainLayer, plainLayer, type Signal } from './plain-layers.ts';

/**
 * A network in plain TypeScript: no library, no kernels, the loops that one writes first. What it holds is made once for
 * each minibatch size, so that it is not the allocations that are measured.
 */
export class PlainEngine implements Pick<Engine, 'train' | 'dispose'> {
  private readonly network: Network;
  private readonly parameters: readonly Float32Array[];
  private readonly buffers: readonly Float32Array[];
  private batch = 0;
  private symbols: Int32Array = new Int32Array(0);
  private layers: PlainLayer[] = [];

  constructor(network: Network, state: NetworkState) {
    this.network = network;
    this.parameters = state.parameters.map((values) => values.slice());
    this.buffers = state.buffers.map((values) => values.slice());
  }

  async train({ contexts, targets, rates }: Minibatches): Promise<Float32Array> {
    const batch = targets.length / rates.length;
    const symbols = contexts.length / rates.length;
    this.makeRoom(batch, symbols / batch);
    return Float32Array.from(rates, (rate, step) => {
      this.symbols.set(contexts.subarray(step * symbols, (step + 1) * symbols));
      for (const layer of this.layers) layer.forward();
      const loss = crossEntropy(this.layers.at(-1)!.out, targets.subarray(step * batch, (step + 1) * batch));
      for (let i = this.layers.length - 1; i >= 0; i--) this.layers[i]!.backward(rate);
      return loss;
    });
  }

  dispose(): void {}

  private makeRoom(batch: number, block: number): void {
    if (batch === this.batch) return;
    this.batch = batch;
    this.symbols = new Int32Array(batch * block);
    const shapes = outputShapes(this.network, batch, block);
    let input: Signal | undefined;
    this.layers = this.network.map((layer, i) => {
      const columns = shapes[i]!.at(-1)!;
      const size = sizeOf(shapes[i]!);
      const out = { values: new Float32Array(size), gradient: new Float32Array(size), rows: size / columns, columns };
      const own = {
        parameters: this.parameters.filter((_, p) => parametersOf(this.network)[p]!.layer === i),
        buffers: this.buffers.filter((_, b) => buffersOf(this.network)[b]!.layer === i),
      };
      const made = plainLayer(layer, own, input ?? this.symbols, out);
      input = out;
      return made;
    });
  }
}

/** The mean loss of the logits; their gradient is left beside them. */
function crossEntropy({ values, gradient, rows, columns }: Signal, targets: Int32Array): number {
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    const row = i * columns;
    let largest = -Infinity;
    for (let j = 0; j < columns; j++) largest = Math.max(largest, values[row + j]!);
    let total = 0;
    for (let j = 0; j < columns; j++) total += Math.exp(values[row + j]! - largest);
    for (let j = 0; j < columns; j++) gradient[row + j] = Math.exp(values[row + j]! - largest) / total / rows;
    gradient[row + targets[i]!]! -= 1 / rows;
    loss -= values[row + targets[i]!]! - largest - Math.log(total);
  }
  return loss / rows;
}
