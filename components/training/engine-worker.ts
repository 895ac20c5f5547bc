/** Starts the worker of every run that needs an engine. */
export const startEngineWorker = (): Worker =>
  new Worker(new URL('../../src/training/engine.worker.ts', import.meta.url), { type: 'module' });
