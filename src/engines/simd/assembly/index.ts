/** What the WebAssembly module offers; src/engines/simd/kernels.ts has the same list for TypeScript. */
export { batchNormBackward, batchNormEvaluate, batchNormForward } from './batch-norm';
export { crossEntropy } from './cross-entropy';
export { embed, flattenConsecutive, subtractEmbedded } from './embedding';
export { product, subtractColumnSums, subtractTransposedProduct, transpose } from './product';
export { tanhBackward, tanhForward } from './tanh';

/** Where the memory begins that the module itself does not use. */
export function freeMemory(): usize {
  return __heap_base;
}
