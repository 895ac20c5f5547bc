import { expect, test } from '@playwright/test';
import { AUTOGRAD, scrollThrough } from './site.ts';

test('an exercise judges wrong and right answers, and remembers them', async ({ page }) => {
  await page.goto(AUTOGRAD);
  await scrollThrough(page);
  const exercise = page.locator('[data-exercise="used-twice"]');
  const answer = exercise.getByRole('textbox');
  await expect(exercise).toHaveAttribute('data-state', 'open');
  await answer.fill('six');
  await answer.press('Enter');
  await expect(exercise).toHaveAttribute('data-state', 'open');
  await answer.fill('12');
  await answer.press('Enter');
  await expect(exercise).toHaveAttribute('data-state', 'wrong');
  await answer.fill('13');
  await answer.press('Enter');
  await expect(exercise).toHaveAttribute('data-state', 'right');
  await page.reload();
  await scrollThrough(page);
  await expect(exercise).toHaveAttribute('data-state', 'right');
});

test('a formula is right in any form, and wrong with a point where it differs', async ({ page }) => {
  await page.goto(AUTOGRAD);
  await scrollThrough(page);
  const exercise = page.locator('[data-exercise="sigmoid"]');
  const answer = exercise.getByRole('textbox');
  await answer.fill('exp(-x)');
  await answer.press('Enter');
  await expect(exercise).toHaveAttribute('data-state', 'wrong');
  await answer.fill('exp(x) / (1 + exp(x))**2');
  await answer.press('Enter');
  await expect(exercise).toHaveAttribute('data-state', 'right');
});

test('the post has at least four exercises that the page checks', async ({ page }) => {
  await page.goto(AUTOGRAD);
  expect(await page.locator('[data-exercise]').count()).toBeGreaterThanOrEqual(4);
});
