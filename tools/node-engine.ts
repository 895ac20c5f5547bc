/** The engine of `npm run record`, of the tests that replay it, and of the benchmark: the project’s kernels, in Node. */
import { readFileSync } from 'node:fs';
import { simdHost } from '../src/engines/simd/host.ts';

/** The compiled kernels; `npm run kernels` makes them. */
export const KERNELS = new URL('../src/engines/simd/kernels.wasm', import.meta.url);

export const nodeHost = simdHost(new WebAssembly.Module(readFileSync(KERNELS)));
export const { open: openNodeEngine } = nodeHost;
