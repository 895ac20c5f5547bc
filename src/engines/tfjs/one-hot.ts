import { cast, oneHot, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * One row for each symbol, 1 in its column and 0 elsewhere, in single precision. It is made of whole numbers and cast: asked
 * for single precision, the WASM backend writes the bits of the whole number 1.
 */
export function oneHotRows(symbols: Tensor1D, columns: number): Tensor2D {
  return cast(oneHot(symbols, columns) as Tensor2D, 'float32');
}
