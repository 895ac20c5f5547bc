import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import recorded from '../content/runs/deep-batchnorm.json' with { type: 'json' };
import fixture from '../reference/fixtures/deep_bn.json' with { type: 'json' };
import * as faults from '../src/faults.ts';
import {
  BATCHNORM,
  brokenParts,
  button,
  keptStep,
  lossOf,
  openWidget,
  serveMakemore,
  setField,
  stepOf,
  widget,
} from './site.ts';

const ID = 'batchnorm-training';
const MINUTE = 60_000;
type Settings = Readonly<Record<string, string | number>>;

/** A short run of a small network. */
const SMALL = { corpus: 'dinosaurs', engine: 'simd', hidden: 20, steps: 120 } as const;
const open = (page: Page, settings: Settings = {}) => openWidget(page, BATCHNORM, ID, settings);
const reaches = (figure: Locator, state: string) =>
  expect(figure).toHaveAttribute('data-state', state, { timeout: MINUTE });
const failure = (figure: Locator) => figure.locator('.widget-failure');
const health = (figure: Locator) => figure.locator('.health');
const rows = (figure: Locator) => health(figure).locator('.layer-row');
const lines = (figure: Locator) => figure.locator('.health-ratios path.line');

const play = async (figure: Locator) => {
  await button(figure, 'Play').click();
  await reaches(figure, 'done');
};

test('the notebook’s run has PyTorch’s losses, to 1,000 steps', async ({ page, context }) => {
  test.setTimeout(2 * MINUTE);
  await serveMakemore(context);
  const losses: Record<string, number> = {};
  // A run that stops after step n has the loss of its last step, number n - 1.
  const figure = await open(page, { corpus: 'makemore', engine: 'simd', steps: 1 });
  for (const mark of ['0', '1', '10', '100', '1000']) {
    await setField(figure, 'Steps', Number(mark) + 1);
    await play(figure);
    losses[mark] = await lossOf(figure);
  }
  // Relaxed SIMD, which browsers have and the records do not, rounds in its own way.
  for (const [mark, expected] of Object.entries(fixture.train_loss_f32))
    expect(Math.abs(losses[mark]! - expected), `step ${mark}`).toBeLessThan(1e-5);
});

test('while it runs, its layers, ratios and running statistics are drawn', async ({ page }) => {
  const figure = await open(page, SMALL);
  await play(figure);
  await expect(rows(figure)).toHaveCount(5);
  await expect(lines(figure)).toHaveCount(7);
  await expect(health(figure).locator('.agreement .dots')).toHaveCount(12);
  await expect(health(figure)).toContainText('Layers before step 120');
  await expect(health(figure)).toContainText('examples of the train split');
  expect(await brokenParts(figure)).toEqual([]);
});

test('the same settings give the same picture again, and a resumed run goes on with it', async ({ page }) => {
  const figure = await open(page, { ...SMALL, pace: 'slow' });
  await button(figure, 'Play').click();
  await expect.poll(() => keptStep(page, ID), { timeout: MINUTE }).toBeGreaterThan(11);
  await page.reload();
  const again = await widget(page, ID);
  await again.getByRole('button', { name: 'Resume' }).click();
  await again.getByRole('combobox', { name: 'Speed' }).selectOption('full');
  await reaches(again, 'done');
  const resumed = await lines(again).evaluateAll((paths) => paths.map((path) => path.getAttribute('d')));
  await button(again, 'Reset').click();
  await play(again);
  expect(await lines(again).evaluateAll((paths) => paths.map((path) => path.getAttribute('d')))).toEqual(resumed);
});

test('an experiment sets all that belongs to it, and keeps the list', async ({ page }) => {
  const figure = await open(page, { corpus: 'dinosaurs', engine: 'simd' });
  await button(figure, 'The notebook’s MLP').click();
  await expect(button(figure, 'The notebook’s MLP')).toHaveAttribute('aria-pressed', 'true');
  await expect(figure.getByRole('textbox', { name: 'Units in each' })).toHaveValue('200');
  await setField(figure, 'Steps', 60);
  await play(figure);
  await expect(rows(figure)).toHaveCount(1);
  await expect(lines(figure)).toHaveCount(3);
  await expect(figure.locator('.corpus-summary')).toContainText('27 symbols');
  await button(figure, 'Deep, without').click();
  await setField(figure, 'Steps', 60);
  await play(figure);
  await expect(health(figure)).toContainText('Without BatchNorm there are none.');
  await expect(figure.getByRole('combobox', { name: 'Word list' })).toHaveValue('dinosaurs');
});

test.describe('what goes wrong is explained in the terms of the post', () => {
  test('a batch of one', async ({ page }) => {
    const figure = await open(page, { ...SMALL, batch: 1 });
    await button(figure, 'Play').click();
    await reaches(figure, 'error');
    await expect(failure(figure)).toHaveText(
      'A minibatch of one example has no spread: BatchNorm would divide by n − 1 = 0. Choose a batch size of 2 or more, or switch BatchNorm off, and press Play.',
    );
    await figure.getByRole('combobox', { name: 'BatchNorm' }).selectOption('off');
    await play(figure);
  });

  test('a batch of two, which meets the same context twice', async ({ page }) => {
    test.setTimeout(2 * MINUTE);
    const figure = await open(page, { batch: 2, engine: 'simd', steps: 20_000 });
    await button(figure, 'Play').click();
    await reaches(figure, 'error');
    await expect(failure(figure)).toContainText('Where all 2 examples of a minibatch have the same context');
    await expect(failure(figure)).toContainText('by 316 on their way back');
    expect(await stepOf(figure)).toBeGreaterThan(1);
    expect(await brokenParts(figure)).toEqual([]);
    // There is nothing to go on with, to draw from or to take along.
    for (const name of ['Play', 'Step', 'Draw others'])
      await expect(button(figure, name)).toHaveAttribute('aria-disabled', 'true');
    await figure.getByText('Take this run along').click();
    await button(figure, 'Weights (safetensors)').click();
    await expect(figure.locator('.take-along')).toContainText(faults.weightsRanOff);
  });

  // Units that answer between -1 and 1 keep the loss finite at any rate that can be set; it is only absurd.
  test('a rate that makes the loss many times that of guessing', async ({ page }) => {
    const figure = await open(page, { ...SMALL, norm: 'off', rate: 100 });
    await play(figure);
    await expect(health(figure)).toContainText(/The loss is [\d.]+ times that of guessing uniformly/);
    await expect(health(figure)).toContainText('Steps at a rate of 100 are so large');
    expect(await brokenParts(figure)).toEqual([]);
  });

  for (const [norm, sentence] of [
    ['on', 'BatchNorm finds no spread to divide by'],
    ['off', 'only the last bias learns'],
  ] as const)
    test(`a gain of 0, BatchNorm ${norm}`, async ({ page }) => {
      const figure = await open(page, { ...SMALL, gain: 0, norm });
      await play(figure);
      await expect(health(figure)).toContainText(sentence);
      expect(await brokenParts(figure)).toEqual([]);
    });

  test('a gain of a million without BatchNorm', async ({ page }) => {
    const figure = await open(page, { ...SMALL, gain: 1e6, norm: 'off' });
    await play(figure);
    await expect(health(figure)).toContainText('100% of a layer’s outputs are saturated');
    expect(await brokenParts(figure)).toEqual([]);
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the figure is the recorded run', async ({ page }) => {
    await page.goto(BATCHNORM);
    const figure = page.locator(`[data-widget="${ID}"]`);
    await expect(figure).toHaveAttribute('data-state', 'idle');
    await expect(figure).toContainText(`dev loss ${recorded.final.dev.toFixed(4)}`);
    await expect(rows(figure)).toHaveCount(5);
    await expect(lines(figure)).toHaveCount(7);
    for (const [i, { values }] of recorded.health.layers.entries())
      await expect(rows(figure).nth(i)).toContainText(String(Number(values.std.toPrecision(3))));
    for (const role of ['button', 'textbox', 'combobox'] as const) await expect(figure.getByRole(role)).toHaveCount(0);
  });
});

for (const [colorScheme, width] of [
  ['light', 1280],
  ['dark', 360],
] as const)
  test(`axe finds nothing in the figures of the post, in the ${colorScheme} theme at ${width} px`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const figure = await open(page, { ...SMALL, pace: 'slow', steps: 1000 });
    await button(figure, 'Play').click();
    await expect.poll(() => stepOf(figure), { timeout: MINUTE }).toBeGreaterThan(2);
    const lab = await widget(page, 'initialization-lab');
    await button(lab, '5/3').click();
    await reaches(lab, 'done');
    const axe = new AxeBuilder({ page });
    for (const id of [ID, 'initialization-lab', 'normalize-batch']) axe.include(`[data-widget="${id}"]`);
    const { violations } = await axe.analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
  });
