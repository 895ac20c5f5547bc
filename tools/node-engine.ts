/** The engine of `npm run record`, of the tests that replay it, and of others: the project’s kernels, in Node. */
import { readFileSync } from 'node:fs';
import { simdHost } from '../src/engines/simd/host.ts';

const compiled = (name: string): URL => new URL(`../src/engines/simd/${name}.wasm`, import.meta.url);

/** The kernels as `npm run kernels` compiles them; these round alike on every machine, so that a record can be made again. */
export const KERNELS = compiled('kernels');
export const FUSED_KERNELS = compiled('kernels-fused');

const hostOf = (kernels: URL) => simdHost(new WebAssembly.Module(readFileSync(kernels)));
export const nodeHost = hostOf(KERNELS);
export const fusedHost = hostOf(FUSED_KERNELS);
export const { open: openNodeEngine } = nodeHost;
