import * as faults from '../faults.ts';
import { ENGINE_LABELS, EngineError, type EngineHost, type EngineName } from './engine.ts';
import { prove } from './proof.ts';

/** Fetches the module of an engine. */
export type FetchHost = () => Promise<{ openHost: () => Promise<EngineHost> }>;

/** An engine that has proved itself. @throws EngineError where it cannot be had. */
export async function startHost(name: EngineName, fetchHost: FetchHost): Promise<EngineHost> {
  const { openHost } = await fetchHost().catch(() => {
    throw new EngineError(faults.engineNotFetched(ENGINE_LABELS[name]));
  });
  return orEngineError(name, async () => {
    const host = await openHost();
    await prove(host);
    return host;
  });
}

/** Whatever an engine fails with, such as a shader that does not compile, is a reason to take another one. */
export async function orEngineError<T>(name: EngineName, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError(faults.engineFailed(ENGINE_LABELS[name], reason));
  }
}
