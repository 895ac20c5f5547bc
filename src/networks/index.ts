export { bigram } from './bigram.ts';
export { deepBatchNorm } from './deep-batch-norm.ts';
export { initialBuffers, initialize } from './initialize.ts';
export type { BatchNorm1d, Embedding, FlattenConsecutive, Layer, Linear, Network, Scaling, Tanh } from './layers.ts';
export { batchNorm1d } from './layers.ts';
export { drawManualMlp, inNetworkOrder, type ManualMlpParameters, manualMlp } from './manual-mlp.ts';
export { type MlpOptions, mlp } from './mlp.ts';
export {
  buffersOf,
  countParameters,
  outputShapes,
  parametersOf,
  sizeOf,
  type TensorSpec,
  vocabularySize,
} from './parameters.ts';
export { waveNet } from './wave-net.ts';
