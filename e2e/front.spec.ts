import { expect, test } from '@playwright/test';
import { trainedIn } from '../content/figures/front.ts';
import recorded from '../content/runs/wavenet-stopped.json' with { type: 'json' };
import { POSTS } from './site.ts';

test('the front page is one screen: what the series is, names, and the six posts', async ({ page }) => {
  await page.goto('/');
  for (const word of recorded.samples) await expect(page.locator('.trained-names')).toContainText(word);
  const rows = page.locator('.post-table tbody tr');
  await expect(rows).toHaveCount(6);
  for (const [i, post] of POSTS.entries()) {
    await expect(rows.nth(i).getByRole('link')).toHaveAttribute('href', `/blog/${post}.html`);
    await expect(rows.nth(i)).toContainText(trainedIn[post]!.parameters.toLocaleString('en-US'));
  }
  const bottom = await rows.last().evaluate((row) => row.getBoundingClientRect().bottom);
  expect(bottom).toBeLessThanOrEqual(900);
});

test('names are drawn from the trained network, others with each press', async ({ page, context }) => {
  const addresses: string[] = [];
  context.on('request', (request) => addresses.push(request.url()));
  await page.goto('/');
  const names = page.locator('.trained-names li');
  const draw = page.getByRole('button', { name: 'Draw others' });
  await expect(page.locator('astro-island[ssr]')).toHaveCount(0);
  expect(addresses.filter((address) => /safetensors|wasm/.test(address))).toEqual([]);
  const seen = new Set([(await names.allTextContents()).join()]);
  for (let i = 0; i < 3; i++) {
    const before = (await names.allTextContents()).join();
    await draw.click();
    await expect.poll(async () => (await names.allTextContents()).join()).not.toBe(before);
    seen.add((await names.allTextContents()).join());
  }
  expect(seen.size).toBe(4);
});

test('weights that cannot be fetched are a sentence, the names stay, and the button works again', async ({
  page,
  context,
}) => {
  await context.route('**/*.safetensors', (route) => route.abort());
  await page.goto('/');
  await expect(page.locator('astro-island[ssr]')).toHaveCount(0);
  const draw = page.getByRole('button', { name: 'Draw others' });
  await draw.click();
  await expect(page.locator('.trained-names [role="status"]')).toContainText('could not be downloaded');
  for (const word of recorded.samples) await expect(page.locator('.trained-names')).toContainText(word);
  await context.unroute('**/*.safetensors');
  await draw.click();
  await expect(page.locator('.trained-names [role="status"]')).toBeEmpty();
});
