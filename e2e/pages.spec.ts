import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import {
  AXE_TAGS,
  cutOff,
  lostInColors,
  moving,
  smallTargets,
  spaceText,
  speechless,
  unreadable,
  wrongOnPaper,
} from './access.ts';
import { AUTOGRAD, BIGRAM, MANUAL, PAGES, scrollThrough } from './site.ts';

for (const path of PAGES) {
  // One visit, looked at in many ways: to load and scroll through a post takes most of the time of each.
  test(`${path}: exact address, this host alone, no error; and what WCAG 2.2 AA asks of it`, async ({
    page,
    baseURL,
  }) => {
    const faults: string[] = [];
    page.on('console', (message) => {
      // The tests keep the service worker out; that is no fault of the page.
      if (message.text().startsWith('Service Worker registration blocked')) return;
      if (['error', 'warning'].includes(message.type())) faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(baseURL!)) faults.push(`request to ${request.url()}`);
    });
    const response = await page.goto(path);
    expect(response!.status()).toBe(200);
    await scrollThrough(page);
    await expect(page.locator('h1')).toHaveCount(1);
    expect(faults).toEqual([]);
    expect(await speechless(page)).toEqual([]);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)).toBe('smooth');

    for (const colorScheme of ['light', 'dark'] as const)
      await test.step(`axe finds nothing in the ${colorScheme} theme`, async () => {
        await page.emulateMedia({ colorScheme });
        const axe = new AxeBuilder({ page }).withTags(AXE_TAGS);
        // The themes differ in their colors alone, and formulas have none of their own.
        if (colorScheme === 'dark') axe.withRules(['color-contrast']).exclude('.katex');
        const { violations } = await axe.analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
        ).toEqual([]);
      });

    await test.step('the reader’s own colors, also against the theme chosen here', async () => {
      await page.evaluate(() => {
        document.documentElement.dataset.theme = 'light';
      });
      await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
      expect(await lostInColors(page)).toEqual([]);
    });

    await test.step('paper is light, whatever the theme', async () => {
      await page.evaluate(() => {
        document.documentElement.dataset.theme = 'dark';
      });
      await page.emulateMedia({ forcedColors: 'none', media: 'print' });
      expect(await wrongOnPaper(page)).toEqual([]);
      await page.emulateMedia({ media: 'screen' });
    });

    await test.step('nothing moves for those who want no motion', async () => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      expect(await moving(page)).toEqual([]);
    });

    await test.step('at 360 px nothing is cut off, and labels can be read; at 320 px with the text spaced out, too', async () => {
      await page.setViewportSize({ width: 360, height: 740 });
      await scrollThrough(page);
      expect(await cutOff(page)).toEqual([]);
      expect(await unreadable(page, 11)).toEqual([]);
      expect(await smallTargets(page)).toEqual([]);
      // 320 px is what 400 % leave of 1280.
      await page.setViewportSize({ width: 320, height: 640 });
      await spaceText(page);
      expect(await cutOff(page)).toEqual([]);
    });

    await test.step('at 200 % of 1280 px nothing is cut off', async () => {
      await page.setViewportSize({ width: 640, height: 450 });
      expect(await cutOff(page)).toEqual([]);
    });
  });
}

test('the contents lead to headings that exist', async ({ page }) => {
  await page.goto(AUTOGRAD);
  const anchors = await page
    .locator('.toc a')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).hash));
  expect(anchors.length).toBeGreaterThan(5);
  for (const anchor of anchors) await expect(page.locator(`[id="${anchor.slice(1)}"]`)).toHaveCount(1);
});

test('the theme switch turns dark, and a reload remembers', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole('button', { name: 'Dark theme' }).click();
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await ground()).toBe(dark);
  await expect(page.getByRole('button', { name: 'Dark theme' })).toHaveAttribute('aria-pressed', 'true');
});

for (const path of [AUTOGRAD, BIGRAM, MANUAL]) {
  test(`${path}: every formula is rendered, and nothing is left of TeX or of a missing number`, async ({ page }) => {
    await page.goto(path);
    expect(await page.locator('.katex').count()).toBeGreaterThan(50);
    await expect(page.locator('.katex-error')).toHaveCount(0);
    const text = await page.locator('article').evaluate((article) => {
      const copy = article.cloneNode(true) as HTMLElement;
      for (const element of copy.querySelectorAll('pre, .katex, code, script, style, noscript')) element.remove();
      return copy.textContent ?? '';
    });
    expect(text).not.toMatch(/\$|\\[a-z]+|NaN|undefined|\{/);
  });
}
