import type { Verdict } from '../../backprop/judge.ts';
import type { CorpusSource } from '../corpus.ts';
import { RemoteWorker } from '../remote-worker.ts';
import type { Judge, TensorLook } from './judge-in-worker.ts';

/** A line of the exercise takes milliseconds. */
const LIMIT_MS = 3000;

class JudgeWorker extends RemoteWorker<Pick<Judge, 'ready' | 'judge' | 'look'>> {
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
  async look(source: CorpusSource): Promise<Record<string, TensorLook>> {
    const worker = this.worker ?? this.begin();
    try {
      return await worker.look(source);
    } catch (error) {
      if (this.worker === worker) this.dispose();
      throw error;
    }
  }

  /** @throws Error with a sentence for the reader. */
  async judge(line: string, id: string, source: CorpusSource): Promise<Verdict> {
    const worker = this.worker ?? this.begin();
    try {
      if (!this.isWarm) {
        await worker.judge('1', id, source);
        this.isWarm = true;
      }
      return await within(LIMIT_MS, worker.judge(line, id, source));
    } catch (error) {
      if (this.worker === worker) this.dispose();
      throw error;
    }
  }

  private begin(): JudgeWorker {
    const worker = new JudgeWorker(this.start(), () => this.dispose());
    this.worker = worker;
    return worker;
  }

  dispose(): void {
    this.worker?.dispose();
    this.worker = undefined;
    this.isWarm = false;
  }
}

async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The line was not computed within ${ms / 1000} seconds, and was given up.`)),
      ms,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
