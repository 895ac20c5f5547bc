/**
 * `npm run bench:inside`: what it costs a run of the deep network to be looked into, with live histograms of its five layers,
 * ratios and running statistics. Both runs are played as in the page's worker, in turns, on the kernels that browsers take.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { batchNormOf, batchNormTable } from '../src/training/batchnorm/settings.ts';
import { startRun } from '../src/training/language-model/record.ts';
import type { LanguageModelRun, Watching } from '../src/training/language-model/run.ts';
import { Player } from '../src/training/player.ts';
import { defaultsOf } from '../src/training/settings.ts';
import { fusedHost } from '../tools/node-engine.ts';
import { shippedList } from '../tools/word-lists.ts';
import { number, percent, table } from './markdown.ts';
import { ratios, summarize } from './statistics.ts';

const ROUNDS = 5;
const WINDOW_MS = 5000;
/** How long a drawn frame stands, as in the figure. */
const FRAME_MS = 40;
/** Where the windows begin: from here to step 40,000 a run is evaluated every 1,000 steps, and its statistics are compared every 5,000. */
const FROM = 2000;

const { words } = shippedList('names');
const settings = { ...defaultsOf(batchNormTable), steps: 1_000_000, decay: 1_000_000 };

interface Side {
  readonly run: LanguageModelRun;
  readonly player: Player<unknown, unknown, unknown>;
  readonly speeds: number[];
}

async function open(watching: Watching | undefined): Promise<Side> {
  const { run } = await startRun({ settings, words, network: batchNormOf, open: fusedHost.open, watching });
  const player = new Player<unknown, unknown, unknown>(() => run as never);
  await player.load(undefined);
  await run.advance(FROM);
  return { run, player, speeds: [] };
}

/** Plays for a window; frames are copied, as on their way to the page, and the next is not sent before this one was drawn. */
async function play({ run, player, speeds }: Side): Promise<void> {
  const from = run.step;
  const begin = performance.now();
  setTimeout(() => player.pause(), WINDOW_MS);
  await player.play((frame) => {
    structuredClone(frame);
    return new Promise((resolve) => setTimeout(resolve, FRAME_MS));
  });
  speeds.push((1000 * (run.step - from)) / (performance.now() - begin));
}

const sides = { plain: await open(undefined), watched: await open('health') };
for (let round = 0; round < ROUNDS; round++) {
  // Each begins a round as often as the other.
  for (const name of round % 2 === 0 ? (['plain', 'watched'] as const) : (['watched', 'plain'] as const))
    await play(sides[name]);
}

const { plain, watched } = sides;
const shares = summarize(ratios(watched.speeds, plain.speeds));
const row = (name: string, speeds: readonly number[]) => {
  const { median, min, max } = summarize(speeds);
  return [name, number(median), `${number(min)} to ${number(max)}`];
};
const report = `# What it costs to look inside

Written by \`npm run bench:inside\` on ${new Date().toISOString().slice(0, 10)}, ${cpus()[0]!.model}, Node ${process.versions.node}: ${ROUNDS} rounds, ${WINDOW_MS / 1000} s each. The deep network with BatchNorm and minibatches of 32, played from step ${FROM.toLocaleString('en-US')} on, its evaluations included; a frame every ${FRAME_MS} ms.

${table(
  ['', 'steps a second', 'of the rounds'],
  [row('losses and samples', plain.speeds), row('and histograms, ratios, running statistics', watched.speeds)],
)}

Looked into, the run keeps ${percent(shares.median)} of its steps a second (${percent(shares.min)} to ${percent(shares.max)} in the single rounds).
`;
writeFileSync('bench/INSIDE.md', report);
console.log(report);
