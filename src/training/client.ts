import { proxy } from 'comlink';
import type { Player } from './player.ts';
import { RemoteWorker } from './remote-worker.ts';

/** The page’s side of a `Player` in a worker. */
export class RunClient<Settings, Frame, Saved> extends RemoteWorker<Player<Settings, Frame, Saved>> {
  /** @param report told what the worker is doing meanwhile. */
  load(settings: Settings, from: Saved | undefined, inputs: unknown, report: (what: string) => void): Promise<Frame> {
    return this.ask((player) => player.load(settings, from, inputs, proxy(report)));
  }

  play(draw: (frame: Frame) => unknown): Promise<Frame> {
    return this.ask((player) => player.play(proxy(draw)));
  }

  step(): Promise<Frame> {
    return this.ask((player) => player.step());
  }

  save(): Promise<Saved> {
    return this.ask((player) => player.save());
  }

  pause(): Promise<void> {
    return this.ask((player) => player.pause());
  }

  tune(settings: Settings): Promise<Frame> {
    return this.ask((player) => player.tune(settings));
  }
}
