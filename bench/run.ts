/**
 * `npm run bench`: how fast the project’s kernels train, side by side with everything that could stand in their place.
 * `npm run bench -- --rounds 1 --window 0.2` is a short look; bench/options.ts has all options.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from './browser.ts';
import { FULL_RUN } from './cases.ts';
import { CONTENDERS, type ContenderName, type Runner } from './contenders.ts';
import { openAll, playRound } from './measure.ts';
import { OptionError, readOptions, USAGE } from './options.ts';
import type { Product } from './page/products.ts';
import { type Results, writeReport } from './report.ts';
import { openTorch } from './torch.ts';
import { playWholeRuns } from './whole-run.ts';

function optionsOrUsage() {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    process.exit(1);
  }
}

/** Seconds of the windows that predict the whole run. */
const LONG_WINDOW = 2;

const options = optionsOrUsage();
const loadBefore = loadavg();
const begun = performance.now();
const say = (what: string) => console.log(`${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s  ${what}`);

const wantsTorch = options.contenders.includes('pytorch');
const torch = wantsTorch ? await openTorch() : { refused: 'It was not asked for.' };
if (wantsTorch && 'refused' in torch) say(`${CONTENDERS.pytorch} is left out: ${torch.refused}`);
const browser = await openBrowser();
try {
  const runners = new Map<ContenderName, Runner | { readonly refused: string }>();
  for (const name of options.contenders)
    runners.set(name, name !== 'pytorch' ? browser.runner(name) : 'refused' in torch ? torch : torch.runner);
  const measurements = await openAll(options, runners, say);

  const limits: number[] = [];
  const products = options.batches.map((batch) => ({ batch, rounds: [] as Product[][] }));
  for (let round = 1; round <= options.rounds; round++) {
    limits.push(await browser.limit());
    for (const { batch, rounds } of products) rounds.push(await browser.products(batch));
    await playRound(options, runners, measurements);
    say(`round ${round} of ${options.rounds}`);
  }
  const predict = async () => {
    const { steps, seconds } = await browser.runner('simd').run('mlp', 32, LONG_WINDOW);
    return (FULL_RUN * seconds) / steps + (await browser.evaluations());
  };
  const isReady = measurements.some(
    (one) => `${one.contender} ${one.network} ${one.batch}` === 'simd mlp 32' && !one.refused,
  );
  const wholeRuns = isReady
    ? await playWholeRuns(predict).catch((error: Error) => ({ refused: error.message }))
    : { refused: 'It belongs to the MLP on simd with minibatches of 32, which did not take part.' };
  say('refused' in wholeRuns ? `the whole run is left out: ${wholeRuns.refused}` : 'the whole run in the page');

  const results: Results = {
    date: new Date().toISOString().slice(0, 10),
    ...options,
    machine: {
      processor: cpus()[0]!.model,
      cores: cpus().length,
      browser: browser.version,
      node: process.versions.node,
      torch: 'refused' in torch ? `left out. ${torch.refused}` : `${torch.version}, ${torch.capability}, one thread.`,
      loadBefore,
      loadAfter: loadavg(),
    },
    measurements,
    limits,
    products,
    wholeRuns,
  };
  mkdirSync(options.to, { recursive: true });
  const report = writeReport(results);
  writeFileSync(join(options.to, 'RESULTS.md'), report);
  writeFileSync(join(options.to, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\n${report}`);
} finally {
  if (!('refused' in torch)) await torch.runner.close();
  await browser.close();
}
