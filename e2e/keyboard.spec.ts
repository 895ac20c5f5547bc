import { expect, type Locator, test } from '@playwright/test';
import { countsForOnePercent, dana, slopeOfNa } from '../content/figures/BigramLM.ts';
import { Keyboard } from './keyboard.ts';
import { axeFindings, BIGRAM, stepOf } from './site.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' }, permissions: ['clipboard-read', 'clipboard-write'] });

test('a whole post with the keyboard alone: every figure used, every exercise answered, the focus always in sight', async ({
  page,
}) => {
  const keys = new Keyboard(page);
  const state = (figure: Locator, wanted: string) => expect(figure).toHaveAttribute('data-state', wanted);
  const focused = page.locator(':focus');

  await test.step('the contents lead to a section, and Tab goes on from there', async () => {
    await page.goto(BIGRAM);
    await keys.to('toc', 'Exercises');
    await keys.press('Enter');
    await expect(page.locator('#exercises')).toBeInViewport();
    await keys.to('nll-of-dana', 'Your number');
  });

  await test.step('the head of the page', async () => {
    await page.goto(BIGRAM);
    expect((await keys.tab()).name).toBe('Skip to the text');
    await keys.to('site', 'Dark theme');
    await keys.press('Space');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await keys.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await keys.to('body', 'Skip to the text', -1);
    await keys.press('Enter');
    expect((await keys.tab()).place).toBe('toc');
  });

  await test.step('the sampler', async () => {
    const figure = page.locator('[data-widget="bigram-sampler"]');
    await keys.to('bigram-sampler', /^Numbers: what follows/);
    await keys.openAndClose(() => expect(figure.locator('.numbers tbody tr')).toHaveCount(27));
    await keys.to('bigram-sampler', 'Play');
    await keys.press('Enter');
    await state(figure, 'running');
    await expect(focused).toHaveText('Pause');
    await expect.poll(() => stepOf(figure)).toBeGreaterThan(1);
    expect(await axeFindings(page, ['bigram-sampler'])).toEqual([]);
    await keys.press('Space');
    await state(figure, 'paused');
    await expect(focused).toHaveText('Play');
    const drawn = await stepOf(figure);
    await keys.to('bigram-sampler', 'Step');
    await keys.press('Enter');
    expect(await stepOf(figure)).toBe(drawn + 1);
    await keys.to('bigram-sampler', 'Reset');
    await keys.press('Space');
    await state(figure, 'idle');
    await keys.to('bigram-sampler', 'Whole name');
    await keys.press('Enter');
    await expect(figure.locator('.sampler-words li')).toHaveText([/^[a-z]*\.$/]);
    await keys.to('bigram-sampler', 'Temperature');
    await keys.type('0.5');
    await keys.to('bigram-sampler', 'Word list');
    await keys.press('ArrowDown');
    await expect(figure.locator('.corpus-summary')).not.toContainText('17,403');
    await keys.to('bigram-sampler', 'Copy a link to this sampler');
    await keys.press('Enter');
    await expect(figure).toContainText('Copied.');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('temperature=0.5');
  });

  await test.step('the counts', async () => {
    const figure = page.locator('[data-widget="bigram-counts"]');
    await keys.to('bigram-counts', /^Table: arrow keys/);
    await keys.press('ArrowDown', 'ArrowDown', 'ArrowRight');
    await expect(figure.locator('.cell-told')).toContainText('“a” → “a”: counted');
    await keys.to('bigram-counts', /^Numbers/);
    await keys.openAndClose(() => expect(figure.locator('.numbers td')).toHaveCount(27 * 27));
    await keys.to('bigram-counts', /^Added to every count/);
    const nll = await figure.locator('.nll').textContent();
    await keys.press('ArrowRight');
    await expect(figure.locator('.nll')).not.toHaveText(nll!);
    await keys.press('Home');
    await keys.to('bigram-counts', 'A word of yours');
    await keys.type('andrejq');
    await expect(figure.locator('.word-score')).toContainText('infinite');
  });

  await test.step('the training', async () => {
    const figure = page.locator('[data-widget="bigram-training"]');
    await keys.to('bigram-training', 'Numbers: Loss');
    await keys.openAndClose(() => expect(figure.getByRole('table', { name: 'Loss' })).toContainText('updates'));
    await keys.to('bigram-training', 'Play');
    await keys.press('Space');
    await state(figure, 'running');
    await expect.poll(() => stepOf(figure)).toBeGreaterThan(2);
    await keys.press('Enter');
    await state(figure, 'paused');
    await expect(focused).toHaveText('Play');
    const reached = await stepOf(figure);
    await keys.to('bigram-training', 'Step');
    await keys.press('Enter');
    await expect.poll(() => stepOf(figure)).toBe(reached + 1);
    await keys.to('bigram-training', 'New seed');
    await keys.to('bigram-training', 'Reset', -1);
    await keys.press('Enter');
    await expect.poll(() => stepOf(figure)).toBe(0);
    await keys.to('bigram-training', /^Learning rate/);
    await keys.type('a lot');
    await expect(figure.getByRole('alert').filter({ visible: true })).toHaveCount(1);
    await keys.type('20');
    await expect(figure.getByRole('alert').filter({ visible: true })).toHaveCount(0);
    await expect(focused).toHaveValue('20');
  });

  await test.step('the exercises', async () => {
    const solved = (id: string) => state(page.locator(`[data-exercise="${id}"]`), 'right');
    await keys.to('nll-of-dana', 'Your number');
    await keys.type(String(dana.nll / 5));
    await solved('nll-of-dana');
    await keys.to('nll-of-dana', 'Hint');
    await keys.openAndClose(() => expect(page.getByText('There are five pairs')).toBeVisible());
    await keys.to('slope-of-na', 'Your number');
    await keys.type(String(slopeOfNa));
    await solved('slope-of-na');
    const [order, answer] = ['softmax-backwards', ['L', 'p', 's', 'u', 'v']];
    const steps = await page.locator(`[data-exercise="${order}"] .exercise-steps button`).allTextContents();
    let at = -1;
    for (const step of answer) {
      const next = steps.findIndex((text) => text.startsWith(`${step} `));
      if (next !== at) await keys.to(order, steps[next]!, next > at ? 1 : -1);
      await keys.press('Enter');
      at = next;
    }
    await keys.to(order, 'Check');
    await keys.press('Space');
    await solved(order);
    await keys.to('two-letter-softmax', 'Your formula in x');
    await keys.type('-exp(-x) / (1 + exp(-x))');
    await solved('two-letter-softmax');
    await keys.to('outgrow-the-prior', 'Your number');
    await keys.type(String(countsForOnePercent));
    await solved('outgrow-the-prior');
    await keys.to('list-twice', /^Both end/);
    await keys.press('ArrowDown', 'Enter');
    await solved('list-twice');
    await keys.to('list-twice', 'Show the answer');
    await keys.press('Enter');
  });

  await test.step('the end of the page, and out of it', async () => {
    await keys.to('neighbors', /^Next/);
    await keys.to('site', 'Licenses');
    expect((await keys.tab()).name).toBe('(nothing)');
  });
  console.log(`${keys.stops.length} stops`);
});
