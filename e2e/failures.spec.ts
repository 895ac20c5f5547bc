// The faults of src/faults.ts that belong to no one figure, injected one by one. Nothing that was put aside is lost, and
// nothing fails without a word. Those of engines, lists and stored runs are in mlp-failures.spec.ts.
import { type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test';
import * as faults from '../src/faults.ts';
import {
  AUTOGRAD,
  BATCHNORM,
  BIGRAM,
  brokenParts,
  button,
  keptStep,
  lossOf,
  MANUAL,
  MLP,
  openWidget,
  serveScript,
  stepOf,
  WAVENET,
  widget,
} from './site.ts';

const ID = 'mlp-training';
const SMALL = { corpus: 'dinosaurs', engine: 'simd', steps: 60 } as const;
/** Slow enough to be met in the middle, and soon done at full speed. */
const SLOW = { pace: 'slow', steps: 2000 } as const;
const open = (page: Page, settings: Readonly<Record<string, string | number>> = {}) =>
  openWidget(page, MLP, ID, { ...SMALL, ...settings });
const failure = (figure: Locator) => figure.locator('.widget-failure');
const reaches = (figure: Locator, state: string) =>
  expect(figure).toHaveAttribute('data-state', state, { timeout: 45_000 });
const isKept = (page: Page, atLeast: number) =>
  expect.poll(() => keptStep(page, ID), { timeout: 30_000 }).toBeGreaterThanOrEqual(atLeast);
const playToEnd = async (figure: Locator) => {
  await button(figure, 'Play').click();
  await reaches(figure, 'done');
  return { step: await stepOf(figure), loss: await lossOf(figure) };
};

const WORKER = /engine\.worker-[^/]*\.js$/;
const CLIENT = /_astro\/client\.[^/]*\.js$/;

for (const [what, break_, says] of [
  [
    'script of the worker is gone',
    (context: BrowserContext) => context.route(WORKER, (route) => route.abort()),
    faults.workerStopped(faults.NOT_STARTED),
  ],
  [
    'part that talks to the worker is gone, as after a deployment',
    (context: BrowserContext) => context.route(CLIENT, (route) => route.fulfill({ status: 404 })),
    faults.partNotFetched,
  ],
  ['network is gone', (context: BrowserContext) => context.setOffline(true), faults.partNotFetched],
] as const) {
  test(`where the ${what}, the figure says so, and Play tries again`, async ({ page, context }) => {
    const figure = await open(page);
    await break_(context);
    await button(figure, 'Play').click();
    await reaches(figure, 'error');
    await expect(failure(figure)).toHaveText(`${says} ${faults.press('Play')}`);
    await context.setOffline(false);
    await context.unrouteAll();
    expect((await playToEnd(figure)).step).toBe(60);
    await expect(failure(figure)).toBeHidden();
  });
}

test('the network may go at any moment of a run, and it ends where it would have', async ({ page, context }) => {
  const figure = await open(page, SLOW);
  await button(figure, 'Play').click();
  await isKept(page, 3);
  await context.setOffline(true);
  await figure.getByRole('combobox', { name: 'Speed' }).selectOption('full');
  await reaches(figure, 'done');
  const offline = await lossOf(figure);
  await context.setOffline(false);
  await button(figure, 'Reset').click();
  await expect(figure).toHaveAttribute('data-step', '0');
  expect((await playToEnd(figure)).loss).toBe(offline);
});

test('a browser that cannot run module workers is told of', async ({ page }) => {
  await page.addInitScript(() => {
    const { Worker } = globalThis;
    globalThis.Worker = class extends Worker {
      constructor(url: string | URL) {
        super(url); // As a browser does that knows no types of workers.
      }
    };
  });
  const figure = await open(page);
  await button(figure, 'Play').click();
  await reaches(figure, 'error');
  await expect(failure(figure)).toContainText('The background worker of this figure stopped:');
  await expect(failure(figure)).toContainText(faults.press('Play'));
});

test('a browser without IndexedDB trains, and says that the run is not stored', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'indexedDB'));
  const figure = await open(page);
  await button(figure, 'Step').click();
  await expect(figure.locator('.run-status')).toContainText(faults.notStored);
  expect((await playToEnd(figure)).step).toBe(60);
});

test('where storage fills up in the middle of a write, what was stored before stays', async ({ page }) => {
  const figure = await open(page);
  await button(figure, 'Step').click();
  await isKept(page, 1);
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...what) {
      const request = put.apply(this, what);
      request.addEventListener('success', () => this.transaction.abort());
      return request;
    };
  });
  await button(figure, 'Step').click();
  await expect(figure.locator('.run-status')).toContainText(faults.notStored);
  await expect(figure).toHaveAttribute('data-step', '2');
  await page.reload();
  await widget(page, ID);
  await expect(figure.locator('.kept-run')).toContainText('stopped at step 1.');
});

test('an engine that proves wrong is not used, and the figure says so', async ({ page, context }) => {
  await serveScript(context, 'engine.worker', 'const { exp } = Math; Math.exp = (x) => 1.001 * exp(x);');
  const figure = await open(page, { engine: 'cpu', steps: 20 });
  expect((await playToEnd(figure)).step).toBe(20);
  await expect(figure).toHaveAttribute('data-engine', 'simd');
  await expect(figure).toContainText(`${faults.engineWrong('JavaScript')} ${faults.anotherEngine}`);
});

test('a worker that hangs is told of, Pause ends it, and Play goes on from what is kept', async ({ page, context }) => {
  await page.clock.install();
  await serveScript(context, 'engine.worker', 'setTimeout(() => { for (;;); }, 3000);');
  const figure = await open(page, SLOW);
  await button(figure, 'Play').click();
  await isKept(page, 2);
  await page.waitForTimeout(3500);
  const kept = await keptStep(page, ID);
  await page.clock.runFor(21_000);
  await expect(failure(figure)).toHaveText(`${faults.workerSilent(20)} ${faults.keptWhileSilent(kept)}`);
  await button(figure, 'Pause').click();
  await reaches(figure, 'paused');
  await context.unrouteAll();
  await figure.getByRole('combobox', { name: 'Speed' }).selectOption('full');
  const resumed = await playToEnd(figure);
  await button(figure, 'Reset').click();
  await expect(figure).toHaveAttribute('data-step', '0');
  expect(await playToEnd(figure)).toEqual(resumed);
});

test('sleep, and a clock that jumps back and forth, neither stop a run nor change it', async ({ page }) => {
  await page.clock.install();
  const figure = await open(page, SLOW);
  await button(figure, 'Play').click();
  await isKept(page, 2);
  await page.clock.fastForward('10:00:00');
  await page.clock.setSystemTime(new Date('2001-01-01'));
  await isKept(page, (await stepOf(figure)) + 1);
  await page.clock.setSystemTime(new Date('2101-01-01'));
  await page.clock.fastForward('23:00:00');
  await expect(failure(figure)).toBeHidden();
  await figure.getByRole('combobox', { name: 'Speed' }).selectOption('full');
  await reaches(figure, 'done');
  expect(await brokenParts(figure)).toEqual([]);
  const loss = await lossOf(figure);
  await button(figure, 'Reset').click();
  await expect(figure).toHaveAttribute('data-step', '0');
  expect((await playToEnd(figure)).loss).toBe(loss);
});

test('of two tabs with one figure neither writes over what the other has reached', async ({ page, context }) => {
  const first = await open(page, SLOW);
  await button(first, 'Play').click();
  await isKept(page, 3);
  const other = await context.newPage();
  const second = await open(other, { seed: 5 });
  await expect(second.locator('.kept-run')).toHaveCount(0);
  await button(second, 'Step').click();
  await expect(second.locator('.run-status')).toContainText(faults.storedElsewhere);
  await other.close();
  await button(first, 'Pause').click();
  await reaches(first, 'paused');
  const reached = await stepOf(first);
  await isKept(page, reached);
  await page.reload();
  await widget(page, ID);
  await expect(first.locator('.kept-run')).toContainText(`stopped at step ${reached}.`);
});

// Playwright keeps no page for going back; e2e/other-browsers looks at browsers that do.
test('who goes to another page and back is offered to go on with the run', async ({ page }) => {
  const figure = await open(page, SLOW);
  await button(figure, 'Play').click();
  await isKept(page, 3);
  await page.goto('/');
  await page.goBack();
  await widget(page, ID);
  await expect(figure.locator('.kept-run')).toContainText(/stopped at step \d+\./);
  await button(figure, 'Resume').click();
  await expect.poll(() => stepOf(figure)).toBeGreaterThan(3);
  await expect(failure(figure)).toBeHidden();
});

test('twenty figures that are started at once all come to their end, each when it is looked at', async ({
  context,
}) => {
  test.setTimeout(150_000);
  const tabs: readonly (readonly [path: string, ids: readonly string[]])[] = [
    [AUTOGRAD, ['tiny-network']],
    [BIGRAM, ['bigram-training']],
    [MLP, ['mlp-training', 'learning-rate-finder', 'embedding-map']],
    [MLP, ['mlp-training', 'learning-rate-finder', 'embedding-map']],
    [MLP, ['mlp-training', 'learning-rate-finder', 'embedding-map']],
    [MLP, ['mlp-training', 'learning-rate-finder', 'embedding-map']],
    [BATCHNORM, ['batchnorm-training']],
    [BATCHNORM, ['batchnorm-training']],
    [MANUAL, ['manual-training']],
    [MANUAL, ['manual-training']],
    [WAVENET, ['wavenet-training']],
    [WAVENET, ['wavenet-training']],
  ];
  const figures = await Promise.all(
    tabs.map(async ([path, ids]) => {
      const page = await context.newPage();
      // High enough for every figure to be on screen: what is out of sight waits.
      await page.setViewportSize({ width: 800, height: 33_000 });
      const settings = ids.flatMap((id) => [
        `${id}.steps=${id === 'learning-rate-finder' ? 60 : 20}`,
        ...(/tiny|bigram/.test(id) ? [] : [`${id}.corpus=dinosaurs`]),
        ...(/tiny|bigram|manual/.test(id) ? [] : [`${id}.engine=simd`]),
      ]);
      await page.goto(`${path}?${settings.join('&')}`);
      return Promise.all(ids.map((id) => widget(page, id)));
    }),
  );
  const all = figures.flat();
  expect(all.length).toBe(20);
  // By script: a page has one mouse.
  await Promise.all(all.map((figure) => button(figure, 'Play').evaluate((play: HTMLButtonElement) => play.click())));
  for (const figure of all) {
    await figure.page().bringToFront(); // In a tab that nobody sees a run waits.
    await expect(figure).toHaveAttribute('data-state', 'done', { timeout: 40_000 });
    await expect(failure(figure)).toBeHidden();
  }
  for (const page of new Set(all.map((figure) => figure.page()))) await page.close();
});
