// Words from the recorded weights before anyone presses Play, and from the run at hand after.
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import recorded from '../content/runs/mlp.json' with { type: 'json' };
import { fromSafetensors } from '../src/training/export/safetensors.ts';
import { sampleWords } from '../src/training/language-model/sample.ts';
import { mlpOf } from '../src/training/mlp/settings.ts';
import { openNodeEngine } from '../tools/node-engine.ts';
import { MLP, widget } from './site.ts';

const ID = 'mlp-training';

async function open(page: Page, query = '') {
  await page.goto(`${MLP}?${query}`);
  const figure = await widget(page, ID);
  const samples = figure.locator('.samples');
  return {
    figure,
    samples,
    words: () => samples.locator('li').allInnerTexts(),
    draw: () => samples.getByRole('button', { name: 'Draw others' }).click(),
  };
}

test('before a run the words are those that the recorded weights give', async ({ page }) => {
  const { settings, symbols, samples } = recorded;
  const network = mlpOf({ ...settings, init: 'scaled' }, symbols.length);
  const state = fromSafetensors(readFileSync('content/runs/mlp.safetensors'), network);
  const engine = await openNodeEngine(network, state);
  const { figure, words, draw } = await open(page);
  expect(await words()).toEqual(samples);
  for (const time of [1, 2]) {
    await draw();
    await expect.poll(words).toEqual(await sampleWords(engine, symbols, 3, settings.seed + time, 5));
  }
  await expect(figure).toHaveAttribute('data-state', 'idle');
});

test('after a step they are those of a network that has learned nothing', async ({ page }) => {
  const { figure, samples, draw, words } = await open(page, `${ID}.corpus=dinosaurs`);
  await expect(samples.getByRole('button', { name: 'Draw others' })).toHaveAttribute('aria-disabled', 'true');
  await figure.getByRole('button', { name: 'Step' }).click();
  await expect(figure).toHaveAttribute('data-step', '1', { timeout: 30_000 });
  const before = await words();
  await draw();
  await expect(samples).toContainText('Drawn at step 1');
  expect(await words()).not.toEqual(before);
  const drawn = await words();
  await figure.getByRole('button', { name: 'New seed' }).click();
  await expect(samples).not.toContainText('Drawn at step 1');
  expect(await words()).not.toEqual(drawn);
});

test('weights that cannot be fetched are told of, and fetched the next time', async ({ page, context }) => {
  await context.route('**/*.safetensors', (route) => route.abort());
  const { samples, draw, words } = await open(page);
  await draw();
  await expect(samples).toContainText('The trained weights could not be downloaded.');
  expect(await words()).toEqual(recorded.samples);
  await context.unroute('**/*.safetensors');
  await draw();
  await expect.poll(words).not.toEqual(recorded.samples);
  await expect(samples).not.toContainText('could not be downloaded');
});
