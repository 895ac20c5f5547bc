import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import '@tensorflow/tfjs-backend-webgpu';
import { backend } from '@tensorflow/tfjs-core';
import { EngineError } from '../../engine.ts';
import { startBackend, tfjsHost } from '../host.ts';

/** The graphics card by WebGPU. */
export async function openHost() {
  // biome-ignore lint/style/noRestrictedGlobals: a worker has this navigator; no page is touched.
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  if (!adapter) throw new EngineError('WebGPU cannot be had in a background worker of this browser.');
  await startBackend('webgpu');
  const { lost } = (backend() as WebGPUBackend).device;
  return tfjsHost('webgpu', {
    isEmulated: adapter.info?.isFallbackAdapter ?? false,
    gone: lost.then(({ message }) => {
      const what = 'The browser took the graphics card away from this figure (its WebGPU device was lost).';
      throw new EngineError(`${what} ${message}`.trim());
    }),
  });
}
