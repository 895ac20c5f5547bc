import { buffersOf, type Network, parametersOf, type TensorSpec } from '../../networks/index.ts';
import type { Engine, Examples, Inspection, Minibatches, NetworkState } from '../engine.ts';
import { instantiate, type Kernels } from './kernels.ts';
import { type BoundLayer, bind } from './layers.ts';
import { LinearMemory, type Matrix } from './memory.ts';
import { type Reading, readSymbols } from './reading.ts';

/** How many positions are evaluated at once: their activations stay in the second-level cache. */
const EVALUATED_AT_ONCE = 1024;

/** The layers, bound to matrices for so many symbols. */
interface Workspace extends Reading {
  readonly symbols: number;
  readonly keepsAll: boolean;
  readonly layers: readonly BoundLayer[];
  /** Where the targets are put, one whole number each. */
  readonly targets: number;
}

/**
 * Runs a network on the project’s own WebAssembly SIMD kernels, in a linear memory of its own. In it lie, from the bottom
 * up, the parameters and running statistics; a likeness of them, where `inspect` has the gradients put; and a workspace.
 */
export class SimdEngine implements Engine {
  readonly name = 'simd';
  readonly network: Network;
  private readonly kernels: Kernels;
  private readonly memory: LinearMemory;
  private readonly parameters: readonly Matrix[];
  private readonly buffers: readonly Matrix[];
  private readonly likeness: readonly Matrix[];
  /** From a parameter to its likeness, in bytes. */
  private readonly shift: number;
  /** Where the workspace begins. */
  private readonly base: number;
  private workspace: Workspace | undefined;

  constructor(module: WebAssembly.Module, network: Network, state: NetworkState) {
    this.network = network;
    this.kernels = instantiate(module);
    this.memory = new LinearMemory(this.kernels);
    const allocate = (specs: readonly TensorSpec[]) => specs.map((spec) => allocateLike(this.memory, spec));
    const begin = this.memory.mark();
    this.parameters = allocate(parametersOf(network));
    this.buffers = allocate(buffersOf(network));
    this.shift = this.memory.mark() - begin;
    this.likeness = allocate([...parametersOf(network), ...buffersOf(network)]);
    this.base = this.memory.mark();
    this.write(state);
  }

  async load(state: NetworkState): Promise<void> {
    this.write(state);
  }

  async train({ contexts, targets, rates }: Minibatches): Promise<Float32Array> {
    const batch = targets.length / rates.length;
    const symbols = contexts.length / rates.length;
    return Float32Array.from(rates, (rate, step) => {
      const examples = {
        contexts: contexts.subarray(step * symbols, (step + 1) * symbols),
        targets: targets.subarray(step * batch, (step + 1) * batch),
      };
      return this.step(this.workspaceFor(symbols), examples, rate, 0);
    });
  }

  async logits(contexts: Int32Array): Promise<Float32Array> {
    return this.memory.read(this.evaluate(contexts));
  }

  async loss({ contexts, targets }: Examples): Promise<number> {
    const block = contexts.length / targets.length;
    const atOnce = Math.max(1, Math.floor(EVALUATED_AT_ONCE / block));
    let total = 0;
    for (let begin = 0; begin < targets.length; begin += atOnce) {
      const part = targets.subarray(begin, begin + atOnce);
      this.evaluate(contexts.subarray(begin * block, (begin + part.length) * block));
      total += this.crossEntropy(part) * part.length;
    }
    return total / targets.length;
  }

  async inspect(examples: Examples, { activations = false } = {}): Promise<Inspection> {
    for (const one of this.likeness) this.memory.clear(one);
    // Taken off zeros at a rate of -1, the gradients are what is left.
    const workspace = this.workspaceFor(examples.contexts.length, activations);
    const loss = this.step(workspace, examples, -1, this.shift);
    return {
      loss,
      gradients: this.parameters.map((_, i) => this.memory.read(this.likeness[i]!)),
      activations: activations
        ? workspace.layers.map(({ out, byOut }) => ({
            values: this.memory.read(out),
            gradient: this.memory.read(byOut),
          }))
        : [],
    };
  }

  async state(): Promise<NetworkState> {
    const read = (matrices: readonly Matrix[]) => matrices.map((one) => this.memory.read(one));
    return { parameters: read(this.parameters), buffers: read(this.buffers) };
  }

  async parameter(index: number): Promise<Float32Array> {
    return this.memory.read(this.parameters[index]!);
  }

  /** The memory goes with the last reference to the engine; there is nothing else to give back. */
  dispose(): void {}

  private write({ parameters, buffers }: NetworkState): void {
    for (const [i, one] of this.parameters.entries()) this.memory.write(one, parameters[i]!);
    for (const [i, one] of this.buffers.entries()) this.memory.write(one, buffers[i]!);
  }

  /** One step forward and back, on what lies `shift` bytes behind the parameters. @returns the loss before it. */
  private step({ read, layers }: Workspace, { contexts, targets }: Examples, rate: number, shift: number): number {
    read(contexts);
    for (const layer of layers) layer.forward(shift);
    const loss = this.crossEntropy(targets);
    for (let i = layers.length - 1; i >= 0; i--) layers[i]!.backward(rate, shift);
    return loss;
  }

  private evaluate(contexts: Int32Array): Matrix {
    const { read, layers } = this.workspaceFor(contexts.length);
    read(contexts);
    for (const layer of layers) layer.evaluate();
    return layers.at(-1)!.out;
  }

  /** The mean loss of what the last layer has; its gradient by that is left there. */
  private crossEntropy(targets: Int32Array): number {
    const { layers, targets: address } = this.workspace!;
    const { out, byOut } = layers.at(-1)!;
    this.memory.writeIntegers(address, targets);
    return this.kernels.crossEntropy(out.address, address, byOut.address, out.rows, out.columns);
  }

  /** The workspace for so many symbols; that of the last call is kept. */
  private workspaceFor(symbols: number, keepsAll = false): Workspace {
    if (this.workspace?.symbols === symbols && this.workspace.keepsAll === keepsAll) return this.workspace;
    this.workspace = undefined;
    this.memory.release(this.base);
    const ground = { kernels: this.kernels, memory: this.memory, keepsAll };
    const reading = readSymbols(ground, this.network, symbols);
    const layers: BoundLayer[] = [];
    let input = reading.input;
    for (const [i, layer] of this.network.entries()) {
      const bound = bind(ground, layer, this.own(i), input);
      layers.push(bound);
      input = { kind: 'activations', ...bound };
    }
    this.workspace = { symbols, keepsAll, ...reading, layers, targets: this.memory.integers(layers.at(-1)!.out.rows) };
    return this.workspace;
  }

  private own(layer: number) {
    const ofLayer = (specs: readonly TensorSpec[], matrices: readonly Matrix[]) =>
      matrices.filter((_, i) => specs[i]!.layer === layer);
    return {
      parameters: ofLayer(parametersOf(this.network), this.parameters),
      buffers: ofLayer(buffersOf(this.network), this.buffers),
    };
  }
}

const allocateLike = (memory: LinearMemory, { shape }: TensorSpec): Matrix =>
  shape.length === 2 ? memory.matrix(shape[0]!, shape[1]!) : memory.vector(shape[0]!);
