import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import '@tensorflow/tfjs-backend-webgpu';
import { backend } from '@tensorflow/tfjs-core';
import * as faults from '../../../faults.ts';
import { EngineError } from '../../engine.ts';
import { startBackend, tfjsHost } from '../host.ts';

/** The graphics card by WebGPU. */
export async function openHost() {
  // biome-ignore lint/style/noRestrictedGlobals: a worker has this navigator; no page is touched.
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  if (!adapter) throw new EngineError(faults.noWebGpu);
  await startBackend('webgpu');
  const { lost } = (backend() as WebGPUBackend).device;
  return tfjsHost('webgpu', {
    isEmulated: adapter.info?.isFallbackAdapter ?? false,
    gone: lost.then(({ message }) => {
      throw new EngineError(faults.deviceLost(message));
    }),
  });
}
