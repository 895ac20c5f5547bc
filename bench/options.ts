import { parseArgs } from 'node:util';
import { CASE_NAMES, type CaseName } from './cases.ts';
import { CONTENDER_NAMES, type ContenderName } from './contenders.ts';

/** What a run of the benchmark is told on its command line. */
export interface Options {
  readonly rounds: number;
  /** Seconds of each window. */
  readonly window: number;
  readonly networks: readonly CaseName[];
  readonly batches: readonly number[];
  readonly contenders: readonly ContenderName[];
  /** The folder that gets RESULTS.md and results.json. */
  readonly to: string;
}

/** A command line that says something impossible, as a sentence. */
export class OptionError extends Error {}

export const USAGE = `npm run bench -- [options]
  --rounds N           how many windows each contender gets on each network (5)
  --window SECONDS     how long one is (0.5)
  --networks A,B       of ${CASE_NAMES.join(', ')} (all)
  --batches A,B        minibatch sizes (32,512)
  --contenders A,B     of ${CONTENDER_NAMES.join(', ')} (all)
  --to FOLDER          where RESULTS.md and results.json go (bench)`;

/** @throws OptionError */
export function readOptions(args: readonly string[]): Options {
  const given = parse(args);
  return {
    rounds: wholeNumber('--rounds', given.rounds, 1, 1000),
    window: seconds(given.window),
    networks: choose('--networks', given.networks, CASE_NAMES),
    batches: list(given.batches).map((one) => wholeNumber('--batches', one, 2, 4096)),
    contenders: choose('--contenders', given.contenders, CONTENDER_NAMES),
    to: given.to,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        rounds: { type: 'string', default: '5' },
        window: { type: 'string', default: '0.5' },
        networks: { type: 'string', default: CASE_NAMES.join() },
        batches: { type: 'string', default: '32,512' },
        contenders: { type: 'string', default: CONTENDER_NAMES.join() },
        to: { type: 'string', default: 'bench' },
      },
    }).values;
  } catch (error) {
    throw new OptionError((error as Error).message);
  }
}

const list = (text: string): string[] => [...new Set(text.split(',').map((one) => one.trim()))];

function choose<T extends string>(option: string, text: string, known: readonly T[]): T[] {
  const asked = list(text);
  const unknown = asked.filter((one) => !(known as readonly string[]).includes(one));
  if (unknown.length > 0)
    throw new OptionError(`${option}: there is no “${unknown.join('”, “')}”. There are ${known.join(', ')}.`);
  return known.filter((one) => asked.includes(one));
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number >= least && number <= most) return number;
  throw new OptionError(`${option}: “${text}” is no whole number from ${least} to ${most}.`);
}

function seconds(text: string): number {
  const number = Number(text);
  if (number >= 0.05 && number <= 60) return number;
  throw new OptionError(`--window: “${text}” is no number of seconds from 0.05 to 60.`);
}
