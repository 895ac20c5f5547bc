import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgl';
import { backend, env } from '@tensorflow/tfjs-core';
import * as faults from '../../../faults.ts';
import { EngineError } from '../../engine.ts';
import { startBackend, tfjsHost } from '../host.ts';

/** The graphics card by WebGL 2, in a worker by way of an OffscreenCanvas. */
export async function openHost() {
  if (typeof OffscreenCanvas === 'undefined') throw new EngineError(faults.noOffscreenCanvas);
  await startBackend('webgl');
  if (!env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) throw new EngineError(faults.halfPrecision);
  const { gl } = (backend() as MathBackendWebGL).gpgpu;
  const loss = () => new EngineError(faults.contextLost);
  return tfjsHost('webgl', {
    isEmulated: isEmulated(gl),
    // A lost context throws nothing. What is read from it is 0, or never comes.
    check: () => {
      if (gl.isContextLost()) throw loss();
    },
    gone: new Promise((_, reject) => {
      gl.canvas.addEventListener('webglcontextlost', () => reject(loss()));
    }),
  });
}

/** Software that stands in for a graphics card names itself. */
function isEmulated(gl: WebGLRenderingContext): boolean {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer);
}
