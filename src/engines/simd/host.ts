import * as faults from '../../faults.ts';
import { EngineError, type EngineHost } from '../engine.ts';
import { SimdEngine } from './engine.ts';

/*
 * The smallest modules with a vector in them, by which a browser tells what it can do. The first returns i8x16.popcnt of a
 * splat; the second returns f32x4.relaxed_madd of three.
 */
const HEADER = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0];
const SPLAT = [65, 0, 253, 15];
const WITH_SIMD = [...HEADER, 10, 10, 1, 8, 0, ...SPLAT, 253, 98, 11];
const WITH_RELAXED_SIMD = [...HEADER, 10, 19, 1, 17, 0, ...SPLAT, ...SPLAT, ...SPLAT, 253, 133, 2, 11];

/**
 * Which of the two compilations of the kernels runs here: `fused` multiplies and adds in one instruction, `portable` rounds
 * alike everywhere. @throws EngineError where neither does.
 */
export function kernelsFor(): 'fused' | 'portable' {
  if (typeof WebAssembly === 'undefined') throw new EngineError(faults.noWebAssembly);
  if (!WebAssembly.validate(Uint8Array.from(WITH_SIMD))) throw new EngineError(faults.noSimd);
  return WebAssembly.validate(Uint8Array.from(WITH_RELAXED_SIMD)) ? 'fused' : 'portable';
}

/** Compiled kernels as a host of engines. */
export function simdHost(module: WebAssembly.Module): EngineHost {
  return {
    name: 'simd',
    isEmulated: false,
    open: async (network, state) => new SimdEngine(module, network, state),
  };
}
