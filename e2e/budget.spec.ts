import { brotliCompressSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { PAGES, scrollThrough } from './site.ts';

const BUDGET_BYTES = 40_000;

for (const path of PAGES.filter((page) => page.startsWith('/blog/'))) {
  test(`${path} transfers at most 40 kB of JavaScript before the first press, none of tfjs, and shifts nothing`, async ({
    page,
  }) => {
    const scripts: Promise<{ url: string; bytes: number; text: string }>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() !== 'script') return;
      scripts.push(
        response
          .body()
          .then((body) => ({ url: response.url(), bytes: brotliCompressSync(body).length, text: body.toString() })),
      );
    });
    await page.goto(path);
    await page.evaluate(() => {
      Object.assign(globalThis, { shift: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          (globalThis as unknown as { shift: number }).shift += (entry as unknown as { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await scrollThrough(page);
    const loaded = await Promise.all(scripts);
    const total = loaded.reduce((sum, { bytes }) => sum + bytes, 0);
    console.log(`${path}: ${(total / 1000).toFixed(1)} kB of JavaScript (brotli) in ${loaded.length} files`);
    expect(total).toBeLessThanOrEqual(BUDGET_BYTES);
    for (const { url, text } of loaded) expect(text, url).not.toMatch(/tensorflow|tfjs/i);
    expect(await page.evaluate(() => (globalThis as unknown as { shift: number }).shift)).toBeLessThan(0.01);
  });
}
