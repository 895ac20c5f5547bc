import { proxy, type Remote, releaseProxy, wrap } from 'comlink';
import type { Draw, Player } from './player.ts';

/** A worker that has not answered by then did not start: the script is missing, or the browser refused it. */
const START_TIMEOUT_MS = 15_000;

/** The page’s side of a `Player` in a worker. Every failure, the worker’s death included, rejects with an Error. */
export class RunClient<Settings, Frame> {
  private readonly worker: Worker;
  private readonly player: Remote<Player<Settings, Frame>>;
  private readonly death: Promise<never>;

  constructor(worker: Worker) {
    this.worker = worker;
    this.player = wrap<Player<Settings, Frame>>(worker);
    this.death = new Promise((_, reject) => {
      worker.addEventListener('error', (event) => reject(new Error(event.message || 'its script could not be loaded')));
      worker.addEventListener('messageerror', () => reject(new Error('a message could not be read')));
    });
    this.death.catch(() => {}); // Whoever is waiting for an answer hears of it below.
  }

  load(settings: Settings, from?: Frame): Promise<Frame> {
    const call = this.player.load as (settings: Settings, from?: Frame) => Promise<Frame>;
    const slow = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('it did not answer in time')), START_TIMEOUT_MS);
    });
    return this.orDeath(Promise.race([call(settings, from), slow]));
  }

  play(draw: Draw<Frame>): Promise<Frame> {
    return this.orDeath(this.player.play(proxy(draw)) as Promise<Frame>);
  }

  step(): Promise<Frame> {
    return this.orDeath(this.player.step() as Promise<Frame>);
  }

  pause(): Promise<void> {
    return this.orDeath(this.player.pause());
  }

  tune(settings: Settings): Promise<void> {
    const call = this.player.tune as (settings: Settings) => Promise<void>;
    return this.orDeath(call(settings));
  }

  dispose(): void {
    this.player[releaseProxy]();
    this.worker.terminate();
  }

  private orDeath<T>(answer: Promise<T>): Promise<T> {
    return Promise.race([answer, this.death]);
  }
}
