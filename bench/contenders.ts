/** Who takes part, in the order of the tables. */
export const CONTENDERS = {
  simd: 'this project’s kernels (`simd`)',
  'simd-portable': 'the same without relaxed SIMD',
  wasm: 'TensorFlow.js `wasm`',
  cpu: 'TensorFlow.js `cpu`',
  webgl: 'TensorFlow.js `webgl`',
  webgpu: 'TensorFlow.js `webgpu`',
  plain: 'plain TypeScript',
  'layers-cpu': 'tfjs-layers `fit`, `cpu`',
  'layers-webgl': 'tfjs-layers `fit`, `webgl`',
  convnetjs: 'convnetjs',
  'jax-js': 'jax-js `wasm`',
  pytorch: 'PyTorch eager, 1 thread',
} as const;
export type ContenderName = keyof typeof CONTENDERS;
export const CONTENDER_NAMES = Object.keys(CONTENDERS) as readonly ContenderName[];

/** What should be known of how a contender takes part; the tables are followed by it. */
export const REMARKS: Partial<Record<ContenderName, string>> = {
  simd: '`train()` in a worker, as a page calls it: many minibatches a call.',
  'simd-portable': 'What a browser runs that cannot multiply and add in one instruction of WebAssembly.',
  plain:
    'bench/plain.ts: the same layers as loops over Float32Array, row after row. Whoever writes a network for a page without a library writes about this.',
  'layers-cpu':
    'Keras’s interface of TensorFlow.js: embedding, reshape, dense and batchNormalization layers, sgd. Its batch normalization divides by the biased variance. On `wasm` it cannot train these networks: an embedding has no gradient there.',
  convnetjs:
    'It has no embedding and no batch normalization: a fully connected layer of 200 tanh units on 81 one-hot inputs stands in for the MLP’s two first layers. It goes through a minibatch example by example, in double precision.',
  'jax-js':
    'jit of valueAndGrad and the update. One thread, as the page is not cross-origin isolated. The embedding is a product with one-hot rows: the gradient of a lookup does not compile.',
  pytorch: 'bench/torch_eager.py, outside the browser, with the widest vectors that PyTorch finds.',
};

/** What a contender is asked to train, and how it answered. */
export type Opening =
  | { readonly refused: string }
  | {
      /** Whether the processor does what a graphics card should. */
      readonly isEmulated: boolean;
    };

/**
 * What each trains before its window, untimed: while others had theirs, a browser may have thrown compiled code away, and
 * the caches hold other numbers.
 */
export const LEAD_IN_SECONDS = 0.25;

/** One timed window. */
export interface Timing {
  readonly steps: number;
  readonly seconds: number;
}

/** A contender at the other end of a wire: a worker in the browser, or an interpreter. */
export interface Runner {
  /** Makes a network ready: opened and, in the page, checked. */
  open(network: string, batch: number): Promise<Opening>;
  /** Trains for a while, drawing its minibatches, after an untimed lead-in. */
  run(network: string, batch: number, seconds: number): Promise<Timing>;
  close(): Promise<void>;
}
