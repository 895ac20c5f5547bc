import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findChromium } from '../tools/chromium.ts';

const PORT = 4377;
const ADDRESS = `http://localhost:${PORT}/blog/MLPLanguageModel.html?mlp-training.engine=simd`;
const MINUTE = 60_000;

/** How long the figure of the built site takes for its whole run, evaluations and drawing included. */
export interface WholeRun {
  readonly steps: number;
  readonly seconds: number;
  readonly devLoss: number;
}

/** Presses Play in the page that readers get. @returns why that cannot be done, where it cannot. */
export async function playWholeRun(): Promise<WholeRun | { readonly refused: string }> {
  if (!existsSync('dist')) return { refused: 'The site is not built; npm run build does it.' };
  const server = spawn('astro', ['preview', '--port', String(PORT), '--ignore-lock'], { stdio: 'ignore' });
  const browser = await chromium.launch({ executablePath: findChromium()!, args: ['--no-sandbox'] });
  try {
    await answers(ADDRESS);
    const page = await browser.newPage();
    await page.goto(ADDRESS);
    const figure = page.locator('[data-widget="mlp-training"]');
    await figure.scrollIntoViewIfNeeded();
    await page.waitForFunction(() => !document.querySelector('astro-island[ssr][component-export="MlpTraining"]'));
    const begin = performance.now();
    await figure.getByRole('button', { name: 'Play' }).click();
    await page.waitForSelector('[data-widget="mlp-training"][data-state="done"]', { timeout: 10 * MINUTE });
    const seconds = (performance.now() - begin) / 1000;
    const [steps, devLoss] = await Promise.all(['data-step', 'data-dev-loss'].map((name) => figure.getAttribute(name)));
    return { steps: Number(steps), seconds, devLoss: Number(devLoss) };
  } finally {
    await browser.close();
    server.kill();
  }
}

async function answers(address: string): Promise<void> {
  for (const begin = performance.now(); performance.now() - begin < MINUTE / 2; ) {
    if (await fetch(address).catch(() => undefined)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`astro preview does not answer at ${address}.`);
}
