import '@tensorflow/tfjs-backend-cpu';
import { getBackend, type KernelBackend, registerBackend } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { initialBuffers, initialize, mlp, type Network } from '../networks/index.ts';
import { TorchGenerator } from '../random/index.ts';
import { ENGINE_LABELS, type Engine, type EngineHost, type EngineName, type Minibatches } from './engine.ts';

/** What a fake engine is like; where `openHost` throws, the reason. */
interface Fake {
  /** By the fake clock, how long a step takes. */
  readonly ms: number;
  readonly isEmulated?: boolean;
  readonly unavailable?: Error;
  /** Thrown by train, once the engine has proved itself. */
  readonly breaks?: Error;
  readonly computesZeros?: boolean;
}

/** What was imported, started, proved and opened, in order. */
const calls: string[] = [];
/** The modules that cannot be fetched. */
const offline = new Set<EngineName>();
const openers = new Map<EngineName, () => Promise<EngineHost>>();

function moduleOf(name: EngineName) {
  calls.push(`import ${name}`);
  if (offline.has(name)) throw new TypeError('Failed to fetch dynamically imported module');
  return { openHost: () => openers.get(name)!() };
}

let clock = 0;
let alive = 0;
/** The minibatches that engines were given after their proof. */
const tried = new Set<string>();
beforeEach(() => {
  tried.clear();
  clock = 1000;
  alive = 0;
  calls.length = 0;
  offline.clear();
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const network = mlp({ symbols: 5, block: 2, embedding: 2, hidden: 3 });
const larger = mlp({ symbols: 5, block: 2, embedding: 2, hidden: 4 });
const stateOf = (one: Network) => ({
  parameters: initialize(one, new TorchGenerator(1)),
  buffers: initialBuffers(one),
});
const shape = { batch: 4, block: 2 };
const NAMES: readonly EngineName[] = ['simd', 'wasm', 'webgl', 'webgpu', 'cpu'];
/** Without the kernels, by which two others are outdone, there is more to choose from. */
const TFJS = NAMES.slice(1);
const AT_EASE: Record<EngineName, Fake> = {
  simd: { ms: 1 },
  wasm: { ms: 5 },
  webgl: { ms: 10 },
  webgpu: { ms: 20 },
  cpu: { ms: 40 },
};

const WITHOUT_SIMD = { simd: { unavailable: new Error('no vectors') } };

/** The modules as a thread that has just begun has them, with these engines to be had. */
async function freshThread(different: Partial<Record<EngineName, Partial<Fake>>> = {}) {
  vi.resetModules();
  vi.doMock('./simd/browser-host.ts', () => moduleOf('simd'));
  vi.doMock('./tfjs/hosts/wasm.ts', () => moduleOf('wasm'));
  vi.doMock('./tfjs/hosts/webgl.ts', () => moduleOf('webgl'));
  vi.doMock('./tfjs/hosts/webgpu.ts', () => moduleOf('webgpu'));
  vi.doMock('./tfjs/hosts/cpu.ts', () => moduleOf('cpu'));
  const { EngineError } = await import('./engine.ts');
  const { tfjsHost } = await import('./tfjs/host.ts');
  const { PROOF_NETWORK } = await import('./proof.ts');
  const { hostOf, openEngine } = await import('./open.ts');

  const set = (name: EngineName, changes: Partial<Fake> = {}) => {
    const fake = { ...AT_EASE[name], ...changes };
    openers.set(name, async () => {
      calls.push(`start ${name}`);
      if (fake.unavailable) throw fake.unavailable;
      return {
        name,
        isEmulated: fake.isEmulated ?? false,
        open: async (network, state) =>
          disguised(await tfjsHost('cpu').open(network, state), name, fake, network === PROOF_NETWORK),
      };
    });
  };
  for (const name of NAMES) set(name, different[name]);

  const reports: string[] = [];
  const open = (wanted: EngineName | 'auto', one = network, batches = shape) =>
    openEngine(wanted, one, stateOf(one), batches, (what) => reports.push(what));
  return { EngineError, hostOf, open, reports, set };
}

/** A true engine under another name, which takes its time by the fake clock. */
function disguised(engine: Engine, name: EngineName, fake: Fake, isProof: boolean): Engine {
  const [train, dispose] = [engine.train.bind(engine), engine.dispose.bind(engine)];
  alive += 1;
  calls.push(`${isProof ? 'prove' : 'open'} ${name}`);
  return Object.assign(engine, {
    name,
    async train({ contexts, targets, rates }: Minibatches) {
      if (fake.breaks && !isProof) throw fake.breaks;
      if (!isProof) tried.add(`${targets.length / rates.length} of ${contexts.length / targets.length}`);
      clock += fake.ms * rates.length;
      const losses = await train({ contexts, targets, rates });
      return fake.computesZeros ? losses.fill(0) : losses;
    },
    dispose() {
      alive -= 1;
      dispose();
    },
  });
}

const called = (what: string): string[] =>
  calls.filter((call) => call.startsWith(`${what} `)).map((call) => call.slice(what.length + 1));

describe('an engine that was asked for', () => {
  test.for(NAMES)('is opened, without a trial: %s', async (name) => {
    const { open, reports } = await freshThread();
    const { engine, trials, notes } = await open(name);
    expect(engine.name).toBe(name);
    expect([trials, notes]).toEqual([[], []]);
    expect(reports).toEqual([`Starting ${ENGINE_LABELS[name]}.`]);
    expect(calls.filter((call) => !call.startsWith('import'))).toEqual([
      `start ${name}`,
      `prove ${name}`,
      `open ${name}`,
    ]);
    expect(await engine.state()).toEqual(stateOf(network));
  });

  test('is fetched and proved once, and opened anew each time', async () => {
    const { open } = await freshThread();
    const [first, second] = [await open('webgl'), await open('webgl')];
    expect(first.engine).not.toBe(second.engine);
    expect(calls.slice(-4)).toEqual(['start webgl', 'prove webgl', 'open webgl', 'open webgl']);
  });

  test('and cannot be had gives way to another, with a note that says why', async () => {
    const { open, reports, set, EngineError } = await freshThread();
    set('webgl', { unavailable: new EngineError('WebGL is switched off.') });
    const { engine, trials, notes } = await open('webgl');
    expect(engine.name).toBe('simd');
    expect(notes).toEqual(['WebGL is switched off. Another engine runs instead.']);
    expect(trials.map(({ name }) => name)).toEqual(['simd', 'webgpu']);
    expect(reports).toEqual(['Starting WebGL.', 'Trying SIMD kernels.', 'Trying WebGL.', 'Trying WebGPU.']);
  });

  test('and does not prove itself gives way to another', async () => {
    const { open } = await freshThread({ webgpu: { computesZeros: true } });
    const { engine, notes } = await open('webgpu');
    expect(engine.name).toBe('simd');
    expect(notes).toEqual([
      'The engine “WebGPU” computes wrong gradients on this machine, and is not used. Another engine runs instead.',
    ]);
    expect(alive).toBe(1);
  });

  test('and cannot be downloaded gives way to another, and is tried again the next time', async () => {
    const { open } = await freshThread();
    offline.add('webgpu');
    const { engine, notes } = await open('webgpu');
    expect(engine.name).toBe('simd');
    expect(notes).toEqual(['The engine “WebGPU” could not be downloaded. Another engine runs instead.']);
    offline.clear();
    const second = await open('webgpu');
    expect([second.engine.name, second.notes]).toEqual(['webgpu', []]);
  });

  test('and cannot be started is tried again the next time', async () => {
    const { hostOf, set, EngineError } = await freshThread();
    set('webgl', { unavailable: new EngineError('The card is busy.') });
    await expect(hostOf('webgl')).rejects.toThrow('The card is busy.');
    set('webgl');
    await expect(hostOf('webgl')).resolves.toMatchObject({ name: 'webgl' });
  });

  test('and fails in any other way gives way to another, with what it said', async () => {
    const { open } = await freshThread({ webgl: { unavailable: new TypeError('the shader does not compile') } });
    const { engine, notes } = await open('webgl');
    expect(engine.name).not.toBe('webgl');
    expect(notes[0]).toContain('The engine “WebGL” failed on this machine: the shader does not compile.');
  });
});

describe('the automatic choice', () => {
  test.for(['simd', 'webgl', 'webgpu'] as const)('is the fastest of the trials: %s', async (fastest) => {
    const { open, reports } = await freshThread({ [fastest]: { ms: 0.5 } });
    const { engine, trials } = await open('auto');
    expect(engine.name).toBe(fastest);
    expect(trials.map(({ name }) => name)).toEqual(['simd', 'webgl', 'webgpu']);
    expect(reports).toEqual(['Trying SIMD kernels.', 'Trying WebGL.', 'Trying WebGPU.']);
    // What the kernels outdo on the same processor is not even fetched.
    expect(called('import')).toEqual(['simd', 'webgl', 'webgpu']);
  });

  test.for(TFJS)('without the kernels is the fastest of what is left: %s', async (fastest) => {
    const { open, reports } = await freshThread({ ...WITHOUT_SIMD, [fastest]: { ms: 2 } });
    const { engine, trials, notes } = await open('auto');
    const ms = (name: EngineName) => (name === fastest ? 2 : AT_EASE[name].ms);
    expect(engine.name).toBe(fastest);
    expect(trials).toEqual(TFJS.map((one) => ({ name: one, stepsPerSecond: 1000 / ms(one) })));
    expect(notes).toEqual([]);
    expect(reports).toEqual(['Trying SIMD kernels.', ...TFJS.map((one) => `Trying ${ENGINE_LABELS[one]}.`)]);
    expect(await engine.state()).toEqual(stateOf(network));
    expect(alive).toBe(1);
  });

  test('takes a quarter of a second an engine, or what its last minibatches need, of the shape that was asked for', async () => {
    const { open } = await freshThread(WITHOUT_SIMD);
    await open('auto');
    expect([...tried]).toEqual(['4 of 2']);
    expect(clock - 1000).toBeGreaterThan(4 * 250);
    expect(clock - 1000).toBeLessThan(4 * 650);
  });

  test('does not try what the processor emulates', async () => {
    const { open } = await freshThread({ ...WITHOUT_SIMD, webgl: { ms: 1, isEmulated: true } });
    const { engine, trials } = await open('auto');
    expect(engine.name).toBe('wasm');
    expect(trials.map(({ name }) => name)).toEqual(['wasm', 'webgpu', 'cpu']);
    expect(called('open')).toEqual(['wasm', 'webgpu', 'cpu', 'wasm']);
  });

  test('is remembered for a network and its minibatches, and made anew for others', async () => {
    const { open, reports } = await freshThread(WITHOUT_SIMD);
    const first = await open('auto');
    reports.length = 0;
    const second = await open('auto');
    expect([second.engine.name, second.trials, second.notes]).toEqual(['wasm', first.trials, []]);
    expect(reports).toEqual([]);
    await open('auto', network, { ...shape, batch: 5 });
    expect(reports).toHaveLength(5);
    await open('auto', larger);
    expect(reports).toHaveLength(10);
  });

  test('leaves out an engine that cannot be downloaded, cannot be started, or breaks in its trial', async () => {
    const { open, set, EngineError } = await freshThread(WITHOUT_SIMD);
    offline.add('wasm');
    set('webgl', { unavailable: new EngineError('WebGL is switched off.') });
    set('webgpu', { breaks: new EngineError('The device was lost.') });
    const { engine, trials } = await open('auto');
    expect(engine.name).toBe('cpu');
    expect(trials).toEqual([{ name: 'cpu', stepsPerSecond: 25 }]);
    expect(alive).toBe(1);
  });

  test('of no engine at all is an error with every reason', async () => {
    const { open, set, EngineError } = await freshThread({ ...WITHOUT_SIMD, webgpu: { computesZeros: true } });
    offline.add('wasm');
    set('webgl', { unavailable: new EngineError('WebGL is switched off.') });
    set('cpu', { breaks: new EngineError('The processor is on holiday.') });
    const error = await open('auto').catch((thrown) => thrown);
    expect(error).toBeInstanceOf(EngineError);
    expect(error.message).toBe(
      'No engine could be started. The engine “SIMD kernels” failed on this machine: no vectors. The engine “WebAssembly” could not be downloaded. WebGL is switched off. ' +
        'The engine “WebGPU” computes wrong gradients on this machine, and is not used. The processor is on holiday.',
    );
    set('webgl');
    expect((await open('auto')).engine.name).toBe('webgl');
  });

  test.for(['unavailable', 'breaks'] as const)('leaves out an engine that fails in any other way: %s', async (when) => {
    const { open } = await freshThread({
      ...WITHOUT_SIMD,
      webgpu: { [when]: new TypeError('the shader does not compile') },
    });
    const { engine, trials } = await open('auto');
    expect(engine.name).not.toBe('webgpu');
    expect(trials.map(({ name }) => name)).toEqual(['wasm', 'webgl', 'cpu']);
    expect(alive).toBe(1);
  });
});

describe('a backend that cannot be started', () => {
  const refusal = 'The engine “WebGPU” could not be started by this browser.';
  registerBackend('webgpu', () => Promise.reject<KernelBackend>(new Error('no device')), 0);

  async function failingBackend() {
    vi.spyOn(console, 'warn').mockReturnValue();
    const { startBackend } = await import('./tfjs/host.ts');
    await startBackend('cpu');
    await expect(startBackend('webgpu')).rejects.toThrow(refusal);
    return startBackend;
  }

  test('says so, and another can be', async () => {
    const startBackend = await failingBackend();
    await startBackend('cpu');
    expect(getBackend()).toBe('cpu');
    await expect(startBackend('webgpu')).rejects.toThrow(refusal);
  });

  // tfjs calls what failed its backend all the same.
  test('says so twice', async () => {
    const startBackend = await failingBackend();
    await expect(startBackend('webgpu')).rejects.toThrow(refusal);
  });
});
