import { expect, test } from '@playwright/test';
import { AUTOGRAD, widget } from './site.ts';

test('the quotient and its error are those of the function, the point and the step chosen', async ({ page }) => {
  await page.goto(AUTOGRAD);
  const figure = await widget(page, 'gradient-check');
  await figure.getByRole('textbox', { name: 'f(x)' }).fill('x**3');
  await figure.getByRole('textbox', { name: 'x', exact: true }).fill('2');
  await figure.getByRole('textbox', { name: 'x', exact: true }).press('Enter');
  await figure.getByRole('slider', { name: 'Step h' }).fill('0');
  // ((2.1)³ - (1.9)³) / 0.2 is 12.01; the derivative is 12; the difference is h².
  const row = (name: string) =>
    figure.locator('dt', { hasText: new RegExp(`^${name.replace(/[()]/g, '\\$&')}$`) }).locator('+ dd');
  await expect(row('backward')).toHaveText(/^12\.0+$/);
  await expect(row('quotient')).toHaveText(/^12\.0(0999|1000)/);
  await expect(row('error')).toHaveText(/^0\.01$/);
});

test('a bad function keeps the last one, and says why', async ({ page }) => {
  await page.goto(AUTOGRAD);
  const figure = await widget(page, 'gradient-check');
  await figure.getByRole('textbox', { name: 'f(x)' }).fill('x +');
  await expect(figure.getByRole('status').first()).toContainText('should follow');
  await figure.getByRole('textbox', { name: 'f(x)' }).fill('y * 2');
  await expect(figure.getByRole('status').first()).toContainText('“y” has no value');
  await expect(figure.locator('.mark')).toHaveCount(45);
});

test('an x out of bounds is refused with its bounds, and the last one stands', async ({ page }) => {
  await page.goto(`${AUTOGRAD}?gradient-check.x=5000`);
  const figure = await widget(page, 'gradient-check');
  await expect(figure).toContainText('5000 is outside -1,000 to 1,000. It stays at 1.');
  await expect(figure.getByRole('textbox', { name: 'x', exact: true })).toHaveValue('1');
});

test('steps that reach where the function has no value are left out', async ({ page }) => {
  await page.goto(`${AUTOGRAD}?gradient-check.function=log(x)&gradient-check.x=0.05`);
  const figure = await widget(page, 'gradient-check');
  // h = 0.1 and 0.056 reach below 0; the other 43 do not.
  await expect(figure.locator('.mark')).toHaveCount(43);
});

test('without the parser the first function stays, x can move, and the next choice tries again', async ({ page }) => {
  const parser = '**/_astro/parse.*.js';
  await page.route(parser, (route) => route.abort());
  await page.goto(AUTOGRAD);
  const figure = await widget(page, 'gradient-check');
  const backward = figure.locator('dd.gradient');
  await figure.getByRole('textbox', { name: 'x', exact: true }).fill('2');
  await figure.getByRole('textbox', { name: 'x', exact: true }).press('Enter');
  await expect(backward).toHaveText(Math.exp(2).toPrecision(15));
  await figure.getByRole('button', { name: 'log' }).click();
  await expect(figure.getByRole('status').first()).toHaveText(
    /^A part of this page could not be fetched: .* The last function stays; edit it to try again\.$/,
  );
  await expect(figure.getByRole('textbox', { name: 'f(x)' })).toHaveValue('log(x)');
  await expect(backward).toHaveText(Math.exp(2).toPrecision(15));
  await page.unroute(parser);
  await figure.getByRole('button', { name: 'tanh' }).click();
  await expect(backward).toContainText((1 - Math.tanh(1) ** 2).toPrecision(12));
  await expect(figure.getByRole('status').first()).toHaveText('');
});
