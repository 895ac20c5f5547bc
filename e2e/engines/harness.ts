import { wrap } from 'comlink';
import type { Harness } from './harness.worker.ts';

/** Engines run in a worker, as on the site. */
Object.assign(globalThis, {
  harness: wrap<Harness>(new Worker(new URL('./harness.worker.ts', import.meta.url), { type: 'module' })),
});
