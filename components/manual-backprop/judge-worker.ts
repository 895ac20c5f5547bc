import { JudgeClient } from '../../src/training/gradient-exercise/client.ts';

/** A client of the worker that computes lines of the backward pass; it starts when something is first asked of it. */
export const newJudge = (): JudgeClient =>
  new JudgeClient(
    () => new Worker(new URL('../../src/training/gradient-exercise/worker.ts', import.meta.url), { type: 'module' }),
  );
