import * as faults from '../../faults.ts';
import { ENGINE_LABELS, EngineError, type EngineHost } from '../engine.ts';
import { kernelsFor, simdHost } from './host.ts';
import portable from './kernels.wasm?url';
import fused from './kernels-fused.wasm?url';

const ADDRESS = { fused, portable };

/** The kernels as a page’s worker has them: fetched, some ten kilobytes. @throws EngineError with a sentence. */
export async function openHost(which = kernelsFor()): Promise<EngineHost> {
  return simdHost(await compileKernels(which));
}

export async function compileKernels(which = kernelsFor()): Promise<WebAssembly.Module> {
  const bytes = await download(ADDRESS[which]).catch(() => {
    throw new EngineError(faults.engineNotFetched(ENGINE_LABELS.simd));
  });
  return WebAssembly.compile(bytes);
}

async function download(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(response.statusText);
  return response.arrayBuffer();
}
