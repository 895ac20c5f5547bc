import type { Verdict } from '../../backprop/judge.ts';
import type { Tensor } from '../../backprop/tensor.ts';
import type { CorpusSource } from '../corpus.ts';
import { RemoteWorker } from '../remote-worker.ts';
import { RunError } from '../run.ts';
import type { Judge, TensorLook } from './judge-in-worker.ts';

/** A line of the exercise takes milliseconds. */
const LIMIT_MS = 3000;

class JudgeWorker extends RemoteWorker<Pick<Judge, 'ready' | 'judge' | 'look' | 'autograd'>> {
  autograd(source: CorpusSource): Promise<Record<string, Tensor>> {
    return this.ask((worker) => worker.autograd(source));
  }

  look(source: CorpusSource): Promise<Record<string, TensorLook>> {
    return this.ask((worker) => worker.look(source));
  }

  judge(line: string, id: string, source: CorpusSource): Promise<Verdict> {
    return this.ask((worker) => worker.judge(line, id, source));
  }
}

/** The page’s side of the judge. A line that takes too long ends its worker; the next line gets another one. */
export class JudgeClient {
  private readonly start: () => Worker;
  private worker: JudgeWorker | undefined;
  /** Whether the worker has its list: only then a late answer is the line’s fault. */
  private isWarm = false;

  constructor(start: () => Worker) {
    this.start = start;
  }

  /** All tensors with their gradients. @throws Error with a sentence for the reader. */
  look(source: CorpusSource): Promise<Record<string, TensorLook>> {
    return this.orDispose((worker) => worker.look(source));
  }

  /** The gradients by autograd. @throws Error with a sentence for the reader. */
  autograd(source: CorpusSource): Promise<Record<string, Tensor>> {
    return this.orDispose((worker) => worker.autograd(source));
  }

  /** @throws Error with a sentence for the reader. */
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
  private async orDispose<T>(ask: (worker: JudgeWorker) => Promise<T>): Promise<T> {
    // A worker that dies late does not take its successor along.
    const forget = () => {
      if (this.worker === worker) this.dispose();
    };
    const worker = this.worker ?? new JudgeWorker(this.start(), forget);
    this.worker = worker;
    try {
      return await ask(worker);
    } catch (error) {
      const told = inWords(error as Error);
      if (this.worker === worker) this.dispose(told);
      throw told;
    }
  }

  /** @param reason what those hear who still wait for an answer. */
  dispose(reason?: Error): void {
    this.worker?.dispose(reason);
    this.worker = undefined;
    this.isWarm = false;
  }
}

/** A sentence for the reader; other errors are the worker’s. */
const inWords = (error: Error): Error =>
  error.name === 'RunError' ? error : new RunError(`The background worker of this figure stopped: ${error.message}.`);

async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new RunError(`The line was not computed within ${ms / 1000} seconds, and was given up.`)),
      ms,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
