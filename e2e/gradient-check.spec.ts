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
