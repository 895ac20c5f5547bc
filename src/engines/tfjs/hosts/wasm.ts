import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { env } from '@tensorflow/tfjs-core';
import * as faults from '../../../faults.ts';
import { EngineError } from '../../engine.ts';
import { tfjsHost } from '../host.ts';

/** WebAssembly, with SIMD where the browser has it. One thread: the threaded build does not survive bundling, and gains nothing here. */
export async function openHost() {
  if (typeof WebAssembly === 'undefined') throw new EngineError(faults.noWebAssembly);
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain,
    'tfjs-backend-wasm-simd.wasm': simd,
    'tfjs-backend-wasm-threaded-simd.wasm': simd, // Has to be named, and is never asked for.
  });
  return tfjsHost('wasm');
}
