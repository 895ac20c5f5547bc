import { expect, type Locator, type Page } from '@playwright/test';

export const POSTS = [
  'AutogradDeepDive',
  'BigramLM',
  'MLPLanguageModel',
  'BatchNorm',
  'ManualBackProp',
  'WaveNet',
] as const;

/** Every page at its exact address. */
export const PAGES = ['/', '/blog.html', ...POSTS.map((post) => `/blog/${post}.html`), '/404.html'];

export const AUTOGRAD = '/blog/AutogradDeepDive.html';
export const BIGRAM = '/blog/BigramLM.html';
export const MLP = '/blog/MLPLanguageModel.html';

/** The figure of a widget, on screen and hydrated: what is pressed before that is lost. */
export async function widget(page: Page, id: string): Promise<Locator> {
  const figure = page.locator(`[data-widget="${id}"]`);
  await figure.scrollIntoViewIfNeeded();
  await expect(page.locator('astro-island[ssr]').filter({ has: figure })).toHaveCount(0);
  return figure;
}

/** Scrolls through the whole page, so that everything in it has come into view once. */
export async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) {
      scrollTo({ top: y, behavior: 'instant' });
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }
  });
  await expect(page.locator('astro-island[ssr]')).toHaveCount(0);
}

/** Begins to note every task of the main thread over 50 ms; the returned function tells how long they were. */
export async function watchLongTasks(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { longTasks: tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({
      type: 'longtask',
    });
  });
  return () => page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks);
}
