// The tree over a typed name, and the trained network on it, computed in both orders.
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { waveNet } from '../src/networks/index.ts';
import { fromSafetensors } from '../src/training/export/safetensors.ts';
import { openNodeEngine } from '../tools/node-engine.ts';
import { WAVENET } from './site.ts';

const figureOf = (page: Page) => page.locator('[data-widget="receptive-field"]');
const WEIGHTS = new URL('../content/runs/wavenet.safetensors', import.meta.url);

async function open(page: Page, search = '') {
  await page.goto(`${WAVENET}${search}`);
  const figure = figureOf(page);
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.locator('.tree-node[role="button"]').first()).toBeVisible();
  return figure;
}

test('a character is followed through the tree, by pointer and by keyboard', async ({ page }) => {
  const figure = await open(page, '?receptive-field.word=mariella&receptive-field.place=8');
  await expect(figure.locator('.tree-node')).toHaveCount(8 + 4 + 2 + 1);
  await expect(figure.locator('.receptive-told')).toContainText('After mariella the next character is the dot.');
  const leaf = figure.getByRole('button', { name: /^The character m:/ });
  await leaf.hover();
  await expect(figure.locator('.tree-node.is-lit')).toHaveCount(1 + 3);
  await leaf.focus();
  await page.keyboard.press('Tab');
  await expect(figure.locator('.receptive-told')).toContainText('The character a');
  await figure.getByRole('button', { name: 'It sees the 4 characters ella' }).focus();
  await expect(figure.locator('.tree-node.is-leaf.is-lit')).toHaveCount(4);
});

test('flat, all eight are joined by one node; at every place, neighbors share', async ({ page }) => {
  const figure = await open(page, '?receptive-field.word=mariella&receptive-field.place=4');
  await figure.getByRole('button', { name: 'all at once' }).click();
  await expect(figure.locator('.tree-node')).toHaveCount(8 + 1);
  await expect(figure.locator('.tree-edge.is-lit')).toHaveCount(8);
  await figure.getByRole('button', { name: 'every place' }).click();
  // Sixteen symbols, and of each level as many nodes as it reaches back to.
  await expect(figure.locator('.tree-node')).toHaveCount(16 + 15 + 13 + 9);
  await expect(figure.locator('.receptive-told')).toContainText(/Of the 7 joins of its tree, \d are needed/);
});

test('the trained network predicts what an engine predicts, in both orders', async ({ page }) => {
  const figure = await open(page, '?receptive-field.word=mariella&receptive-field.place=7');
  await figure.getByRole('button', { name: 'Run the trained network' }).click();
  const told = figure.locator('.prediction p').first();
  await expect(told).toContainText('The trained network gives a a probability of');
  const network = waveNet();
  const engine = await openNodeEngine(network, fromSafetensors(readFileSync(WEIGHTS), network));
  const logits = await engine.logits(Int32Array.from('.mariell', (c) => (c === '.' ? 0 : c.charCodeAt(0) - 96)));
  const powers = Array.from(logits, (z) => Math.exp(z));
  const probability = powers[1]! / powers.reduce((a, b) => a + b, 0);
  await expect(told).toContainText(probability.toFixed(3));
  const [trees, convolution] = (await figure.locator('.prediction').textContent())!
    .match(/[\d,]{7,}/g)!
    .map((text) => Number(text.replaceAll(',', '')));
  const [first, later, out] = [48 * 128, 256 * 128, 128 * 27];
  expect(trees).toBe(9 * (4 * first + 3 * later + out));
  expect(convolution).toBe(15 * first + 13 * later + 9 * (later + out));

  await figure.getByRole('textbox').fill('bo');
  await expect(figure.locator('.prediction-letters li')).toHaveCount(3);
});

test('before it runs, the recorded prediction of the first name is shown, and of another name none', async ({
  page,
}) => {
  const figure = await open(page);
  await expect(figure.locator('.prediction p').first()).toContainText(
    'The trained network gives e a probability of 0.98',
  );
  await figure.getByRole('textbox').fill('bo');
  await expect(figure.locator('.prediction')).toContainText('run the trained network');
});

test('damaged weights are a sentence, and the button works again', async ({ page, context }) => {
  await context.route('**/*.safetensors', (route) => route.fulfill({ body: 'hello world' }));
  const figure = await open(page);
  const run = figure.getByRole('button', { name: 'Run the trained network' });
  await run.click();
  await expect(figure).toContainText('could not be downloaded');
  await context.unroute('**/*.safetensors');
  await run.click();
  await expect(figure).toContainText('It runs with every letter');
});

test('writing in the middle of the name leaves the caret and, where a letter is refused, the place', async ({
  page,
}) => {
  const figure = await open(page);
  const field = figure.getByRole('textbox');
  await field.fill('rosuke');
  await field.press('Home');
  await page.keyboard.type('AB');
  await expect(field).toHaveValue('abrosuke');
  await figure.getByRole('button', { name: 'o', exact: true }).first().click();
  await field.press('Home');
  await page.keyboard.type('1c');
  await expect(field).toHaveValue('cabrosuke');
});

test('letters that the network does not know are refused with a sentence, and the word stays', async ({ page }) => {
  const figure = await open(page, '?receptive-field.word=anna&receptive-field.place=99');
  await expect(figure.locator('.refusal, .refusals')).toContainText('outside 0 to 16');
  await figure.getByRole('textbox').fill('añna');
  await expect(figure).toContainText('no “ñ”');
  await expect(figure.getByRole('textbox')).toHaveValue('anna');
});

test('weights that cannot be fetched are a sentence, and the button works again', async ({ page, context }) => {
  await context.route('**/*.safetensors', (route) => route.abort());
  const figure = await open(page);
  const run = figure.getByRole('button', { name: 'Run the trained network' });
  await run.click();
  await expect(figure).toContainText('could not be downloaded');
  await context.unroute('**/*.safetensors');
  await run.click();
  await expect(figure).toContainText('It runs with every letter');
});

for (const [width, colorScheme] of [
  [1280, 'light'],
  [360, 'dark'],
] as const) {
  test(`axe finds nothing at ${width} px, ${colorScheme}, and nothing below moves`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const figure = await open(page);
    const before = (await figure.boundingBox())!.height;
    await figure.getByRole('button', { name: 'Run the trained network' }).click();
    await expect(figure).toContainText('It runs with every letter');
    await figure.locator('.tree-node').nth(9).focus();
    expect((await figure.boundingBox())!.height).toBe(before);
    for (const name of ['by pairs', 'every place']) {
      await figure.getByRole('button', { name }).click();
      const { violations } = await new AxeBuilder({ page }).include('[data-widget="receptive-field"]').analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}
