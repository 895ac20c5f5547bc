import { existsSync, readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test';
import { MAKEMORE } from '../src/training/corpus.ts';
import { AXE_TAGS } from './access.ts';
import { MAKEMORE_FILE, settingsOf } from './addresses.ts';
import { keptStepInPage } from './in-page.ts';

export * from './addresses.ts';
export { readNumber } from './read-number.ts';

/** The figure of a widget, on screen and hydrated: what is pressed before that is lost. */
export async function widget(page: Page, id: string): Promise<Locator> {
  const figure = page.locator(`[data-widget="${id}"]`);
  await figure.scrollIntoViewIfNeeded();
  await expect(page.locator('astro-island[ssr]').filter({ has: figure })).toHaveCount(0);
  return figure;
}

/** The figure of a widget, on a page whose address has these settings of it. */
export async function openWidget(
  page: Page,
  path: string,
  id: string,
  settings: Readonly<Record<string, string | number>> = {},
): Promise<Locator> {
  await page.goto(`${path}?${settingsOf(id, settings)}`);
  return widget(page, id);
}

export const button = (figure: Locator, name: string): Locator => figure.getByRole('button', { name, exact: true });

/** Types a value into a field of the form, and lets it count. */
export async function setField(figure: Locator, label: string, value: string | number): Promise<void> {
  const field = figure.getByRole('textbox', { name: label, exact: true });
  await field.fill(`${value}`);
  await field.press('Enter');
}

const attribute = (name: string) => async (figure: Locator) => Number((await figure.getAttribute(name)) ?? 'NaN');
export const stepOf = attribute('data-step');
export const lossOf = attribute('data-loss');
export const devLossOf = attribute('data-dev-loss');

/** Serves the makemore list at its public address from the shared folder; without that folder the test is skipped. */
export async function serveMakemore(context: BrowserContext): Promise<void> {
  if (!existsSync(MAKEMORE_FILE)) console.log(`Skipped: ${MAKEMORE_FILE.pathname} is not there.`);
  test.skip(!existsSync(MAKEMORE_FILE), 'the makemore list is not part of the project');
  await context.route(MAKEMORE.url, (route) =>
    route.fulfill({ body: readFileSync(MAKEMORE_FILE), headers: { 'access-control-allow-origin': '*' } }),
  );
}

/** Lets a script of the site, such as a worker’s, begin with `code`. */
export const serveScript = (context: BrowserContext, name: string, code: string): Promise<unknown> =>
  context.route(`**/${name}*.js`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${code}\n${await response.text()}` });
  });

/** The step at which the run of a widget was put aside; undefined where none was. */
export const keptStep = (page: Page, id: string): Promise<number | undefined> => page.evaluate(keptStepInPage, id);

/** What of a figure is no number where there should be one: in an attribute, such as a place of a chart, or in the text. */
export const brokenParts = (figure: Locator): Promise<string[]> =>
  figure.evaluate((element) => {
    const broken = /NaN|Infinity|undefined|\[object/;
    const attributes = [...element.querySelectorAll('*')].flatMap((part) =>
      [...part.attributes].filter(({ value }) => broken.test(value)).map(({ name, value }) => `${name}="${value}"`),
    );
    return [...attributes, ...(element.textContent ?? '').split(/(?<=\.) /).filter((text) => broken.test(text))];
  });

/** What axe finds in figures, each finding with the elements that it is about. */
export async function axeFindings(page: Page, ids: readonly string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).withTags(AXE_TAGS);
  for (const id of ids) axe.include(`[data-widget="${id}"]`);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** How wide a page is that should not scroll sideways, and what of a figure sticks out of the screen. */
export const overflowOf = (figure: Locator): Promise<{ page: number; wide: string[] }> =>
  figure.evaluate((element) => ({
    page: document.documentElement.scrollWidth,
    wide: [...element.querySelectorAll('*')]
      .filter((part) => {
        const { right, width } = part.getBoundingClientRect();
        return (
          width > 0 &&
          right > innerWidth + 0.5 &&
          !part.closest('.katex-display, .katex, svg, .scrolls, .visually-hidden')
        );
      })
      .map((part) => part.outerHTML.slice(0, 120)),
  }));

/** The addresses of all that a browser asks for from now on. */
export function watchRequests(context: BrowserContext): string[] {
  const addresses: string[] = [];
  context.on('request', (request) => addresses.push(request.url()));
  return addresses;
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
