import { expect, test } from '@playwright/test';
import { bundleRandom, DRAWN, DRAWN_FROM, drawInPage } from './random-streams.ts';

test('the random streams are PyTorch’s and CPython’s bit for bit in this browser, too', async ({ page }) => {
  await page.goto('about:blank');
  await page.addScriptTag({ content: await bundleRandom() });
  expect(await page.evaluate(drawInPage, DRAWN_FROM)).toEqual(DRAWN);
});
