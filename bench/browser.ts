import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { findChromium } from '../tools/chromium.ts';
import type { CaseName } from './cases.ts';
import type { ContenderName, Opening, Runner } from './contenders.ts';
import type { page as benchPage } from './page/page.ts';
import type { Product } from './page/products.ts';

type PageContender = Exclude<ContenderName, 'pytorch'>;
declare const page: typeof benchPage;

/** A headless Chromium with the page of the benchmark. */
export interface Browser {
  readonly version: string;
  runner(name: PageContender): Runner;
  /** GFLOP/s. */
  limit(): Promise<number>;
  /** Seconds that a whole run spends on losses of whole splits. */
  evaluations(): Promise<number>;
  products(batch: number): Promise<Product[]>;
  close(): Promise<void>;
}

/** Bundles the page as the site is bundled, serves it, and opens it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath)
    throw new Error('There is no Chromium. Install Chromium or Chrome, or set CHROMIUM_PATH to one.');
  const root = fileURLToPath(new URL('page', import.meta.url));
  const outDir = mkdtempSync(join(tmpdir(), 'bench-'));
  const shared = { configFile: false, logLevel: 'error', root } as const;
  await build({
    ...shared,
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, rolldownOptions: { input: `${root}/bench.html` } },
    worker: { format: 'es' },
  });
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0 } });
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--enable-unsafe-webgpu', // Without a graphics card, Chromium offers WebGPU only when told to.
    ],
  });
  const tab = await browser.newPage();
  await tab.goto(`${server.resolvedUrls!.local[0]}bench.html`);
  await tab.waitForFunction(() => 'page' in globalThis);

  return {
    version: browser.version(),
    runner: (contender) => ({
      open: (network, batch) =>
        tab.evaluate(async ([name, network, batch]): Promise<Opening> => page.worker(name).open(name, network, batch), [
          contender,
          network as CaseName,
          batch,
        ] as const),
      run: (network, batch, seconds) =>
        tab.evaluate(([name, network, batch, seconds]) => page.worker(name).run(network, batch, seconds), [
          contender,
          network as CaseName,
          batch,
          seconds,
        ] as const),
      close: () => tab.evaluate((name) => page.end(name), contender),
    }),
    evaluations: () => tab.evaluate(() => page.worker('simd').evaluations()),
    limit: () => tab.evaluate(() => page.worker('kernels').limit()),
    products: (batch) => tab.evaluate((batch) => page.worker('kernels').products(batch), batch),
    async close() {
      await browser.close();
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
