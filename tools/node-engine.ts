/** The engine of `npm run record` and of the tests that replay it: TensorFlow.js on WebAssembly, in Node. */
import '@tensorflow/tfjs-backend-wasm';
import { env } from '@tensorflow/tfjs-core';
import { tfjsHost } from '../src/engines/tfjs/host.ts';

env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);

export const { open: openNodeEngine } = tfjsHost('wasm');
