import { backend, engine as tensorflow } from '@tensorflow/tfjs-core';
import type { Engine, EngineName, Examples, Inspection, Minibatches, NetworkState } from '../../src/engines/engine.ts';
import { hostOf, openEngine } from '../../src/engines/open.ts';
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
