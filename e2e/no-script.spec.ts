import { expect, test } from '@playwright/test';
import bigram from '../content/runs/bigram.json' with { type: 'json' };
import recorded from '../content/runs/tiny-network.json' with { type: 'json' };
import { AUTOGRAD, BATCHNORM, BIGRAM, MANUAL, MLP, WAVENET } from './site.ts';

test.use({ javaScriptEnabled: false });

for (const path of [AUTOGRAD, BIGRAM, MLP, BATCHNORM, MANUAL, WAVENET]) {
  test(`${path}: every figure is idle, and has no control that would do nothing`, async ({ page }) => {
    await page.goto(path);
    const figures = page.locator('[data-widget]');
    expect(await figures.count()).toBeGreaterThanOrEqual(path === WAVENET ? 2 : 3);
    for (const figure of await figures.all()) {
      await expect(figure).toHaveAttribute('data-state', 'idle');
      for (const role of ['button', 'textbox', 'slider', 'combobox'] as const) {
        await expect(figure.getByRole(role)).toHaveCount(0);
      }
    }
  });
}

test('the figures of the bigram post show the recorded tables', async ({ page }) => {
  await page.goto(BIGRAM);
  const counts = page.locator('[data-widget="bigram-counts"]');
  await expect(counts.locator('.cell')).toHaveCount(27 * 27);
  await expect(counts).toContainText(Math.log(27).toFixed(4));
  const training = page.locator('[data-widget="bigram-training"]');
  await expect(training).toContainText(`loss ${bigram.run.losses.at(-1)!.toFixed(4)}`);
  await expect(training.locator('.cell')).toHaveCount(2 * 27 * 27);
  const sampler = page.locator('[data-widget="bigram-sampler"]');
  await expect(sampler.locator('.bars rect')).toHaveCount(27);
  await expect(sampler.locator('.sampler-words')).toHaveText(/This seed begins with( [a-z]+\.){5}/);
});

test('the figures of the first post show their recorded state', async ({ page }) => {
  await page.goto(AUTOGRAD);
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
