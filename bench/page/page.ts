import { type Remote, wrap } from 'comlink';
import type { Bench } from './functions.ts';

/** The workers by name. Each contender has its own: what is compiled and held for one is not in another’s way. */
const workers = new Map<string, { worker: Worker; bench: Remote<Bench> }>();

/** What the benchmark calls from outside the page. */
export const page = {
  worker(name: string): Remote<Bench> {
    const known = workers.get(name);
    if (known) return known.bench;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    const bench = wrap<Bench>(worker);
    workers.set(name, { worker, bench });
    return bench;
  },

  end(name: string): void {
    workers.get(name)?.worker.terminate();
    workers.delete(name);
  },
};

Object.assign(globalThis, { page });
