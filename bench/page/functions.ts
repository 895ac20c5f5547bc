import names from '../../content/corpora/names.txt?raw';
import type { Minibatches, NetworkState } from '../../src/engines/engine.ts';
import { hostOf } from '../../src/engines/open.ts';
import { initialBuffers, initialize } from '../../src/networks/index.ts';
import { TorchGenerator } from '../../src/random/index.ts';
import { drawMinibatches, prepareData } from '../../src/training/language-model/data.ts';
import { evaluationInterval } from '../../src/training/language-model/run.ts';
import { CASES, type CaseName, FULL_RUN } from '../cases.ts';
import { type ContenderName, LEAD_IN_SECONDS, type Opening, type Timing } from '../contenders.ts';
import { FETCH } from './contenders.ts';
import { measureLimit } from './limit.ts';
import { measureProducts } from './products.ts';
import { type Contender, RATE, type Trainee } from './trainee.ts';

const SEED = 2147483647;
/** How long one call of `train` may take: as in a page, many minibatches a call. */
const SLICE_MS = 50;

/** How many losses of the dev split are timed. */
const EVALUATED = 20;

/** How often a run of so many steps takes the loss of the dev split. */
function evaluationsOf(steps: number): number {
  let count = 1; // before the first step
  for (let step = 1; step <= steps; step++) if (step === steps || step % evaluationInterval(step - 1) === 0) count++;
  return count;
}

/** A network being trained, and the minibatches that are drawn for it. */
interface Prepared {
  readonly trainee: Trainee;
  readonly draw: (steps: number) => Minibatches;
  /** How many steps a call takes, and how many milliseconds each of its last one took. */
  steps: number;
  each: number;
}

const words = names.trimEnd().split('\n');
const prepared = new Map<string, Prepared>();

/** Minibatches of the training split, drawn one after another. */
function drawer(block: number, batch: number): (steps: number) => Minibatches {
  const { train } = prepareData(words, block);
  const generator = new TorchGenerator(SEED);
  return (steps) => ({ ...drawMinibatches(train, generator, steps, batch), rates: new Float32Array(steps).fill(RATE) });
}

function initialState(name: CaseName): NetworkState {
  const { network } = CASES[name];
  return { parameters: initialize(network, new TorchGenerator(SEED)), buffers: initialBuffers(network) };
}

/** What is never timed before it was compared: the losses of the first steps. */
async function check({ agrees }: Contender, trainee: Trainee, name: CaseName, batch: number): Promise<void> {
  const { network, block } = CASES[name];
  const kernels = await (await hostOf('simd')).open(network, initialState(name));
  const draw = drawer(block, batch);
  for (let step = 0; step < agrees.steps; step++) {
    const one = draw(1);
    const [expected, got] = [(await kernels.train(one))[0]!, (await trainee.train(one))[0]!];
    if (!(Math.abs(got - expected) <= agrees.within))
      throw new Error(`At step ${step} its loss is ${got}, and ${expected} on this project’s kernels.`);
  }
  kernels.dispose();
}

async function train(one: Prepared, seconds: number): Promise<Timing> {
  const begin = performance.now();
  let steps = 0;
  let now = begin;
  while (now - begin < 1000 * seconds) {
    await one.trainee.train(one.draw(one.steps));
    steps += one.steps;
    one.each = (performance.now() - now) / one.steps;
    one.steps = Math.max(1, Math.min(2 * one.steps, Math.floor(SLICE_MS / one.each)));
    now = performance.now();
  }
  return { steps, seconds: (now - begin) / 1000 };
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What the worker of a contender does. */
export const bench = {
  async open(contender: Exclude<ContenderName, 'pytorch'>, name: CaseName, batch: number): Promise<Opening> {
    const { network, block } = CASES[name];
    try {
      const found = await FETCH[contender]();
      const trainee = await found.open(network, initialState(name), { batch, block });
      await check(found, trainee, name, batch);
      prepared.set(`${name} ${batch}`, { trainee, draw: drawer(block, batch), steps: 1, each: 0 });
      return { isEmulated: found.isEmulated };
    } catch (error) {
      return { refused: sentence(error) };
    }
  },

  async run(name: CaseName, batch: number, seconds: number): Promise<Timing> {
    const one = prepared.get(`${name} ${batch}`)!;
    if (one.each < 1000 * LEAD_IN_SECONDS) await train(one, LEAD_IN_SECONDS); // A step that long is its own lead-in.
    return train(one, seconds);
  },

  /** Seconds that the MLP’s whole run spends on the losses of its splits, on the kernels. */
  async evaluations(): Promise<number> {
    const engine = await (await hostOf('simd')).open(CASES.mlp.network, initialState('mlp'));
    const { train, dev, test } = prepareData(words, CASES.mlp.block);
    await engine.loss(dev);
    const begin = performance.now();
    for (let i = 0; i < EVALUATED; i++) await engine.loss(dev);
    const seconds = (performance.now() - begin) / EVALUATED / 1000;
    engine.dispose();
    return seconds * (evaluationsOf(FULL_RUN) + (train.count + test.count) / dev.count);
  },

  limit: measureLimit,
  products: measureProducts,
};

export type Bench = typeof bench;
