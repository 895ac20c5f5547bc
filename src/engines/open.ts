import * as faults from '../faults.ts';
import type { Network } from '../networks/index.ts';
import {
  ENGINE_LABELS,
  type Engine,
  EngineError,
  type EngineHost,
  type EngineName,
  type NetworkState,
} from './engine.ts';
import { type FetchHost, orEngineError, startHost } from './start-host.ts';

/** Each engine is fetched when it is first asked for, and not before. */
const FETCH: Record<EngineName, FetchHost> = {
  simd: () => import('./simd/browser-host.ts'),
  wasm: () => import('./tfjs/hosts/wasm.ts'),
  webgl: () => import('./tfjs/hosts/webgl.ts'),
  webgpu: () => import('./tfjs/hosts/webgpu.ts'),
  cpu: () => import('./tfjs/hosts/cpu.ts'),
};

/** The order of trials: what starts quickly comes first. */
const TRIED: readonly EngineName[] = ['simd', 'wasm', 'webgl', 'webgpu', 'cpu'];
/** On the same processor, and several times slower on every network (bench/): not fetched where `simd` runs. */
const OUTDONE: readonly EngineName[] = ['wasm', 'cpu'];
const TRIAL_MS = 250;

export interface Trial {
  readonly name: EngineName;
  readonly stepsPerSecond: number;
}

export interface Opened {
  readonly engine: Engine;
  /** Opens another engine of the same kind. */
  readonly open: EngineHost['open'];
  /** What the automatic choice measured; empty where the reader chose. */
  readonly trials: readonly Trial[];
  /** Why an engine that was asked for is not the one that runs, as sentences. */
  readonly notes: readonly string[];
}

/** The minibatches of the run that an engine is opened for. */
export interface BatchShape {
  readonly batch: number;
  readonly block: number;
}

const hosts = new Map<EngineName, Promise<EngineHost>>();
const chosen = new Map<string, { name: EngineName; trials: readonly Trial[] }>();

/** An engine that has proved itself, fetched once in a thread. @throws EngineError where it cannot be had. */
export function hostOf(name: EngineName): Promise<EngineHost> {
  let host = hosts.get(name);
  if (!host) {
    host = startHost(name, FETCH[name]);
    hosts.set(name, host);
    host.catch(() => hosts.delete(name)); // It may be there the next time.
  }
  return host;
}

/**
 * Opens the engine that was asked for; where it cannot be had, or `auto` was, the one that a short trial on this machine
 * finds fastest for this network.
 * @param report told what is being done. @param among those that an automatic choice may take.
 * @throws EngineError where no engine can be had.
 */
export async function openEngine(
  wanted: EngineName | 'auto',
  network: Network,
  state: NetworkState,
  shape: BatchShape,
  report: (what: string) => void = () => {},
  among: readonly EngineName[] = TRIED,
): Promise<Opened> {
  const notes: string[] = [];
  if (wanted !== 'auto') {
    try {
      report(`Starting ${ENGINE_LABELS[wanted]}.`);
      const host = await hostOf(wanted);
      return { engine: await host.open(network, state), open: host.open, trials: [], notes };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      notes.push(`${error.message} ${faults.anotherEngine}`);
    }
  }
  const key = JSON.stringify([network, shape, among]);
  const { name, trials } = chosen.get(key) ?? (await choose(network, state, shape, report, among));
  chosen.set(key, { name, trials });
  const { open } = await hostOf(name);
  return { engine: await open(network, state), open, trials, notes };
}

async function choose(
  network: Network,
  state: NetworkState,
  shape: BatchShape,
  report: (what: string) => void,
  among: readonly EngineName[],
): Promise<{ name: EngineName; trials: Trial[] }> {
  const trials: Trial[] = [];
  const refusals: string[] = [];
  for (const name of TRIED) {
    if (!among.includes(name)) continue;
    if (OUTDONE.includes(name) && trials.some((trial) => trial.name === 'simd')) continue;
    try {
      report(`Trying ${ENGINE_LABELS[name]}.`);
      const host = await hostOf(name);
      if (host.isEmulated) continue; // The processor does it better by itself.
      const stepsPerSecond = await orEngineError(name, () => tryOut(host, network, state, shape));
      trials.push({ name, stepsPerSecond });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      refusals.push(error.message);
    }
  }
  const fastest = trials.toSorted((a, b) => b.stepsPerSecond - a.stepsPerSecond)[0];
  if (!fastest) throw new EngineError(faults.noEngine(refusals));
  return { name: fastest.name, trials };
}

/** Steps a second, measured on minibatches of zeros at a rate of 0. */
async function tryOut(host: EngineHost, network: Network, state: NetworkState, shape: BatchShape): Promise<number> {
  const engine = await host.open(network, state);
  const { batch, block } = shape;
  const train = (steps: number) =>
    engine.train({
      contexts: new Int32Array(steps * batch * block),
      targets: new Int32Array(steps * batch),
      rates: new Float32Array(steps),
    });
  try {
    await train(1); // A graphics card compiles its programs now.
    const begin = performance.now();
    let steps = 0;
    let chunk = 1;
    while (performance.now() - begin < TRIAL_MS) {
      await train(chunk);
      steps += chunk;
      chunk = Math.min(64, 2 * chunk);
    }
    return (1000 * steps) / (performance.now() - begin);
  } finally {
    engine.dispose();
  }
}
