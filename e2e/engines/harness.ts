import { wrap } from 'comlink';
import { type Harness, harness } from './functions.ts';

Object.assign(globalThis, {
  /** Engines run in a worker, as on the site. */
  harness: wrap<Harness>(new Worker(new URL('./harness.worker.ts', import.meta.url), { type: 'module' })),
  /** On the page’s own thread, whose heap can be measured. */
  harnessHere: harness,
});
