import { setBackend } from '@tensorflow/tfjs-core';
import * as faults from '../../faults.ts';
import { ENGINE_LABELS, EngineError, type EngineHost, type EngineName } from '../engine.ts';
import { TfjsEngine, type Trust } from './engine.ts';

interface Options extends Trust {
  readonly isEmulated?: boolean;
}

/** A backend of TensorFlow.js, which can also leave the way back to its own autograd. */
export interface TfjsHost extends EngineHost {
  /** An engine whose gradients are autograd’s; what it needs for that is fetched now. */
  readonly openAutograd: EngineHost['open'];
}

/** A backend of TensorFlow.js as a host of engines. There is one backend in use in a thread: the one that opened last. */
export function tfjsHost(name: EngineName, { isEmulated = false, ...trust }: Options = {}): TfjsHost {
  trust.gone?.catch(() => {}); // Whoever waits for an answer hears of it.
  const openWith =
    (kind: () => Promise<typeof TfjsEngine>): EngineHost['open'] =>
    async (network, state) => {
      await startBackend(name);
      const Kind = await kind();
      const engine = new Kind(name, network, trust);
      await engine.load(state);
      return engine;
    };
  return {
    name,
    isEmulated,
    open: openWith(async () => TfjsEngine),
    openAutograd: openWith(async () => (await import('./autograd-engine.ts')).AutogradEngine),
  };
}

/** Makes a registered backend the one in use. @throws EngineError where it does not start. */
export async function startBackend(name: EngineName): Promise<void> {
  // setBackend does not throw where a backend fails: it resolves to false, and getBackend() tells its name all the same.
  const started = await setBackend(name).catch(() => false);
  if (!started) throw new EngineError(faults.engineNotStarted(ENGINE_LABELS[name]));
}
