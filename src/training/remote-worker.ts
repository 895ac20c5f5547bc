import { type Remote, releaseProxy, wrap } from 'comlink';
import * as faults from '../faults.ts';
import { watchLife } from './life.ts';

/** What a worker’s script answers before anything else. */
export interface Startable {
  /** Answers as soon as the script runs. @param life the lock that the page watches the worker by. */
  ready(life: string): Promise<true>;
}

/** A script that does not answer by then did not start. What it does after that may take as long as it takes. */
const START_TIMEOUT_MS = 15_000;

/** The page’s side of a worker. Every failure, the worker’s death included, rejects with an Error. */
export class RemoteWorker<Exposed extends Startable> {
  private readonly worker: Worker;
  private readonly remote: Remote<Exposed>;
  private readonly death: Promise<never>;
  private readonly started: Promise<void>;
  private readonly watch = new AbortController();
  private die: (reason: Error) => void = () => {};

  /** @param onDeath told when the worker dies by itself, whether or not an answer is awaited. */
  constructor(worker: Worker, onDeath: (reason: Error) => void) {
    this.worker = worker;
    this.remote = wrap<Exposed>(worker);
    this.death = new Promise((_, reject) => {
      this.die = reject;
    });
    this.death.catch(() => {}); // Whoever waits for an answer hears of it below.
    const dies = (reason: string) => {
      const error = new Error(reason);
      this.die(error);
      onDeath(error);
    };
    worker.addEventListener('error', (event) => dies(event.message || faults.NOT_STARTED));
    worker.addEventListener('messageerror', () => dies(faults.UNREADABLE));
    this.started = this.handshake(() => dies(faults.ENDED));
    this.started.catch(() => {}); // As above.
  }

  /** Ends the worker. Answers that are still awaited are rejected with `reason`, not left hanging. */
  dispose(reason = new Error('it was ended')): void {
    this.watch.abort();
    this.die(reason);
    this.remote[releaseProxy]();
    this.worker.terminate();
  }

  /** Calls the worker once its script runs. */
  protected async ask<T>(call: (remote: Exposed) => T): Promise<Awaited<T>> {
    await this.orDeath(this.started);
    // comlink’s types do not see through generics: what is exposed answers with promises.
    return this.orDeath(Promise.resolve(call(this.remote as unknown as Exposed)));
  }

  private async handshake(onEnd: () => void): Promise<void> {
    const life = `run-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
    const timer = setTimeout(() => this.die(new Error(faults.NO_ANSWER)), START_TIMEOUT_MS);
    await (this.remote as unknown as Startable).ready(life);
    clearTimeout(timer);
    watchLife(life, onEnd, this.watch.signal);
  }

  private orDeath<T>(answer: Promise<T>): Promise<Awaited<T>> {
    return Promise.race([answer, this.death]) as Promise<Awaited<T>>;
  }
}
