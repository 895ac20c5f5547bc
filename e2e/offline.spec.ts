// Without a network: the server of these tests is ended, and what was read once goes on.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { serverOf } from '../tools/serve.ts';
import { button, lossOf, MANUAL, MLP, WAVENET, widget } from './site.ts';

test.use({ serviceWorkers: 'allow' });

/** A site of a test’s own, which can be ended and come back at the same address. */
async function host(dist = 'dist', port = 0): Promise<{ address: string; end: () => Promise<void> }> {
  const server: Server = serverOf(dist);
  await new Promise<void>((resolve) => server.listen(port, resolve));
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}`,
    end: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const isKept = (page: Page) =>
  expect(page.locator('html')).toHaveAttribute('data-offline', 'kept', { timeout: 30_000 });

for (const [name, path, id, settings] of [
  ['the MLP', MLP, 'mlp-training', 'steps=40'],
  ['the backward pass, by hand and by TensorFlow.js', MANUAL, 'manual-training', 'steps=20'],
  ['the WaveNet', WAVENET, 'wavenet-training', 'steps=10'],
] as const) {
  test(`after one visit the page opens without a network, and trains ${name}`, async ({ page }) => {
    const site = await host();
    const problems: string[] = [];
    page.on('pageerror', ({ message }) => problems.push(message));
    await page.goto(site.address + path);
    await isKept(page);
    await site.end();

    await page.goto(`${site.address}${path}?${settings.replace(/^/, `${id}.`)}`);
    const figure = await widget(page, id);
    await expect(figure.locator('.refusal:visible')).toHaveCount(0);
    await button(figure, 'Play').click();
    await expect(figure).toHaveAttribute('data-state', 'done', { timeout: 45_000 });
    expect(await lossOf(figure)).toBeLessThan(30);
    await expect(figure.locator('.widget-failure')).toBeHidden();
    expect(problems).toEqual([]);
  });
}

test('a page that was not read says so without a network, and leads to those that were', async ({ page }) => {
  const site = await host();
  await page.goto(`${site.address}/blog/BigramLM.html`);
  await isKept(page);
  await site.end();
  await page.goto(`${site.address}/blog/BatchNorm.html`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/no network/i);
  const links = page.locator('main .posts a:visible');
  await expect(links).toHaveCount(1);
  await links.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bigram Language Model');
});

test('where a reader saves data, nothing is fetched ahead', async ({ page }) => {
  const site = await host();
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) }),
  );
  await page.goto(site.address + MLP);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForTimeout(1000);
  await expect(page.locator('html')).not.toHaveAttribute('data-offline');
  expect(await page.evaluate(async () => (await (await caches.open('hashed')).keys()).length)).toBe(0);
  await site.end();
});

test('a newer version is announced and never forced; the page that is open goes on meanwhile', async ({ page }) => {
  const dist = mkdtempSync(join(tmpdir(), 'site-'));
  try {
    cpSync('dist', dist, { recursive: true });
    let site = await host(dist);
    const port = Number(new URL(site.address).port);
    await page.goto(`${site.address}${MLP}?mlp-training.steps=40&mlp-training.engine=simd`);
    await isKept(page);
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
    await expect(page.locator('.newer-version')).toBeHidden();

    // A deployment: another worker, a page with another heading, and the old scripts are gone.
    await site.end();
    const worker = readFileSync(join(dist, 'service-worker.js'), 'utf8');
    for (const ending of ['.br', '.gz']) rmSync(join(dist, `service-worker.js${ending}`));
    writeFileSync(
      join(dist, 'service-worker.js'),
      worker.replace(/revision:\s*["`'][0-9a-f]{16}/, 'revision:"0123456789abcdef'),
    );
    for (const ending of ['.br', '.gz']) rmSync(join(dist, `blog/MLPLanguageModel.html${ending}`));
    const file = join(dist, 'blog/MLPLanguageModel.html');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/(<h1[^>]*>)[^<]*/, '$1The renewed page'));
    rmSync(join(dist, '_astro'), { recursive: true });
    cpSync('dist/_astro', join(dist, '_astro'), {
      recursive: true,
      filter: (path) => !/client|engine\.worker|browser-host/.test(path),
    });
    site = await host(dist, port);

    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await expect(page.locator('.newer-version')).toBeVisible();
    const figure = await widget(page, 'mlp-training');
    await button(figure, 'Play').click();
    await expect(figure).toHaveAttribute('data-state', 'done', { timeout: 30_000 });
    expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true);

    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The renewed page');
    await expect(page.locator('.newer-version')).toBeHidden();
    await site.end();
  } finally {
    rmSync(dist, { recursive: true });
  }
});
