import type { CaseName } from './cases.ts';
import type { ContenderName, Runner, Timing } from './contenders.ts';
import type { Options } from './options.ts';

/** What one contender did with one network at one minibatch size. */
export interface Measurement {
  readonly contender: ContenderName;
  readonly network: CaseName;
  readonly batch: number;
  /** Why it does not take part, as a sentence. */
  refused?: string;
  isEmulated: boolean;
  /** One of each round. */
  readonly timings: Timing[];
}

/** How long a contender may be silent before it is given up, in seconds, beyond the window that it was asked for. */
const PATIENCE = 90;

export const stepsPerSecond = ({ timings }: Measurement): number[] =>
  timings.map(({ steps, seconds }) => steps / seconds);

/** Opens every network with every contender. Those that refuse stay in the list, with the reason. */
export async function openAll(
  { batches, networks }: Options,
  runners: ReadonlyMap<ContenderName, Runner | { readonly refused: string }>,
  report: (what: string) => void,
): Promise<Measurement[]> {
  const all: Measurement[] = [];
  for (const [contender, runner] of runners) {
    const begin = performance.now();
    for (const batch of batches) {
      for (const network of networks) {
        const one: Measurement = { contender, network, batch, isEmulated: false, timings: [] };
        all.push(one);
        if ('refused' in runner) one.refused = runner.refused;
        else if (isGivenUp(all, contender)) one.refused = SILENT;
        else await attempt(one, runner, 0, async () => Object.assign(one, await runner.open(network, batch)));
      }
    }
    report(`${contender}: ready after ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  }
  return all;
}

/** One window for everybody who takes part, one after another, network by network. */
export async function playRound(
  { window, batches, networks }: Options,
  runners: ReadonlyMap<ContenderName, Runner | { readonly refused: string }>,
  all: readonly Measurement[],
): Promise<void> {
  for (const batch of batches) {
    for (const network of networks) {
      for (const one of all.filter((other) => other.batch === batch && other.network === network)) {
        const runner = runners.get(one.contender)!;
        if (one.refused || 'refused' in runner) continue;
        if (isGivenUp(all, one.contender)) one.refused = SILENT;
        else await attempt(one, runner, window, async () => one.timings.push(await runner.run(network, batch, window)));
      }
    }
  }
}

const SILENT = 'It stopped answering.';
const isGivenUp = (all: readonly Measurement[], contender: ContenderName): boolean =>
  all.some((one) => one.contender === contender && one.refused === SILENT);

/** What fails is a reason. What does not answer is ended, as it would slow down all others. */
async function attempt(one: Measurement, runner: Runner, seconds: number, action: () => Promise<unknown>) {
  let timer: NodeJS.Timeout;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(SILENT)), 1000 * (seconds + PATIENCE));
  });
  try {
    await Promise.race([action(), silence]);
  } catch (error) {
    one.refused = (error as Error).message;
    if (one.refused === SILENT) await runner.close();
  } finally {
    clearTimeout(timer!);
  }
}
