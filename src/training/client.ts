import { proxy, type Remote, releaseProxy, wrap } from 'comlink';
import { watchLife } from './life.ts';
import type { Player } from './player.ts';

/** A script that does not answer by then did not start. What it does after that may take as long as it takes. */
const START_TIMEOUT_MS = 15_000;

/** The page’s side of a `Player` in a worker. Every failure, the worker’s death included, rejects with an Error. */
export class RunClient<Settings, Frame, Saved> {
  private readonly worker: Worker;
  private readonly player: Remote<Player<Settings, Frame, Saved>>;
  private readonly death: Promise<never>;
  private readonly started: Promise<void>;
  private readonly watch = new AbortController();
  private die: (reason: Error) => void = () => {};

  /** @param onDeath told when the worker dies by itself, whether or not an answer is awaited. */
  constructor(worker: Worker, onDeath: (reason: Error) => void) {
    this.worker = worker;
    this.player = wrap<Player<Settings, Frame, Saved>>(worker);
    this.death = new Promise((_, reject) => {
      this.die = reject;
    });
    this.death.catch(() => {}); // Whoever waits for an answer hears of it below.
    const dies = (reason: string) => {
      const error = new Error(reason);
      this.die(error);
      onDeath(error);
    };
    worker.addEventListener('error', (event) => dies(event.message || 'its script could not be loaded'));
    worker.addEventListener('messageerror', () => dies('a message could not be read'));
    this.started = this.handshake(() => dies('it ended by itself'));
  }

  /** @param report told what the worker is doing meanwhile. */
  async load(
    settings: Settings,
    from: Saved | undefined,
    inputs: unknown,
    report: (what: string) => void,
  ): Promise<Frame> {
    await this.orDeath(this.started);
    const load = this.player.load as Player<Settings, Frame, Saved>['load'];
    return this.orDeath(load(settings, from, inputs, proxy(report)));
  }

  play(draw: (frame: Frame) => unknown): Promise<Frame> {
    return this.orDeath(this.player.play(proxy(draw)) as Promise<Frame>);
  }

  step(): Promise<Frame> {
    return this.orDeath(this.player.step() as Promise<Frame>);
  }

  save(): Promise<Saved> {
    return this.orDeath(this.player.save() as Promise<Saved>);
  }

  pause(): Promise<void> {
    return this.orDeath(this.player.pause());
  }

  tune(settings: Settings): Promise<Frame> {
    return this.orDeath((this.player.tune as (settings: Settings) => Promise<Frame>)(settings));
  }

  /** Ends the worker. Answers that are still awaited are rejected, not left hanging. */
  dispose(): void {
    this.watch.abort();
    this.die(new Error('it was ended'));
    this.player[releaseProxy]();
    this.worker.terminate();
  }

  private async handshake(onEnd: () => void): Promise<void> {
    const life = `run-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
    const timer = setTimeout(() => this.die(new Error('it did not answer in time')), START_TIMEOUT_MS);
    await this.player.ready(life);
    clearTimeout(timer);
    watchLife(life, onEnd, this.watch.signal);
  }

  private orDeath<T>(answer: Promise<T>): Promise<T> {
    return Promise.race([answer, this.death]);
  }
}
