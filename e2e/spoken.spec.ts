import { expect, type Page, test } from '@playwright/test';
import { AUTOGRAD, BIGRAM, button, MLP, openWidget, stepOf } from './site.ts';

interface Said {
  readonly time: number;
  readonly text: string;
}

/** Begins to note what live regions say, and when by the page’s clock; the returned function tells what was said. */
async function listen(page: Page): Promise<() => Promise<Said[]>> {
  await page.evaluate(() => {
    const said: { time: number; text: string }[] = [];
    Object.assign(globalThis, { said });
    const before = new Map<Element, string>();
    // An <output> is a live region, too, unless it is told not to be.
    const regions = () =>
      document.querySelectorAll(
        '[role="status"], [role="alert"], [role="log"], [aria-live="polite"], [aria-live="assertive"], output:not([aria-live="off"])',
      );
    const textOf = (region: Element) => (region.textContent ?? '').replace(/\s+/g, ' ').trim();
    for (const region of regions()) before.set(region, textOf(region));
    new MutationObserver(() => {
      for (const region of regions()) {
        const text = textOf(region);
        if (before.get(region) !== text && text !== '') said.push({ time: performance.now(), text });
        before.set(region, text);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  return () => page.evaluate(() => (globalThis as unknown as { said: Said[] }).said);
}

/** A sentence every few seconds, and none twice. */
function expectCalm(said: readonly Said[]): void {
  const gaps = said.slice(1).map(({ time }, i) => time - said[i]!.time);
  for (const gap of gaps) expect(gap, JSON.stringify(said)).toBeGreaterThan(3000);
  for (const [i, { text }] of said.entries()) expect(text).not.toBe(said[i + 1]?.text);
}

test('names that are drawn letter by letter are said one every few seconds, for a minute of the page’s clock', async ({
  page,
}) => {
  await page.clock.install();
  const figure = await openWidget(page, BIGRAM, 'bigram-sampler');
  const told = await listen(page);
  await button(figure, 'Play').press('Enter');
  await page.clock.runFor(60_000);
  expect(await stepOf(figure)).toBeGreaterThan(100);
  const said = await told();
  // Not silent either.
  expect(said.length).toBeGreaterThan(8);
  expectCalm(said);
});

test('the backward pass says where it is every few seconds', async ({ page }) => {
  await page.clock.install();
  const figure = await openWidget(page, AUTOGRAD, 'expression-graph');
  await figure.getByRole('textbox', { name: 'Expression' }).fill('tanh(x1*w1 + x2*w2 + b) * c + d');
  const told = await listen(page);
  await button(figure, 'Play').press('Enter');
  await page.clock.runFor(15_000);
  await expect(figure).toHaveAttribute('data-state', 'done');
  const said = await told();
  expect(said.length).toBeGreaterThan(1);
  expectCalm(said);
  expect(said.at(-1)!.text).toContain('7 of 7');
});

test('a run says that it runs, now and then where it is, and at last where it stopped', async ({ page }) => {
  await page.clock.install();
  const figure = await openWidget(page, MLP, 'mlp-training');
  const told = await listen(page);
  await button(figure, 'Play').press('Enter');
  await expect(figure).toHaveAttribute('data-state', 'running');
  await page.clock.resume();
  // The worker has the clock of the machine; half a minute of the page’s clock passes within seconds.
  for (let i = 0; i < 4; i++) {
    const reached = await stepOf(figure);
    await expect.poll(() => stepOf(figure)).toBeGreaterThan(reached);
    await page.clock.runFor(8000);
  }
  await button(figure, 'Pause').press('Enter');
  await expect(figure).toHaveAttribute('data-state', 'paused');
  const said = await told();
  const texts = said.map(({ text }) => text);
  const [begins, ends] = [texts.indexOf('Running.'), texts.length - 1];
  expect(texts.slice(0, begins)).toEqual(['Starting.', '27 symbols.']);
  expectCalm(said.slice(begins, ends));
  // A press is answered at once.
  expect(texts.slice(begins + 1, ends).length).toBeGreaterThan(0);
  for (const text of texts.slice(begins + 1, ends)) expect(text).toMatch(/^Step [\d,]+ of/);
  expect(said.at(-1)!.text).toMatch(/^Paused\. Step/);
});
