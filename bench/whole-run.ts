import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from '@playwright/test';
import { findChromium } from '../tools/chromium.ts';

const PORT = 4377;
const ADDRESS = `http://localhost:${PORT}/blog/MLPLanguageModel.html?mlp-training.engine=simd`;
const MINUTE = 60_000;

/** One whole run, in seconds: as the windows before and after it predict it, and as it was. */
export interface WholeRun {
  readonly predicted: number;
  readonly seconds: number;
  readonly devLoss: number;
}

const REPEATS = 3;

/**
 * Presses Play in the page that readers get, some times, between two windows of the benchmark each: a machine’s speed is
 * not the same from one minute to the next.
 * @param predict seconds, from a window that begins now.
 * @returns why that cannot be done, where it cannot.
 */
export async function playWholeRuns(
  predict: () => Promise<number>,
): Promise<readonly WholeRun[] | { readonly refused: string }> {
  if (!existsSync('dist')) return { refused: 'The site is not built; npm run build does it.' };
  const server = spawn('astro', ['preview', '--port', String(PORT), '--ignore-lock'], { stdio: 'ignore' });
  server.on('error', () => {}); // It does not answer then.
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ executablePath: findChromium()!, args: ['--no-sandbox'] });
    await answers(ADDRESS);
    const runs: WholeRun[] = [];
    let before = await predict();
    for (let i = 0; i < REPEATS; i++) {
      const run = await play(browser);
      const after = await predict();
      runs.push({ ...run, predicted: (before + after) / 2 });
      before = after;
    }
    return runs;
  } finally {
    await browser?.close();
    server.kill();
  }
}

/** From the press of Play to the end. */
async function play(browser: Browser): Promise<Omit<WholeRun, 'predicted'>> {
  const page = await browser.newPage();
  await page.goto(ADDRESS);
  const figure = page.locator('[data-widget="mlp-training"]');
  await figure.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => !document.querySelector('astro-island[ssr][component-export="MlpTraining"]'));
  const begin = performance.now();
  await figure.getByRole('button', { name: 'Play' }).click();
  await page.waitForSelector('[data-widget="mlp-training"][data-state="done"]', { timeout: 10 * MINUTE });
  const seconds = (performance.now() - begin) / 1000;
  const devLoss = Number(await figure.getAttribute('data-dev-loss'));
  await page.close();
  return { seconds, devLoss };
}

async function answers(address: string): Promise<void> {
  for (const begin = performance.now(); performance.now() - begin < MINUTE / 2; ) {
    if ((await fetch(address).catch(() => undefined))?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`astro preview does not answer at ${address}.`);
}
