import type { EngineName } from '../../src/engines/engine.ts';
import { hostOf } from '../../src/engines/open.ts';
import { openHost } from '../../src/engines/simd/browser-host.ts';
import type { ContenderName } from '../contenders.ts';
import { PlainEngine } from '../plain.ts';
import { type Contender, SAME_COMPUTATION } from './trainee.ts';

/** An engine as the site opens it: fetched, and proved against PyTorch’s gradient. */
async function engine(name: EngineName): Promise<Contender> {
  const host = await hostOf(name);
  return { isEmulated: host.isEmulated, agrees: SAME_COMPUTATION, open: host.open };
}

/** The kernels as a browser without relaxed SIMD runs them. */
async function portable(): Promise<Contender> {
  const { isEmulated, open } = await openHost('portable');
  return { isEmulated, agrees: SAME_COMPUTATION, open };
}

const plain: Contender = {
  isEmulated: false,
  agrees: SAME_COMPUTATION,
  open: async (network, state) => new PlainEngine(network, state),
};

/** Who runs in the page. Each is fetched in the worker that it has to itself. */
export const FETCH: Record<Exclude<ContenderName, 'pytorch'>, () => Promise<Contender>> = {
  simd: () => engine('simd'),
  'simd-portable': portable,
  wasm: () => engine('wasm'),
  cpu: () => engine('cpu'),
  webgl: () => engine('webgl'),
  webgpu: () => engine('webgpu'),
  plain: async () => plain,
  'layers-cpu': async () => (await import('../peers/layers.ts')).tfjsLayers('cpu'),
  'layers-webgl': async () => (await import('../peers/layers.ts')).tfjsLayers('webgl'),
  convnetjs: async () => (await import('../peers/convnet.ts')).convnetJs,
  'jax-js': async () => (await import('../peers/jax.ts')).jaxJs(),
};
