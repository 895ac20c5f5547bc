/**
 * `npm run lighthouse`: measures the front page, the list of posts and every post, as a telephone and as a desktop, and writes
 * docs/lighthouse.md. `-- --runs N` for another number of runs than three, `-- --pages /blog.html` for some pages, which are
 * printed and not written.
 */
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';
import { table } from '../bench/markdown.ts';
import { findChromium } from './chromium.ts';
import { serverOf } from './serve.ts';
import { postAddresses } from './sharing/built-site.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, pages: { type: 'string', multiple: true } },
});
const RUNS = Number(values.runs);
const PAGES = values.pages ?? ['/', '/blog.html', ...postAddresses()];
const DEVICES = ['telephone', 'desktop'] as const;
type Device = (typeof DEVICES)[number];

interface Measured {
  readonly page: string;
  readonly device: Device;
  /** From 0 to 100. */
  readonly scores: Readonly<Record<'performance' | 'accessibility' | 'best-practices' | 'seo', number>>;
  /** Largest contentful paint, in ms. */
  readonly lcp: number;
  /** Cumulative layout shift. */
  readonly cls: number;
  /** Total blocking time, in ms. */
  readonly tbt: number;
  /** What costs points, with its score. */
  readonly lacking: readonly string[];
}

/** On a busy machine Lighthouse can miss the beginning of a page, and asks to be run again. */
const ATTEMPTS = 3;

async function measure(url: string, page: string, device: Device, port: number, attempt = 1): Promise<Measured> {
  const result = await lighthouse(
    url,
    {
      port,
      output: 'json',
      logLevel: 'error',
      onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'],
    },
    device === 'desktop' ? desktopConfig : undefined,
  );
  if (!result) throw new Error(`Lighthouse gave no result for ${page}.`);
  const { categories, audits, runtimeError } = result.lhr;
  if (runtimeError && attempt < ATTEMPTS) {
    console.log(`${device} ${page} once more: ${runtimeError.code}`);
    return measure(url, page, device, port, attempt + 1);
  }
  if (runtimeError) throw new Error(`${page}: ${runtimeError.message}`);
  const score = (id: string) => Math.round(100 * (categories[id]!.score ?? 0));
  const value = (id: string) => audits[id]!.numericValue ?? Number.NaN;
  const lacking = Object.values(categories).flatMap(({ auditRefs }) =>
    auditRefs
      .filter(({ id, weight }) => weight > 0 && (audits[id]!.score ?? 1) < 1)
      .map(({ id }) => `${audits[id]!.title} (${audits[id]!.score!.toFixed(2)})`),
  );
  return {
    page,
    device,
    scores: {
      performance: score('performance'),
      accessibility: score('accessibility'),
      'best-practices': score('best-practices'),
      seo: score('seo'),
    },
    lcp: value('largest-contentful-paint'),
    cls: value('cumulative-layout-shift'),
    tbt: value('total-blocking-time'),
    lacking,
  };
}

/** The run in the middle, by its performance. */
const middle = (runs: readonly Measured[]): Measured =>
  runs.toSorted((a, b) => a.scores.performance - b.scores.performance)[Math.floor((runs.length - 1) / 2)]!;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const load = (averages: readonly number[]): string => averages.map((average) => average.toFixed(1)).join(', ');

function tableOf(device: Device, all: readonly (readonly Measured[])[]): string {
  const rows = all
    .filter(([first]) => first!.device === device)
    .map((runs) => {
      const { page, scores, lcp, cls, tbt } = middle(runs);
      const spread = runs.map(({ scores }) => scores.performance).sort((a, b) => a - b);
      // Of what does not depend on the machine, the worst run counts.
      const worst = (id: keyof Measured['scores']) => String(Math.min(...runs.map(({ scores }) => scores[id])));
      return [
        `\`${page}\``,
        `${scores.performance} (${spread[0]} to ${spread.at(-1)})`,
        worst('accessibility'),
        worst('best-practices'),
        worst('seo'),
        seconds(lcp),
        cls.toFixed(3),
        `${Math.round(tbt)} ms`,
      ];
    });
  return table(['page', 'Performance', 'Accessibility', 'Best Practices', 'SEO', 'LCP', 'CLS', 'TBT'], rows);
}

const server = serverOf('dist');
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const chromium = findChromium();
const browser = await launch({
  ...(chromium && { chromePath: chromium }),
  chromeFlags: ['--headless=new', '--no-sandbox'],
});
const { Browser: version } = (await (await fetch(`http://127.0.0.1:${browser.port}/json/version`)).json()) as {
  Browser: string;
};
const before = loadavg();
const measured: Measured[][] = [];
try {
  for (const device of DEVICES)
    for (const page of PAGES) {
      const runs: Measured[] = [];
      for (let run = 0; run < RUNS; run += 1) runs.push(await measure(address + page, page, device, browser.port));
      measured.push(runs);
      const { scores, lacking } = middle(runs);
      console.log(`${device} ${page}: ${Object.values(scores).join(' ')} ${lacking.join('; ')}`);
    }
} finally {
  browser.kill();
  server.close();
  server.closeAllConnections();
}

const lacking = new Map<string, Set<string>>();
for (const run of measured.flat())
  for (const what of run.lacking) {
    const title = what.replace(/ \([\d.]+\)$/, '');
    lacking.set(title, (lacking.get(title) ?? new Set()).add(`\`${run.page}\` on a ${run.device}`));
  }

const report = `# Lighthouse

Written by \`npm run lighthouse\` on ${new Date().toISOString().slice(0, 10)}; no line is typed by hand.

- Lighthouse ${(await import('lighthouse/package.json', { with: { type: 'json' } })).default.version}, ${version}, headless, without a GPU. The site comes from this machine, as \`tools/serve.ts\` sends it: with its headers and compressed, over HTTP/1.1.
- ${cpus()[0]!.model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB. Load average ${load(before)} before and ${load(loadavg())} after, over 1, 5 and 15 minutes: above ${cpus().length}, the machine was busy with other work, and Performance, LCP and TBT are worse than on a quiet one.
- The telephone is Lighthouse’s: its processor slowed down by four, its network simulated with 1.6 Mbit/s and 150 ms. The desktop has 10 Mbit/s and 40 ms.
- ${RUNS === 1 ? 'One run' : `${RUNS} runs`} of each page. Performance is that of the run in the middle, with the lowest and the highest in parentheses, and LCP (largest contentful paint), CLS (layout shift) and TBT (blocking time) are of the same run. Of the other three categories the worst run is given.

## Telephone

${tableOf('telephone', measured)}

## Desktop

${tableOf('desktop', measured)}

## What costs points

${[...lacking].map(([title, where]) => `- ${title}: ${[...where].join(', ')}.`).join('\n') || 'Nothing.'}
`;
if (values.pages) console.log(report);
else writeFileSync('docs/lighthouse.md', report);
