import { CASES, type CaseName, FULL_RUN, operationsOfStep } from './cases.ts';
import { CONTENDERS, type ContenderName, LEAD_IN_SECONDS, REMARKS } from './contenders.ts';
import { number, percent, table } from './markdown.ts';
import { type Measurement, stepsPerSecond } from './measure.ts';
import { KINDS } from './page/kinds.ts';
import type { Product } from './page/products.ts';
import { ratios, summarize } from './statistics.ts';
import type { WholeRun } from './whole-run.ts';

/** Everything that a run of the benchmark found. */
export interface Results {
  readonly date: string;
  readonly rounds: number;
  readonly window: number;
  readonly networks: readonly CaseName[];
  readonly batches: readonly number[];
  readonly contenders: readonly ContenderName[];
  readonly machine: {
    readonly processor: string;
    readonly cores: number;
    readonly browser: string;
    readonly node: string;
    readonly torch: string;
    readonly loadBefore: readonly number[];
    readonly loadAfter: readonly number[];
  };
  readonly measurements: readonly Measurement[];
  /** GFLOP/s, one of each round. */
  readonly limits: readonly number[];
  readonly wholeRuns: readonly WholeRun[] | { readonly refused: string };
  /** By minibatch size, one list of each round. */
  readonly products: readonly { readonly batch: number; readonly rounds: readonly (readonly Product[])[] }[];
}

export const writeReport = (results: Results): string =>
  `${[
    '# Steps of training per second',
    'Written by `npm run bench`; every number of the run is in results.json.',
    conditions(results),
    ...results.batches.map((batch) => speeds(results, batch)),
    remarks(results),
    refusals(results),
    comparisons(results),
    ...limit(results),
    ...products(results),
    fullRun(results),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;

function conditions({ date, rounds, window, machine }: Results): string {
  const load = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(' ');
  return [
    `- ${date}: ${rounds === 1 ? 'one round' : `${rounds} rounds`}. In each, every contender got one window of ${window} s on each network, one after another, after ${LEAD_IN_SECONDS} s of untimed steps (none where a single step takes longer).`,
    `- ${machine.processor}, ${machine.cores} cores. Load average ${load(machine.loadBefore)} before and ${load(machine.loadAfter)} after.`,
    `- Chromium ${machine.browser}, headless, each contender in a worker of its own; Node ${machine.node}.`,
    `- PyTorch: ${machine.torch}`,
    '- A step draws a minibatch of the training split, goes forward and backward, and updates. In the page, the losses of the first steps were compared with those of the project’s kernels before anything was timed.',
  ].join('\n');
}

const find = ({ measurements }: Results, contender: ContenderName, network: CaseName, batch: number) =>
  measurements.find((one) => one.contender === contender && one.network === network && one.batch === batch);

const titles = ({ networks }: Results): string[] => networks.map((name) => CASES[name].title);

/** A row for each contender, a column for each network. */
function grid(
  results: Results,
  batch: number,
  contenders: readonly ContenderName[],
  cell: (one: Measurement) => string,
): string {
  const rows = contenders.map((contender) => {
    const row = results.networks.map((network) => find(results, contender, network, batch));
    const emulated = row.some((one) => one?.isEmulated) ? ', in software' : '';
    return [`${CONTENDERS[contender]}${emulated}`, ...row.map((one) => (one && !one.refused ? cell(one) : '–'))];
  });
  return table(['', ...titles(results)], rows);
}

const spread = (values: readonly number[], unit = ''): string => {
  const { median, min, max } = summarize(values);
  return `${number(median)}${unit} (${number(min)}–${number(max)})`;
};

const speeds = (results: Results, batch: number): string =>
  `## Minibatches of ${batch}

Steps per second: the median of the rounds, and the slowest and the fastest.

${grid(results, batch, results.contenders, (one) => spread(stepsPerSecond(one)))}`;

function remarks({ contenders }: Results): string {
  const lines = contenders.flatMap((name) => (REMARKS[name] ? [`- ${CONTENDERS[name]}: ${REMARKS[name]}`] : []));
  return lines.length > 0 ? `Who is who:\n\n${lines.join('\n')}` : '';
}

/** What a dash in the tables stands for. */
function refusals({ measurements, contenders, batches }: Results): string {
  const lines = contenders.flatMap((contender) => {
    const refused = measurements.filter((one) => one.contender === contender && one.refused);
    const reasons = [...new Set(refused.map((one) => one.refused!))];
    return reasons.map((reason) => {
      const networks = new Set(refused.filter((one) => one.refused === reason).map(({ network }) => network));
      const where = [...networks].map((network) => {
        const at = refused.filter((one) => one.network === network && one.refused === reason).map(({ batch }) => batch);
        return at.length === batches.length ? CASES[network].title : `${CASES[network].title} at ${at.join(', ')}`;
      });
      return `- ${CONTENDERS[contender]}: ${where.join('; ')}. ${reason}`;
    });
  });
  return lines.length > 0 ? `What a dash stands for:\n\n${lines.join('\n')}` : '';
}

function comparisons(results: Results): string {
  const against = (['pytorch', 'wasm'] as const).filter((name) => results.contenders.includes(name));
  if (!results.contenders.includes('simd') || against.length === 0) return '';
  const rows = results.batches.flatMap((batch) =>
    against.map((contender) => [
      `over ${CONTENDERS[contender]}, ${batch}`,
      ...results.networks.map((network) => {
        const [ours, theirs] = [find(results, 'simd', network, batch)!, find(results, contender, network, batch)!];
        if (ours.refused || theirs.refused) return '–';
        return spread(ratios(stepsPerSecond(ours), stepsPerSecond(theirs)), '×');
      }),
    ]),
  );
  return `## This project’s kernels against two others

How many times as many steps, round by round: the median, and the least and the most.

${table(['', ...titles(results)], rows)}`;
}

function limit(results: Results): string[] {
  const { max } = summarize(results.limits);
  const share = (one: Measurement) => {
    const operations = operationsOfStep(CASES[one.network], one.batch);
    return percent((summarize(stepsPerSecond(one)).median * operations) / (max * 1e9));
  };
  return [
    `## The processor’s limit in WebAssembly

Multiplications and additions of vectors that do not wait for each other, on one core, in separate instructions or in one, whichever is faster: **${number(max)} GFLOP/s**, the best of the rounds.

What share of it a contender’s steps are, by their matrix products: 2 m k n operations for each linear layer forward, by its weight and by its input, the first one after the embedding included. What is done number by number (tanh, normalization, softmax, the update) and the embedding take time and are not counted. PyTorch’s vectors are not WebAssembly’s: the limit is not its own.`,
    ...results.batches.map((batch) => `Minibatches of ${batch}:\n\n${grid(results, batch, results.contenders, share)}`),
  ];
}

/** The best of the rounds: a kernel is what it does undisturbed. */
function products({ products }: Results): string[] {
  const best = products.map(({ batch, rounds }) => ({
    batch,
    found: rounds[0]!.map((product, i) => ({
      ...product,
      gflops: Math.max(...rounds.map((round) => round[i]!.gflops)),
    })),
  }));
  const fastest = Math.max(...best.flatMap(({ found }) => found.map(({ gflops }) => gflops)));
  return [
    `## The matrix products of the WaveNet

The kernels called directly, in GFLOP/s, the best of the rounds, and each as a share of the fastest of all, ${number(fastest)} GFLOP/s. By the input, the weight is transposed first, and that takes its time here too.`,
    ...best.map(({ batch, found }) => {
      const shapes = [...new Set(found.map(({ m, k, n }) => `(${m}, ${k}) × (${k}, ${n})`))];
      const rows = shapes.map((shape) => [
        shape,
        ...KINDS.map((kind) => {
          const one = found.find(
            (product) =>
              product.kind === kind && shape === `(${product.m}, ${product.k}) × (${product.k}, ${product.n})`,
          )!;
          return `${number(one.gflops)} (${percent(one.gflops / fastest)})`;
        }),
      ]);
      return `Minibatches of ${batch}:\n\n${table(['', ...KINDS], rows)}`;
    }),
  ];
}

function fullRun({ wholeRuns }: Results): string {
  const title = `## The whole run in the page`;
  if ('refused' in wholeRuns) return `${title}\n\nIt was not measured. ${wholeRuns.refused}`;
  const rows = wholeRuns.map(({ predicted, seconds, devLoss }) => [
    `${number(predicted)} s`,
    `${number(seconds)} s`,
    percent(seconds / predicted),
    devLoss.toFixed(4),
  ]);
  return `${title}

${FULL_RUN.toLocaleString('en-US')} steps of the MLP with minibatches of 32, from the press of Play in the figure of the built site to the end, with its start, its drawing and its losses of whole splits. What is predicted is the time of the steps, at the speed of the windows before and after, and of these losses.

${table(['predicted', 'in the page', 'of the prediction', 'dev loss'], rows)}`;
}
