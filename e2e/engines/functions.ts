import { backend, engine as tensorflow } from '@tensorflow/tfjs-core';
import { type Beginning, backwardPass, forwardPass, lossOf } from '../../src/backprop/passes.ts';
import { distance, largest } from '../../src/backprop/tensor.ts';
import type { Engine, EngineName, Examples, Inspection, Minibatches, NetworkState } from '../../src/engines/engine.ts';
import { hostOf, openEngine } from '../../src/engines/open.ts';
import { startBackend, type TfjsHost } from '../../src/engines/tfjs/host.ts';
import { type BackpropParameters, tappedGradients } from '../../src/engines/tfjs/tapped-gradients.ts';
import type { Network } from '../../src/networks/index.ts';
import { startRun } from '../../src/training/language-model/record.ts';
import { mlpOf, mlpTrainingTable } from '../../src/training/mlp/settings.ts';
import { defaultsOf } from '../../src/training/settings.ts';

/** What of a run a test compares. */
export interface Trained {
  readonly isEmulated: boolean;
  readonly first: Inspection;
  readonly losses: Float32Array;
  readonly devLoss: number;
  readonly state: NetworkState;
  /** Tensors alive while the engine has its network, and after it was disposed of. */
  readonly tensors: { readonly open: number; readonly disposed: number };
}

/** What a thread holds of TensorFlow.js, and its engine of WebAssembly memory. */
export interface Held {
  readonly numTensors: number;
  readonly numBytes: number;
  /** In bytes. */
  readonly wasm: number;
}

/** The gradients of the 26 steps by hand, in double precision, beside those by autograd on some backend. */
export interface Compared {
  readonly loss: { readonly hand: number; readonly autograd: number };
  readonly gradients: readonly {
    readonly name: string;
    /** The largest number by hand, and the largest difference. */
    readonly largest: number;
    readonly difference: number;
  }[];
}

/** The memory of the WASM backend, whose types do not tell of the view that every Emscripten module has, or of the kernels. */
const wasmBytes = (engine: Engine): number =>
  engine.name === 'simd'
    ? (engine as unknown as { kernels: { memory: WebAssembly.Memory } }).kernels.memory.buffer.byteLength
    : (backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.byteLength;

export const harness = {
  async train(
    name: EngineName,
    network: Network,
    initial: NetworkState,
    minibatches: Minibatches,
    batch: number,
    dev: Examples,
  ): Promise<Trained> {
    const host = await hostOf(name);
    const engine = await host.open(network, initial);
    const block = minibatches.contexts.length / minibatches.targets.length;
    const examples = {
      contexts: minibatches.contexts.slice(0, batch * block),
      targets: minibatches.targets.slice(0, batch),
    };
    const first = await engine.inspect(examples, { activations: true });
    const losses = await engine.train(minibatches);
    const devLoss = await engine.loss(dev);
    const state = await engine.state();
    const open = tensorflow().state.numTensors;
    engine.dispose();
    return {
      isEmulated: host.isEmulated,
      first,
      losses,
      devLoss,
      state,
      tensors: { open, disposed: tensorflow().state.numTensors },
    };
  },

  async compare(name: EngineName, parameters: BackpropParameters, examples: Examples): Promise<Compared> {
    await hostOf(name);
    await startBackend(name);
    const n = examples.targets.length;
    const doubled = (shape: readonly number[], data: Iterable<number>) => ({ shape, data: Float64Array.from(data) });
    const forward = forwardPass({
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([own, { shape, data }]) => [own, doubled(shape, data)]),
      ) as Beginning['parameters'],
      X: doubled([n, examples.contexts.length / n], examples.contexts),
      Y: doubled([n], examples.targets),
    });
    const tapped = await tappedGradients(parameters, examples);
    const gradients = [...backwardPass(forward)].map(([own, byHand]) => {
      const { shape, data } = tapped.gradients[own]!;
      return { name: own, largest: largest(byHand), difference: distance(byHand, doubled(shape, data)) };
    });
    return { loss: { hand: lossOf(forward), autograd: tapped.loss }, gradients };
  },

  /** The losses of the same steps, by the passes by hand and by autograd, both on one backend. */
  async trainTwice(name: EngineName, network: Network, initial: NetworkState, minibatches: Minibatches) {
    const host = (await hostOf(name)) as TfjsHost;
    const [hand, autograd] = [await host.open(network, initial), await host.openAutograd(network, initial)];
    return { hand: await hand.train(minibatches), autograd: await autograd.train(minibatches) };
  },

  /** A whole run, as long as one likes; what the thread holds then. */
  async endure(name: 'simd' | 'wasm', words: readonly string[]) {
    const { open } = await hostOf(name);
    const settings = { ...defaultsOf(mlpTrainingTable), steps: 1_000_000 };
    const { run, engine } = await startRun({ settings, words, network: mlpOf, open });
    return {
      async advanceTo(step: number): Promise<Held> {
        await run.advance(step - run.step);
        const { numTensors, numBytes } = tensorflow().state;
        return { numTensors, numBytes, wasm: wasmBytes(engine) };
      },
    };
  },

  async choose(network: Network, state: NetworkState, shape: { batch: number; block: number }) {
    const { engine, trials, notes } = await openEngine('auto', network, state, shape);
    engine.dispose();
    return { name: engine.name, trials, notes };
  },
};

export type Harness = typeof harness;
