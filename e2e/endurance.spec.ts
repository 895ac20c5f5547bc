// What a run holds must not grow with its steps. In the test it takes 4,000; `npm run test:endurance` takes 100,000.
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import type { Held, harness } from './engines/functions.ts';
import { serveHarness } from './engines/serve.ts';

const STEPS = Number(process.env.ENDURANCE_STEPS ?? 4000);
const WARM_UP = 1000;
const MEGABYTE = 2 ** 20;

test.setTimeout(60_000 + 10 * STEPS);
const server = serveHarness();

/** The JavaScript heap of the page’s thread after a collection, in bytes: objects, and the memory behind arrays. */
async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const usage = (await session.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number };
  await session.detach();
  return usage.usedSize + (usage.backingStorageSize ?? 0);
}

for (const engine of ['simd', 'wasm'] as const)
  test(`on ${engine}, after ${STEPS.toLocaleString('en-US')} steps a run holds what it held after ${WARM_UP.toLocaleString('en-US')} @alone`, async ({
    page,
  }) => {
    await server.open(page);
    const words = readFileSync('content/corpora/names.txt', 'utf8').trimEnd().split('\n');
    await page.evaluate(
      async ([engine, words]) => {
        const { harnessHere } = globalThis as unknown as { harnessHere: typeof harness };
        Object.assign(globalThis, { run: await harnessHere.endure(engine, words) });
      },
      [engine, words] as const,
    );
    const advance = async (step: number) => {
      const held = await page.evaluate(
        (step) => (globalThis as unknown as { run: { advanceTo(step: number): Promise<Held> } }).run.advanceTo(step),
        step,
      );
      return { ...held, heap: await heap(page) };
    };
    const before = await advance(WARM_UP);
    const after = await advance(STEPS);
    const megabytes = (bytes: number) => `${(bytes / MEGABYTE).toFixed(2)} MB`;
    console.log(
      `${WARM_UP} steps: ${before.numTensors} tensors, heap ${megabytes(before.heap)}, WASM ${megabytes(before.wasm)}; ` +
        `${STEPS} steps: ${after.numTensors} tensors, heap ${megabytes(after.heap)}, WASM ${megabytes(after.wasm)}`,
    );
    expect(after.numTensors).toBe(before.numTensors);
    expect(after.numBytes).toBe(before.numBytes);
    expect(before.wasm).toBeGreaterThan(0);
    expect(after.wasm).toBe(before.wasm);
    expect(after.heap - before.heap).toBeLessThan(MEGABYTE / 4);
  });
