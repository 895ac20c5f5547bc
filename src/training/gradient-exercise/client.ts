import type { Verdict } from '../../backprop/judge.ts';
import type { Tensor } from '../../backprop/tensor.ts';
import * as faults from '../../faults.ts';
import type { CorpusSource } from '../corpus.ts';
import { fetchPart } from '../fetch-part.ts';
import { RunError } from '../run.ts';
import type { TensorLook } from './judge-in-worker.ts';
import type { RemoteJudge } from './remote-judge.ts';

/** A line of the exercise takes milliseconds. */
const LIMIT_MS = 3000;

/** The page’s side of the judge. A line that takes too long ends its worker; the next line gets another one. */
export class JudgeClient {
  private readonly start: () => Worker;
  private worker: RemoteJudge | undefined;
  /** Whether the worker has its list: only then a late answer is the line’s fault. */
  private isWarm = false;

  constructor(start: () => Worker) {
    this.start = start;
  }

  /** All tensors with their gradients. */
  look(source: CorpusSource): Promise<Record<string, TensorLook>> {
    return this.orDispose((worker) => worker.look(source));
  }

  /** The gradients by autograd. */
  autograd(source: CorpusSource): Promise<Record<string, Tensor>> {
    return this.orDispose((worker) => worker.autograd(source));
  }

  /** @throws RunError where the line takes too long. */
  judge(line: string, id: string, source: CorpusSource): Promise<Verdict> {
    return this.orDispose(async (worker) => {
      if (!this.isWarm) {
        await worker.judge('1', id, source);
        this.isWarm = true;
      }
      return within(LIMIT_MS, worker.judge(line, id, source));
    });
  }

  /** A worker that failed is not asked again. */
  private async orDispose<T>(ask: (worker: RemoteJudge) => Promise<T>): Promise<T> {
    // What talks to the worker is fetched with it.
    const { RemoteJudge } = await fetchPart(import('./remote-judge.ts'));
    // A worker that dies late does not take its successor along.
    const forget = () => {
      if (this.worker === worker) this.dispose();
    };
    const worker = this.worker ?? new RemoteJudge(this.start(), forget);
    this.worker = worker;
    try {
      return await ask(worker);
    } catch (error) {
      if (this.worker === worker) this.dispose(error as Error);
      throw error;
    }
  }

  /** @param reason what those hear who still wait for an answer. */
  dispose(reason?: Error): void {
    this.worker?.dispose(reason);
    this.worker = undefined;
    this.isWarm = false;
  }
}

async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RunError(faults.lineTooSlow(ms / 1000))), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
