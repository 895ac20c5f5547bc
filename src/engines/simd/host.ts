import { EngineError, type EngineHost } from '../engine.ts';
import { SimdEngine } from './engine.ts';

/** The smallest module with a vector in it: a function that returns i8x16.popcnt of a splat, by which engines are told apart. */
const WITH_A_VECTOR = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
);

/** The kernels as a host of engines. @throws EngineError where WebAssembly or its vectors cannot be had. */
export function simdHost(module: WebAssembly.Module): EngineHost {
  return {
    name: 'simd',
    isEmulated: false,
    open: async (network, state) => new SimdEngine(module, network, state),
  };
}

/** @throws EngineError, with what the reader should know. */
export function requireSimd(): void {
  if (typeof WebAssembly === 'undefined') throw new EngineError('WebAssembly is switched off in this browser.');
  if (!WebAssembly.validate(WITH_A_VECTOR))
    throw new EngineError('This browser’s WebAssembly has no SIMD, on which the project’s own kernels stand.');
}
