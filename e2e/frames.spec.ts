// While a network trains, the page stays quick: no task over 50 ms, and each chart drawn at most once a frame.
import { expect, type Page, test } from '@playwright/test';
import { BATCHNORM, MLP, watchLongTasks, widget } from './site.ts';

const WATCHED_MS = 6000;
/**
 * Four times slower, a frame of the loss chart takes 30 to 140 ms, most of it the browser’s layout and paint. The aim is 50
 * there, too; the bound is what holds today.
 */
const LONGEST_MS = { 1: 50, 4: 250 } as const;

/** Counts, from now on, frames, and how often in one frame a path of the figure was changed at most. */
async function watchDrawing(
  page: Page,
  id: string,
): Promise<() => Promise<{ frames: number; mostInOneFrame: number }>> {
  await page.evaluate((id) => {
    const watched = { frames: 0, mostInOneFrame: 0 };
    let counts = new Map<Node, number>();
    new MutationObserver((records) => {
      for (const { target } of records) {
        const count = (counts.get(target) ?? 0) + 1;
        counts.set(target, count);
        watched.mostInOneFrame = Math.max(watched.mostInOneFrame, count);
      }
    }).observe(document.querySelector(`[data-widget="${id}"] .wide svg`)!, {
      subtree: true,
      attributes: true,
      attributeFilter: ['d'],
    });
    const frame = () => {
      watched.frames += 1;
      counts = new Map();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Object.assign(globalThis, { watched });
  }, id);
  return () =>
    page.evaluate(() => (globalThis as unknown as { watched: { frames: number; mostInOneFrame: number } }).watched);
}

for (const [path, id, slowdown] of [
  [MLP, 'mlp-training', 1],
  [MLP, 'mlp-training', 4],
  [MLP, 'embedding-map', 1],
  [MLP, 'embedding-map', 4],
  [BATCHNORM, 'batchnorm-training', 1],
] as const) {
  test(`${id} trains while the page scrolls, without a task that is too long, on a processor ${slowdown === 1 ? 'as it is' : `${slowdown} times slower`} @alone`, async ({
    page,
  }) => {
    await page.goto(`${path}?${id}.engine=simd&${id}.steps=1000000`);
    const figure = await widget(page, id);
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await figure.getByRole('button', { name: 'Play' }).click();
    await expect(figure).toHaveAttribute('data-state', 'running', { timeout: 30_000 });
    await page.waitForTimeout(500);
    const longTasks = await watchLongTasks(page);
    const drawing = await watchDrawing(page, id);
    const begun = Date.now();
    while (Date.now() - begun < WATCHED_MS) {
      await page.mouse.wheel(0, 60);
      await page.waitForTimeout(120);
      await page.mouse.wheel(0, -60);
      await page.waitForTimeout(120);
    }
    const tasks = await longTasks();
    const { frames, mostInOneFrame } = await drawing();
    const perSecond = (1000 * frames) / (Date.now() - begun);
    console.log(
      `${id}, slowdown ${slowdown}: ${tasks.length} tasks over 50 ms${tasks.map((ms) => ` ${ms.toFixed(0)}`)}, ${perSecond.toFixed(0)} frames a second`,
    );
    await expect(figure).toHaveAttribute('data-state', 'running');
    expect(tasks.filter((ms) => ms > LONGEST_MS[slowdown])).toEqual([]);
    expect(mostInOneFrame).toBe(1);
  });
}
