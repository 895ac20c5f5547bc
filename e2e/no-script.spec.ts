import { expect, test } from '@playwright/test';
import recorded from '../content/runs/tiny-network.json' with { type: 'json' };
import { AUTOGRAD } from './site.ts';

test.use({ javaScriptEnabled: false });

test('without JavaScript every figure shows its recorded state, and no control that would do nothing', async ({
  page,
}) => {
  await page.goto(AUTOGRAD);
  const figures = page.locator('[data-widget]');
  expect(await figures.count()).toBeGreaterThanOrEqual(3);
  for (const figure of await figures.all()) {
    await expect(figure).toHaveAttribute('data-state', 'idle');
    await expect(figure.getByRole('button')).toHaveCount(0);
    await expect(figure.getByRole('textbox')).toHaveCount(0);
    await expect(figure.getByRole('slider')).toHaveCount(0);
  }

  const graph = page.locator('[data-widget="expression-graph"]');
  // tanh(2 * -0.5 + 0.3), and its gradient with respect to a: (1 - tanh²) * b.
  const end = Math.tanh(-0.7);
  await expect(graph.locator('svg')).toContainText(end.toFixed(4).replace('-', '−'));
  await expect(graph.locator('svg')).toContainText(((1 - end ** 2) * -0.5).toFixed(4).replace('-', '−'));

  const network = page.locator('[data-widget="tiny-network"]');
  await expect(network.locator('.surface .boundary')).toHaveCount(1);
  await expect(network.locator('.surface .point')).toHaveCount(100);
  await expect(network).toContainText(`loss ${recorded.curve.loss.at(-1)!.toFixed(3)}`);

  const check = page.locator('[data-widget="gradient-check"]');
  await expect(check.locator('.mark')).toHaveCount(45);
});
