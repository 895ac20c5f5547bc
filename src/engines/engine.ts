import type { Network } from '../networks/index.ts';

/** Every way to run a network: the project’s own kernels, and the backends of TensorFlow.js. */
export const ENGINE_NAMES = ['simd', 'webgl', 'webgpu', 'wasm', 'cpu'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** What a reader calls them. */
export const ENGINE_LABELS: Readonly<Record<EngineName, string>> = {
  simd: 'SIMD kernels',
  webgl: 'WebGL',
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};

/** All that a network knows, in the order of `parametersOf` and `buffersOf`. */
export interface NetworkState {
  readonly parameters: readonly Float32Array[];
  readonly buffers: readonly Float32Array[];
}

/** Contexts and the symbols that follow them. */
export interface Examples {
  /** (count, block), row after row. */
  readonly contexts: Int32Array;
  /** (count). */
  readonly targets: Int32Array;
}

/** Minibatches of one size, one after another, and the learning rate of each. */
export interface Minibatches extends Examples {
  /** One rate a minibatch: their number tells how many steps are taken. */
  readonly rates: ArrayLike<number>;
}

/** What one forward and backward pass computed. Nothing is updated by it, the running statistics included. */
export interface Inspection {
  /** Mean negative log-likelihood in nats. */
  readonly loss: number;
  /** The gradient of each parameter, in the order of `parametersOf`. */
  readonly gradients: readonly Float32Array[];
  /** What leaves each layer, and the gradient of the loss by it; empty unless asked for. Shapes: `outputShapes`. */
  readonly activations: readonly { readonly values: Float32Array; readonly gradient: Float32Array }[];
}

/**
 * Runs one network. A call does a whole step, or many of them, so that the contract costs nothing per operation. The
 * promises are for engines that answer late; calls are made one after another, never two at once. Each call may reject
 * with an `EngineError`.
 */
export interface Engine {
  readonly name: EngineName;
  readonly network: Network;
  /** Takes these numbers for its parameters and running statistics. */
  load(state: NetworkState): Promise<void>;
  /** One step of stochastic gradient descent a minibatch. @returns the loss of each, before its update. */
  train(minibatches: Minibatches): Promise<Float32Array>;
  /** In evaluation: BatchNorm1d uses its running statistics. @returns (count, vocabulary), row after row. */
  logits(contexts: Int32Array): Promise<Float32Array>;
  /** Mean negative log-likelihood in evaluation, in nats. */
  loss(examples: Examples): Promise<number>;
  /** One forward and backward pass as in training. */
  inspect(examples: Examples, wanted?: { readonly activations?: boolean }): Promise<Inspection>;
  state(): Promise<NetworkState>;
  /** One parameter alone, by its place in `parametersOf`. */
  parameter(index: number): Promise<Float32Array>;
  /** Gives back all memory. */
  dispose(): void;
}

/** An engine that can be had here, before it has a network. */
export interface EngineHost {
  readonly name: EngineName;
  /** Whether the processor does what a graphics card should: correct, and slow. */
  readonly isEmulated: boolean;
  open(network: Network, state: NetworkState): Promise<Engine>;
}

/** Why an engine cannot be had, cannot be trusted, or was lost, as a sentence for the reader. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}
