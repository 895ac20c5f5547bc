import { EngineError, type EngineHost } from '../engine.ts';
import { requireSimd, simdHost } from './host.ts';
import kernels from './kernels.wasm?url';

/** The kernels as a page’s worker has them: fetched, some ten kilobytes. @throws EngineError with a sentence. */
export async function openHost(): Promise<EngineHost> {
  requireSimd();
  const bytes = await download(kernels).catch(() => {
    throw new EngineError('The engine simd could not be downloaded.');
  });
  return simdHost(await WebAssembly.compile(bytes));
}

async function download(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(response.statusText);
  return response.arrayBuffer();
}
