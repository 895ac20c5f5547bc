import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import fixture from '../reference/fixtures/bigram.json' with { type: 'json' };
import { MAKEMORE } from '../src/training/corpus.ts';
import { BIGRAM, watchLongTasks, widget } from './site.ts';

const LIST = new URL('../../shared/data/names.txt', import.meta.url);

const open = async (page: Page, id: string, query = ''): Promise<Locator> => {
  await page.goto(BIGRAM + query);
  return widget(page, id);
};
const list = (figure: Locator) => figure.getByRole('combobox', { name: 'Word list' });
const summary = (figure: Locator) => figure.locator('.corpus-summary');

/** Serves the makemore list at its public address from the shared folder; without the folder the test is skipped. */
async function serveMakemore(page: Page): Promise<void> {
  if (!existsSync(LIST)) console.log(`Skipped: ${LIST.pathname} is not there.`);
  test.skip(!existsSync(LIST), 'the makemore list is not part of the project');
  await page
    .context()
    .route(MAKEMORE.url, (route) =>
      route.fulfill({ body: readFileSync(LIST), headers: { 'access-control-allow-origin': '*' } }),
    );
}

test('with the makemore list and seed 2147483647 the sampler prints the five names of the notebook', async ({
  page,
}) => {
  await serveMakemore(page);
  const figure = await open(page, 'bigram-sampler');
  await list(figure).selectOption('makemore');
  await expect(summary(figure)).toContainText('32,033 words');
  const whole = figure.getByRole('button', { name: 'Whole name' });
  for (let i = 0; i < 5; i++) await whole.click();
  await expect(figure.locator('.sampler-words li')).toHaveText(fixture.samples_cumulative_rule);
});

test('with the makemore list the training has PyTorch’s losses', async ({ page }) => {
  await serveMakemore(page);
  const figure = await open(page, 'bigram-training', '?bigram-training.corpus=makemore');
  const step = figure.getByRole('button', { name: 'Step', exact: true });
  await step.click();
  await expect(figure).toHaveAttribute('data-step', '1');
  expect(Number(await figure.getAttribute('data-loss'))).toBeCloseTo(fixture.neural.loss_f64['0'], 5);
  await step.click();
  await expect(figure).toHaveAttribute('data-step', '2');
  expect(Number(await figure.getAttribute('data-loss'))).toBeCloseTo(fixture.neural.loss_f64['1'], 5);
});

test('an altered makemore list is not used, an unreachable one is said to be, and the last list stays', async ({
  page,
}) => {
  const figure = await open(page, 'bigram-counts');
  const before = await figure.locator('.nll').textContent();
  await page
    .context()
    .route(MAKEMORE.url, (route) =>
      route.fulfill({ body: 'emma\nolivia\n', headers: { 'access-control-allow-origin': '*' } }),
    );
  await list(figure).selectOption('makemore');
  await expect(summary(figure)).toContainText('its SHA-256 differs');
  await page.context().unroute(MAKEMORE.url);
  await page.context().route(MAKEMORE.url, (route) => route.abort());
  await list(figure).selectOption('dinosaurs');
  await expect(summary(figure)).toContainText('1,304 words');
  await list(figure).selectOption('makemore');
  await expect(summary(figure)).toContainText('could not be reached');
  await expect(summary(figure)).toContainText('The last list stays in use');
  expect(await figure.locator('.nll').textContent()).not.toBe(before);
});

for (const [name, content, says] of [
  ['an empty list', '', /empty|no words/i],
  ['one word', 'anna', /at least|fewer|one word|only/i],
  [
    'a PNG renamed to .txt',
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
    /not a text file/i,
  ],
  ['one line of 10 MB', 'a'.repeat(10_000_000), /longer than 32/i],
] as const) {
  test(`${name}: a sentence, and the last list stays`, async ({ page }) => {
    const figure = await open(page, 'bigram-counts');
    const before = await figure.locator('.nll').textContent();
    await list(figure).selectOption('own');
    await figure
      .locator('input[type=file]')
      .setInputFiles({ name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from(content as string) });
    await expect(summary(figure)).toContainText(says);
    await expect(summary(figure)).toContainText('The last list stays in use');
    expect(await figure.locator('.nll').textContent()).toBe(before);
  });
}

for (const [name, content, says] of [
  ['a BOM and CRLF', '\uFEFFanna\r\nbob\r\nclara\r\n', '3 words'],
  ['right-to-left text', 'שלום\nדוד\nרות\n', '3 words'],
  ['emoji and Cyrillic', 'мир\nлад\n👩‍🚀🚀\n', '3 words'],
] as const) {
  test(`${name} works`, async ({ page }) => {
    const figure = await open(page, 'bigram-counts');
    await list(figure).selectOption('own');
    await figure.getByRole('textbox', { name: /Words, one a line/ }).fill(content);
    await figure.getByRole('button', { name: 'Use these words' }).click();
    await expect(summary(figure)).toContainText(says);
  });
}

test('200,000 words are read without a long task @alone', async ({ page }, info) => {
  const words = Array.from(
    { length: 200_000 },
    (_, i) => `a${i.toString(26).replace(/[0-9]/g, (d) => 'qrstuvwxyz'[Number(d)]!)}`,
  );
  // A file on disk: one handed over as bytes would be made by a script inside the page, on the thread that is watched.
  const path = info.outputPath('many.txt');
  writeFileSync(path, words.join('\n'));
  const figure = await open(page, 'bigram-counts');
  await list(figure).selectOption('own');
  await page.waitForTimeout(500);
  const longTasks = await watchLongTasks(page);
  await figure.locator('input[type=file]').setInputFiles(path);
  await expect(summary(figure)).toContainText('200,000 words', { timeout: 20_000 });
  expect(await longTasks()).toEqual([]);
});

test('smoothing moves the loss, a cell tells of itself, a word is scored letter by letter', async ({ page }) => {
  const figure = await open(page, 'bigram-counts');
  const nll = async () => Number(((await figure.locator('.nll').textContent()) ?? '').match(/\d\.\d{4}/)![0]);
  const one = await nll();
  await figure.getByRole('slider').fill('9');
  expect(await nll()).toBeGreaterThan(one);
  await figure.getByRole('application').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(figure.locator('.cell-told')).toContainText('the beginning → “a”: counted');
  await figure.getByRole('textbox', { name: 'A word of yours' }).fill('anna');
  await expect(figure.locator('.pairs li')).toHaveCount(5);
  await figure.getByRole('textbox', { name: 'A word of yours' }).fill('añna');
  await expect(figure.locator('.word-score')).toContainText('“ñ” does not occur in this list');
});

test('the same seed draws the same names, from a link too', async ({ page }) => {
  const figure = await open(page, 'bigram-sampler', '?bigram-sampler.seed=5&bigram-sampler.temperature=0.5');
  const draw = async () => {
    for (let i = 0; i < 3; i++) await figure.getByRole('button', { name: 'Whole name' }).click();
    return figure.locator('.sampler-words li').allTextContents();
  };
  const foreseen = await figure.locator('.sampler-none').textContent();
  const first = await draw();
  expect(foreseen).toContain(first.join(' '));
  await figure.getByRole('button', { name: 'Reset' }).click();
  expect(await draw()).toEqual(first);
  await page.reload();
  await widget(page, 'bigram-sampler');
  expect(await draw()).toEqual(first);
});

test('a list that is shorter than the word under way begins anew, one that fails keeps what was drawn', async ({
  page,
}) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  const figure = await open(page, 'bigram-sampler');
  const step = figure.getByRole('button', { name: 'Step', exact: true });
  await step.click();
  await step.click();
  await page.context().route(MAKEMORE.url, (route) => route.abort());
  await list(figure).selectOption('makemore');
  await expect(summary(figure)).toContainText('could not be reached');
  await expect(figure).toHaveAttribute('data-step', '2');
  await list(figure).selectOption('own');
  await figure.getByRole('textbox', { name: /Words, one a line/ }).fill('ab\nba');
  await figure.getByRole('button', { name: 'Use these words' }).click();
  await expect(summary(figure)).toContainText('2 words');
  await expect(figure).toHaveAttribute('data-step', '0');
  expect(faults).toEqual([]);
});

test('the training learns the reader’s own list', async ({ page }) => {
  const figure = await open(page, 'bigram-training');
  await list(figure).selectOption('own');
  await figure.getByRole('textbox', { name: /Words, one a line/ }).fill('anna\nbob\nclara');
  await figure.getByRole('button', { name: 'Use these words' }).click();
  await figure.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(figure).toHaveAttribute('data-step', '1');
  await expect(figure.locator('.cell')).toHaveCount(2 * 8 * 8);
});

test('the training ends near the counted loss', async ({ page }) => {
  const figure = await open(page, 'bigram-training');
  await figure.getByRole('button', { name: 'Play' }).click();
  await expect(figure).toHaveAttribute('data-state', 'done', { timeout: 20_000 });
  await expect(figure).toHaveAttribute('data-step', '100');
});
