import {
  concat,
  dispose,
  keep,
  mul,
  reshape,
  type Scalar,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs-core';
import { buffersOf, type Network, parametersOf, type TensorSpec } from '../../networks/index.ts';
import type { Engine, EngineName, Examples, Inspection, Minibatches, NetworkState } from '../engine.ts';
import { crossEntropy } from './cross-entropy.ts';
import { forward, type Own, type Pass } from './layers.ts';
import { oneHotRows } from './one-hot.ts';

/** How many examples are evaluated at once: enough to keep a graphics card busy, few enough for its memory. */
const EVALUATED_AT_ONCE = 4096;

/** What says that a backend’s answers are not to be waited for, or not to be believed. */
export interface Trust {
  /** Throws where what was read cannot be believed. */
  readonly check?: (() => void) | undefined;
  /** Rejects when the backend is gone: it may not answer at all then. */
  readonly gone?: Promise<never> | undefined;
}

/**
 * What one pass forward and backward, as in training, computed.
 * `gradients`: by every parameter. `buffers`: the running statistics after it. `outs`: what leaves every layer, and
 * `byOuts`: the gradient by it; both empty unless asked for.
 */
export type BothPasses = {
  readonly loss: Scalar;
  readonly gradients: Tensor[];
  readonly buffers: Tensor1D[];
  readonly outs: Tensor2D[];
  readonly byOuts: Tensor2D[];
};

/**
 * Runs a network by TensorFlow.js operations on whatever backend is set, with backward passes derived by hand. A backend
 * belongs to its thread: one engine at a time in each.
 */
export class TfjsEngine implements Engine {
  readonly name: EngineName;
  readonly network: Network;
  private readonly parameterSpecs: readonly TensorSpec[];
  private readonly bufferSpecs: readonly TensorSpec[];
  protected parameters: Tensor[] = [];
  private buffers: Tensor1D[] = [];
  private readonly trust: Trust;

  constructor(name: EngineName, network: Network, trust: Trust = {}) {
    this.name = name;
    this.network = network;
    this.trust = trust;
    this.parameterSpecs = parametersOf(network);
    this.bufferSpecs = buffersOf(network);
  }

  async load(state: NetworkState): Promise<void> {
    this.dispose();
    this.parameters = this.parameterSpecs.map(({ shape }, i) => tensor(state.parameters[i]!.slice(), [...shape]));
    this.buffers = this.bufferSpecs.map((_, i) => tensor1d(state.buffers[i]!.slice()));
  }

  async train({ contexts, targets, rates }: Minibatches): Promise<Float32Array> {
    const steps = rates.length;
    const batch = targets.length / steps;
    const block = contexts.length / targets.length;
    const losses: Scalar[] = [];
    for (let step = 0; step < steps; step++) {
      const examples = {
        contexts: contexts.subarray(step * batch * block, (step + 1) * batch * block),
        targets: targets.subarray(step * batch, (step + 1) * batch),
      };
      losses.push(this.descend(examples, rates[step]!));
    }
    // Read together: to ask a graphics card for one number costs as much as several steps.
    const all = tidy(() => concat(losses.map((loss) => reshape(loss, [1]))));
    const values = await this.read(all);
    dispose([...losses, all]);
    return values;
  }

  async logits(contexts: Int32Array): Promise<Float32Array> {
    const out = tidy(() => this.passes(contexts, false).at(-1)!.out);
    const values = await this.read(out);
    dispose(out);
    return values;
  }

  async loss({ contexts, targets }: Examples): Promise<number> {
    const block = contexts.length / targets.length;
    let total = 0;
    for (let begin = 0; begin < targets.length; begin += EVALUATED_AT_ONCE) {
      const end = Math.min(targets.length, begin + EVALUATED_AT_ONCE);
      const part = tidy(() => {
        const logits = this.passes(contexts.subarray(begin * block, end * block), false).at(-1)!.out;
        return crossEntropy(logits, tensor1d(targets.slice(begin, end), 'int32')).loss;
      });
      total += (await this.read(part))[0]! * (end - begin);
      dispose(part);
    }
    return total / targets.length;
  }

  async inspect(examples: Examples, { activations = false } = {}): Promise<Inspection> {
    const { loss, gradients, buffers, outs, byOuts } = tidy(() => this.backward(examples, activations));
    const read = (tensors: Tensor[]) => Promise.all(tensors.map((one) => this.read(one)));
    const [values, byValues] = [await read(outs), await read(byOuts)];
    const inspection = {
      loss: (await this.read(loss))[0]!,
      gradients: await read(gradients),
      activations: values.map((one, i) => ({ values: one, gradient: byValues[i]! })),
    };
    dispose([loss, ...gradients, ...buffers, ...outs, ...byOuts]);
    return inspection;
  }

  async state(): Promise<NetworkState> {
    const read = (tensors: Tensor[]) => Promise.all(tensors.map((one) => this.read(one)));
    return { parameters: await read(this.parameters), buffers: await read(this.buffers) };
  }

  parameter(index: number): Promise<Float32Array> {
    return this.read(this.parameters[index]!);
  }

  dispose(): void {
    dispose([...this.parameters, ...this.buffers]);
    this.parameters = [];
    this.buffers = [];
  }

  /** One step. @returns the loss before it. */
  private descend(examples: Examples, rate: number): Scalar {
    const before = [...this.parameters, ...this.buffers];
    const loss = tidy(() => {
      const { loss, gradients, buffers } = this.backward(examples, false);
      this.parameters = this.parameters.map((one, i) => keep(sub(one, mul(gradients[i]!, rate))));
      this.buffers = buffers.map((one) => keep(one));
      return loss;
    });
    dispose(before);
    return loss;
  }

  /** By the layers’ own backward passes. Call it inside a tidy. @param activations whether `outs` and `byOuts` are wanted. */
  protected backward({ contexts, targets }: Examples, activations: boolean): BothPasses {
    const passes = this.passes(contexts, true);
    const { loss, gradient } = crossEntropy(passes.at(-1)!.out, tensor1d(targets.slice(), 'int32'));
    const byOuts: Tensor2D[] = [gradient()];
    const gradients: Tensor[] = [];
    for (let i = passes.length - 1; i >= 0; i--) {
      const { input, parameters } = passes[i]!.backward(byOuts[0]!);
      gradients.unshift(...parameters);
      if (i > 0) byOuts.unshift(input!);
    }
    return {
      loss,
      gradients,
      buffers: passes.flatMap(({ buffers = [] }) => buffers),
      outs: activations ? passes.map(({ out }) => out) : [],
      byOuts: activations ? byOuts : [],
    };
  }

  /** @param forwardLayer how a layer goes forward. */
  protected passes(contexts: Int32Array, training: boolean, forwardLayer = forward): Pass[] {
    const passes: Pass[] = [];
    const [first] = this.network;
    const symbols = tensor1d(contexts.slice(), 'int32');
    let input: Tensor2D | Tensor1D = first?.kind === 'Linear' ? oneHotRows(symbols, first.in) : symbols;
    for (const [i, layer] of this.network.entries()) {
      const pass = forwardLayer(layer, this.own(i), input, training);
      passes.push(pass);
      input = pass.out;
    }
    return passes;
  }

  private own(layer: number): Own {
    return {
      parameters: this.parameters.filter((_, i) => this.parameterSpecs[i]!.layer === layer) as Own['parameters'],
      buffers: this.buffers.filter((_, i) => this.bufferSpecs[i]!.layer === layer),
    };
  }

  private async read(one: Tensor): Promise<Float32Array> {
    const { check, gone } = this.trust;
    const values = (await (gone ? Promise.race([one.data(), gone]) : one.data())) as Float32Array;
    check?.();
    return values.slice(); // The cpu backend hands out its own memory.
  }
}
