import { proxy } from 'comlink';
import type { CorpusSource } from '../corpus.ts';
import { RemoteWorker, type Startable } from '../remote-worker.ts';
import type { Examination, InitializationLab } from './lab.ts';
import type { InitializationSettings } from './settings.ts';

type Exposed = Startable & Pick<InitializationLab, 'examine'>;

/** The page’s side of an `InitializationLab` in a worker. */
export class LabClient extends RemoteWorker<Exposed> {
  /** @param report told what the worker is doing meanwhile. */
  examine(
    settings: InitializationSettings,
    source: CorpusSource,
    report: (what: string) => void,
  ): Promise<Examination> {
    return this.ask((lab) => lab.examine(settings, source, proxy(report)));
  }
}
