import type { Verdict } from '../../backprop/judge.ts';
import type { Tensor } from '../../backprop/tensor.ts';
import type { CorpusSource } from '../corpus.ts';
import { RemoteWorker } from '../remote-worker.ts';
import type { Judge, TensorLook } from './judge-in-worker.ts';

/** The page’s side of a `Judge` in a worker. */
export class RemoteJudge extends RemoteWorker<Pick<Judge, 'ready' | 'judge' | 'look' | 'autograd'>> {
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
