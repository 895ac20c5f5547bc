import { expect, type Locator, type Page, test } from '@playwright/test';
import { BATCHNORM, brokenParts, button, openWidget, setField } from './site.ts';

const ID = 'normalize-batch';
const open = (page: Page, settings: Readonly<Record<string, string | number>> = {}) =>
  openWidget(page, BATCHNORM, ID, settings);
const handle = (figure: Locator, i: number) => figure.getByRole('slider', { name: `Number ${i}`, exact: true });

/** A row of the table as numbers. */
async function row(figure: Locator, name: string): Promise<number[]> {
  const cells = await figure.getByRole('row').filter({ hasText: name }).getByRole('cell').allTextContents();
  return cells.map((text) => Number(text.replace('−', '-')));
}
const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);

test('the normalized numbers and the slopes are PyTorch’s', async ({ page }) => {
  const figure = await open(page);
  // x = torch.tensor([-1., 0.5, 2, 3, 1.5], requires_grad=True); y = (x - x.mean()) / (x.var() + 1e-5).sqrt(); y[3].backward()
  const [normalized, slopes] = [await row(figure, 'normalized'), await row(figure, 'slope')];
  for (const [i, x] of [-1.4428, -0.4591, 0.5247, 1.1805, 0.1967].entries()) expect(normalized[i]).toBeCloseTo(x, 2);
  for (const [i, x] of [0.148, -0.0423, -0.2327, 0.2963, -0.1692].entries()) expect(slopes[i]).toBeCloseTo(x, 3);
});

test('a number is dragged, and all five follow', async ({ page }) => {
  const figure = await open(page);
  const before = await row(figure, 'normalized');
  const box = (await handle(figure, 4).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 100, box.y + 40, { steps: 5 });
  await page.mouse.up();
  const after = await row(figure, 'normalized');
  expect(Number(await handle(figure, 4).getAttribute('aria-valuenow'))).toBeGreaterThan(4);
  for (const [i, x] of after.entries()) expect(x, `number ${i + 1}`).not.toBe(before[i]);
  expect(Math.abs(sum(await row(figure, 'slope')))).toBeLessThan(0.005);
  expect(await brokenParts(figure)).toEqual([]);
});

test('a press on the line moves the nearest number there, for those who cannot drag', async ({ page }) => {
  const figure = await open(page);
  const box = (await handle(figure, 4).boundingBox())!;
  await page.mouse.click(box.x + box.width / 2 + 60, box.y + box.height / 2);
  expect(Number(await handle(figure, 4).getAttribute('aria-valuenow'))).toBeGreaterThan(3.5);
  for (const [i, x] of [-1, 0.5, 2].entries())
    await expect(handle(figure, i + 1)).toHaveAttribute('aria-valuenow', String(x));
});

test('the keyboard moves a number, and its ends are the ends of the line', async ({ page }) => {
  const figure = await open(page);
  await handle(figure, 2).focus();
  await page.keyboard.press('ArrowRight');
  await expect(handle(figure, 2)).toHaveAttribute('aria-valuenow', '0.6');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowRight');
  await expect(handle(figure, 2)).toHaveAttribute('aria-valuenow', '6');
  await page.keyboard.press('Home');
  await expect(handle(figure, 2)).toHaveAttribute('aria-valuenow', '-6');
});

test('equal numbers have no spread, and the figure says what is divided by', async ({ page }) => {
  const figure = await open(page);
  for (let i = 1; i <= 5; i++) await setField(figure, `Number ${i}`, 2);
  await expect(figure).toContainText('The five are equal: there is no spread to divide by');
  expect(await row(figure, 'normalized')).toEqual([0, 0, 0, 0, 0]);
  expect((await row(figure, 'slope'))[3]).toBeCloseTo(0.8 / Math.sqrt(1e-5), 0);
  expect(await brokenParts(figure)).toEqual([]);
});

test('a number out of bounds is refused, and Reset goes back', async ({ page }) => {
  const figure = await open(page);
  await setField(figure, 'Number 1', '7');
  await expect(figure).toContainText('Number 1: 7 is outside -6 to 6. It stays at -1.');
  await setField(figure, 'Number 1', '−3');
  await expect(handle(figure, 1)).toHaveAttribute('aria-valuenow', '-3');
  await button(figure, 'Reset').click();
  await expect(handle(figure, 1)).toHaveAttribute('aria-valuenow', '-1');
});

test('a link brings numbers and slopes back', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const figure = await open(page);
  await setField(figure, 'Number 5', '-2.25');
  await button(figure, 'x̂₁').click();
  const slopes = await row(figure, 'slope');
  await button(figure, 'Copy a link to this batch').click();
  const address = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto('/');
  await page.goto(address);
  await expect(handle(figure, 5)).toHaveAttribute('aria-valuenow', '-2.25');
  await expect(button(figure, 'x̂₁')).toHaveAttribute('aria-pressed', 'true');
  expect(await row(figure, 'slope')).toEqual(slopes);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the five numbers stand, and nothing that would not answer', async ({ page }) => {
    await page.goto(BATCHNORM);
    const figure = page.locator(`[data-widget="${ID}"]`);
    expect(await row(figure, 'number')).toEqual([-1, 0.5, 2, 3, 1.5]);
    for (const role of ['slider', 'button', 'textbox'] as const) await expect(figure.getByRole(role)).toHaveCount(0);
  });
});
