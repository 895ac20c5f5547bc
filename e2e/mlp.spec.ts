import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import mapRun from '../content/runs/embedding-map.json' with { type: 'json' };
import sweep from '../content/runs/learning-rate-finder.json' with { type: 'json' };
import mlpRun from '../content/runs/mlp.json' with { type: 'json' };
import config from '../playwright.config.ts';
import notebook from '../reference/fixtures/mlp.json' with { type: 'json' };
import link from '../reference/fixtures/mlp_link.json' with { type: 'json' };
import {
  brokenParts,
  button,
  devLossOf,
  keptStep,
  lossOf,
  MLP,
  openWidget,
  serveMakemore,
  setField,
  stepOf,
  widget,
} from './site.ts';

type Settings = Readonly<Record<string, string | number>>;

/** A short run on a short list, where the engine does not matter. */
const SMALL = { corpus: 'dinosaurs', engine: 'simd' } as const;
const WIDGETS = ['mlp-training', 'embedding-map', 'learning-rate-finder'] as const;
const MINUTE = 60_000;

const open = (page: Page, id: (typeof WIDGETS)[number], settings: Settings) => openWidget(page, MLP, id, settings);
const training = (page: Page, settings: Settings) => open(page, 'mlp-training', settings);
const choice = (figure: Locator, name: string) => figure.getByRole('combobox', { name, exact: true });
const status = (figure: Locator) => figure.locator('.run-status .status').first();
const aboutEngine = (figure: Locator) => figure.locator('.corpus-summary');

const reaches = (figure: Locator, state: string, timeout = MINUTE) =>
  expect(figure).toHaveAttribute('data-state', state, { timeout });
const isAt = (figure: Locator, step: number, timeout = MINUTE) =>
  expect(figure).toHaveAttribute('data-step', String(step), { timeout });

async function play(figure: Locator): Promise<{ step: number; loss: number; devLoss: number }> {
  await button(figure, 'Play').click();
  await reaches(figure, 'done');
  return { step: await stepOf(figure), loss: await lossOf(figure), devLoss: await devLossOf(figure) };
}

/** The losses of the next `count` steps, made one by one. */
async function losses(figure: Locator, count: number): Promise<number[]> {
  const begin = await stepOf(figure);
  const seen: number[] = [];
  for (let step = begin + 1; step <= begin + count; step++) {
    await button(figure, 'Step').click();
    await isAt(figure, step);
    seen.push(await lossOf(figure));
  }
  return seen;
}

const near = (expected: number) => expect.closeTo(expected, 4);

for (const [engine, toTheEnd] of [
  ['simd', true],
  ['wasm', true],
  ['webgl', true],
  // e2e/engines.spec.ts has these two to step 100; here, and to the end, where WHOLE_LINK is set.
  ...(process.env.WHOLE_LINK
    ? ([
        ['cpu', true],
        ['webgpu', true],
      ] as const)
    : []),
] as const) {
  test(`on ${engine} the link of the fixture has PyTorch’s losses`, async ({ playwright, baseURL }) => {
    test.setTimeout(8 * MINUTE);
    const { args = [], ...launchOptions } = config.use!.launchOptions!;
    // Chromium offers WebGPU without a graphics card only when told to.
    const browser = await playwright.chromium.launch({ ...launchOptions, args: [...args, '--enable-unsafe-webgpu'] });
    try {
      const context = await browser.newContext({ baseURL: baseURL! });
      await serveMakemore(context);
      const settings = { seed: 7, corpus: 'makemore', init: 'scaled', steps: 101, engine };
      const figure = await training(await context.newPage(), settings);
      if (toTheEnd) {
        await button(figure, 'Play').click();
        await reaches(figure, 'done', 6 * MINUTE);
        await isAt(figure, 101);
        expect(await lossOf(figure)).toEqual(near(link.losses[100]!));
        expect(await devLossOf(figure)).toEqual(near(link.dev));
        await button(figure, 'Reset').click();
        await isAt(figure, 0);
      }
      expect(await losses(figure, 3)).toEqual(link.losses.slice(0, 3).map(near));
      await expect(figure).toHaveAttribute('data-engine', engine);
      if (!toTheEnd) {
        await button(figure, 'Play').click();
        await expect.poll(() => stepOf(figure), { timeout: MINUTE }).toBeGreaterThan(5);
        await button(figure, 'Pause').click();
        await reaches(figure, 'paused', 2 * MINUTE);
        expect(await lossOf(figure)).toEqual(near(link.losses[(await stepOf(figure)) - 1]!));
      }
    } finally {
      await browser.close();
    }
  });
}

test('the notebook’s run may be stopped at a chosen step, and has its losses', async ({ page, context }) => {
  test.setTimeout(2 * MINUTE);
  await serveMakemore(context);
  const expected: Readonly<Record<string, number>> = notebook.scaled.loss_f32;
  const figure = await training(page, { seed: 2147483647, corpus: 'makemore', engine: 'simd' });
  expect(await losses(figure, 1)).toEqual([near(expected['0']!)]);
  await setField(figure, 'Steps', 1);
  await reaches(figure, 'done');
  for (const steps of [2, 11]) {
    await setField(figure, 'Steps', steps);
    await reaches(figure, 'paused');
    expect(await play(figure)).toMatchObject({ step: steps, loss: near(expected[steps - 1]!) });
  }
  await setField(figure, 'Steps', 200_000);
  await choice(figure, 'Speed').selectOption('slow');
  await button(figure, 'Play').click();
  await reaches(figure, 'running');
  await setField(figure, 'Steps', 101);
  await choice(figure, 'Speed').selectOption('full');
  await reaches(figure, 'done');
  await isAt(figure, 101);
  expect(await lossOf(figure)).toEqual(near(expected['100']!));
});

test('the notebook’s initial weights begin at a loss of 27.88', async ({ page, context }) => {
  await serveMakemore(context);
  const figure = await training(page, { corpus: 'makemore', engine: 'simd', init: 'notebook' });
  const [first] = await losses(figure, 1);
  expect(first).toBeCloseTo(27.88, 2);
  expect(first).toBeCloseTo(notebook.raw.loss_f32['0'], 3);
});

test('a rate that is changed while it runs is in the link, which replays the run', async ({ page, browser }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  const figure = await training(page, { ...SMALL, steps: 150, pace: 'slow' });
  await button(figure, 'Play').click();
  await expect.poll(() => stepOf(figure)).toBeGreaterThan(5);
  await setField(figure, 'Learning rate', 0.7);
  await choice(figure, 'Speed').selectOption('full');
  await reaches(figure, 'done');
  const first = { loss: await lossOf(figure), devLoss: await devLossOf(figure) };
  await button(figure, 'Copy a link to this run').click();
  const address = await figure.getByRole('textbox', { name: 'Link to this run' }).inputValue();
  expect(new URL(address).searchParams.get('mlp-training.schedule')).toMatch(/^0:0\.1,\d+:0\.7,100000:0\.07$/);

  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(address);
  expect(await play(await widget(other, 'mlp-training'))).toEqual({ step: 150, ...first });
  await context.close();
});

test('a pinned curve stays beside the next run’s until it is unpinned', async ({ page }) => {
  const figure = await training(page, { ...SMALL, steps: 30 });
  const keys = figure.locator('.language-model .chart-title .key');
  const curves = figure.locator('.language-model svg path.line[d^="M"]');
  await play(figure);
  await expect(curves).toHaveCount(2);
  await button(figure, 'Pin this curve').click();
  await setField(figure, 'Hidden units', 50);
  await play(figure);
  for (const run of ['this run', 'corpus dinosaurs, steps 30']) {
    await expect(keys.filter({ hasText: `minibatch, ${run}` })).toHaveCount(1);
    await expect(keys.filter({ hasText: `dev, ${run}` })).toHaveCount(1);
  }
  await expect(curves).toHaveCount(4);
  await button(figure, 'Unpin').click();
  await expect(keys.filter({ hasText: ', ' })).toHaveCount(0);
  await expect(curves).toHaveCount(2);
});

test('the whole figure is used by the keyboard, and a setting of the network begins a new run', async ({ page }) => {
  const figure = await training(page, SMALL);
  await button(figure, 'Step').focus();
  await page.keyboard.press('Enter');
  await isAt(figure, 1);
  const first = await lossOf(figure);

  const reached: string[] = [];
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const name = await figure.evaluate((element) => {
      const focused = document.activeElement;
      if (!focused || !element.contains(focused)) return undefined;
      return ((focused as HTMLInputElement).labels?.[0] ?? focused).textContent?.trim();
    });
    if (name === undefined) break;
    reached.push(name);
    if (name === 'Hidden units') {
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('50');
      await page.keyboard.press('Enter');
      await isAt(figure, 0);
    }
  }
  expect(reached).toEqual(
    expect.arrayContaining([
      ...['Reset', 'New seed', 'Pin this curve', 'Steps', 'Learning rate', 'A tenth from step', 'Batch size', 'Seed'],
      ...['Engine', 'Speed', 'Block size', 'Embedding size', 'Hidden units', 'Initialization', 'Word list'],
      ...['Take this run along', 'Copy a link to this run'],
    ]),
  );
  await choice(figure, 'Engine').focus();
  await page.keyboard.press('J');
  await expect(choice(figure, 'Engine')).toHaveValue('cpu');
  await reaches(figure, 'idle');
  await button(figure, 'Step').focus();
  await page.keyboard.press('Enter');
  await isAt(figure, 1);
  await expect(figure).toHaveAttribute('data-engine', 'cpu');
  expect(await lossOf(figure)).not.toBeCloseTo(first, 3);
});

test('the automatic choice tells which engine runs, and how many steps a second it makes', async ({ page }) => {
  const figure = await training(page, { corpus: 'dinosaurs' });
  await button(figure, 'Play').click();
  await reaches(figure, 'running');
  // Without a graphics card nothing rivals the kernels.
  await expect(status(figure)).toHaveText(/[\d,]+ steps\/s on (SIMD kernels|WebGL|WebGPU)/);
  await expect(figure).toHaveAttribute('data-engine', /^(simd|webgl|webgpu)$/);
  await button(figure, 'Pause').click();
  await reaches(figure, 'paused');
});

test('a reload offers to resume, and the resumed run ends as one that was not interrupted', async ({ page }) => {
  test.setTimeout(2 * MINUTE);
  const figure = await training(page, { corpus: 'names', engine: 'simd', steps: 300, pace: 'slow' });
  await choice(figure, 'Speed').selectOption('full');
  const whole = await play(figure);
  await choice(figure, 'Speed').selectOption('slow');
  await button(figure, 'Reset').click();
  await isAt(figure, 0);
  await button(figure, 'Play').click();
  await expect.poll(() => keptStep(page, 'mlp-training'), { timeout: MINUTE }).toBeGreaterThan(15);
  await page.reload();
  await widget(page, 'mlp-training');
  await expect(figure.locator('.kept-run')).toContainText(/Your last run here stopped at step \d+\./);
  await button(figure, 'Resume').click();
  await reaches(figure, 'running');
  await choice(figure, 'Speed').selectOption('full');
  await reaches(figure, 'done');
  expect({ step: await stepOf(figure), loss: await lossOf(figure), devLoss: await devLossOf(figure) }).toEqual(whole);
});

/** Hands the reader’s own words to the figure. */
async function useWords(figure: Locator, words: readonly string[]): Promise<void> {
  await choice(figure, 'Word list').selectOption('own');
  await figure.getByRole('textbox', { name: /Words, one a line/ }).fill(words.join('\n'));
  await button(figure, 'Use these words').click();
}

test('ten words of the reader’s own are learned', async ({ page }) => {
  const figure = await training(page, { engine: 'simd', steps: 100 });
  await useWords(figure, 'anna bob clara dora emil fritz greta hanna ida jan'.split(' '));
  const { loss, devLoss } = await play(figure);
  expect(loss).toBeLessThan(Math.log(18));
  expect(devLoss).toBeGreaterThan(0);
  await expect(aboutEngine(figure)).toContainText('18 symbols');
  expect(await brokenParts(figure)).toEqual([]);
});

test('a run on the reader’s own words is resumed after a reload, with these words', async ({ page }) => {
  const figure = await training(page, { engine: 'simd', steps: 60, pace: 'slow' });
  await useWords(figure, 'anna bob clara dora emil fritz greta hanna ida jan'.split(' '));
  await button(figure, 'Play').click();
  await expect.poll(() => keptStep(page, 'mlp-training'), { timeout: MINUTE }).toBeGreaterThan(5);
  await page.reload();
  await widget(page, 'mlp-training');
  await button(figure, 'Resume').click();
  await reaches(figure, 'running');
  await expect(aboutEngine(figure)).toContainText('18 symbols');
  await choice(figure, 'Speed').selectOption('full');
  await reaches(figure, 'done');
  const resumed = { loss: await lossOf(figure), devLoss: await devLossOf(figure) };
  await button(figure, 'Reset').click();
  await isAt(figure, 0);
  expect(await play(figure)).toMatchObject(resumed);
});

for (const id of WIDGETS) {
  test(`two words of the reader’s own do not break ${id}`, async ({ page }) => {
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    const figure = await open(page, id, { engine: 'simd', steps: 20 });
    await useWords(figure, ['anna', 'bob']);
    await losses(figure, 1);
    expect(await brokenParts(figure)).toEqual([]);
    expect(await play(figure)).toMatchObject({ step: 20, loss: expect.any(Number) });
    expect(await brokenParts(figure)).toEqual([]);
    await expect(figure.locator('svg path.line').first()).toHaveAttribute('d', /^M[\d.]+,[\d.]+l/);
    expect(faults).toEqual([]);
  });
}

test('the points of the embedding map move as it trains', async ({ page }) => {
  const figure = await open(page, 'embedding-map', SMALL);
  const points = figure.locator('.point-map text.point');
  const places = () =>
    points.evaluateAll((texts) => texts.map((text) => `${text.getAttribute('x')},${text.getAttribute('y')}`));
  await losses(figure, 1);
  await expect(points).toHaveCount(27);
  const before = await places();
  await losses(figure, 3);
  const after = await places();
  expect(after).not.toEqual(before);
  expect(after).toHaveLength(27);
});

test('an embedding of three numbers is drawn along its principal axes, and says so', async ({ page }) => {
  const figure = await open(page, 'embedding-map', { ...SMALL, embedding: 3 });
  await losses(figure, 1);
  await expect(figure.locator('.embedding-map')).toContainText(
    'The 3 numbers of each symbol, seen along their two principal axes.',
  );
  await expect(figure.locator('.point-map text.point')).toHaveCount(27);
  expect(await brokenParts(figure)).toEqual([]);
});

test('a sweep ends at the lowest smoothed loss, and the keyboard reads the loss at other rates', async ({ page }) => {
  const figure = await open(page, 'learning-rate-finder', { ...SMALL, steps: 100 });
  expect(await play(figure)).toMatchObject({ step: 100 });
  const told = (await status(figure).textContent())!;
  const rate = /The smoothed loss is lowest at ([\d.]+)\./.exec(told)?.[1];
  expect(Number(rate)).toBeGreaterThan(0.01);
  const readOut = figure.locator('output');
  await expect(readOut).toHaveText(new RegExp(`^At a rate of ${rate} the smoothed loss is [\\d.]+\\.$`));
  await figure.getByRole('slider').focus();
  await page.keyboard.press('Home');
  await expect(readOut).toContainText('At a rate of 0.001 ');
  await page.keyboard.press('ArrowRight');
  await expect(readOut).toContainText('At a rate of 0.0011 ');
  await page.keyboard.press('End');
  await expect(readOut).toContainText('At a rate of 1 ');
});

test('a sweep up to a rate of 100 stays a whole figure', async ({ page }) => {
  const figure = await open(page, 'learning-rate-finder', { ...SMALL, steps: 100, high: 100 });
  await play(figure);
  await expect(status(figure)).toContainText(/The smoothed loss is lowest at [\d.]+\./);
  expect(await lossOf(figure)).toBeGreaterThan(10);
  expect(await brokenParts(figure)).toEqual([]);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the figures show the recorded runs, and have no control that would do nothing', async ({ page }) => {
    await page.goto(MLP);
    const figures = WIDGETS.map((id) => page.locator(`[data-widget="${id}"]`));
    for (const figure of figures) {
      await expect(figure).toHaveAttribute('data-state', 'idle');
      await expect(figure.locator('svg path.line[d^="M"]')).toHaveCount(2);
      for (const role of ['button', 'textbox', 'slider', 'combobox'] as const) {
        await expect(figure.getByRole(role)).toHaveCount(0);
      }
      expect(await brokenParts(figure)).toEqual([]);
    }
    const [trained, map, swept] = figures;
    await expect(trained!).toContainText(`dev loss ${mlpRun.final.dev.toFixed(4)}`);
    await expect(trained!.locator('.samples li')).toHaveText(mlpRun.samples);
    await expect(map!).toContainText(`dev loss ${mapRun.final.dev.toFixed(4)}`);
    await expect(map!.locator('.point-map text.point')).toHaveText(mapRun.symbols);
    await expect(swept!).toContainText(/Recorded sweep of 1,?000 steps\. The smoothed loss is lowest at [\d.]+\./);
  });
});

test.describe('a bad address is refused by name and bound, and the defaults stand', () => {
  const MARKUP = '<img src=x onerror=alert(1)>';
  const shared = {
    seed: [MARKUP, /Seed: “<img src=x onerror=alert…” is not a number\. It stays at 2147483647\./],
    init: [MARKUP, /Initialization: “<img src=x onerror=alert…” is none of scaled, notebook\./],
    hidden: ['1000000000', /Hidden units: 1000000000 is outside 1 to 2,048\. It stays at 200\./],
    batch: ['-1', /Batch size: -1 is outside 1 to 4,096\. It stays at 32\./],
    block: ['NaN', /Block size: “NaN” is not a number\. It stays at 3\./],
    depth: ['3', /There is no setting “depth” here\./],
  } as const;
  const rates = {
    ...shared,
    rate: ['1e999', /Learning rate: 1e999 is outside 0 to 100\. It stays at 0\.1\./],
    schedule: [MARKUP, /Schedule: .*Write it as/],
  } as const;
  const cases = {
    'mlp-training': { bad: rates, first: mlpRun.marks['0'] },
    'embedding-map': {
      bad: { ...rates, embedding: ['1', /Embedding size: 1 is outside 2 to 128\. It stays at 2\./] },
      first: mapRun.marks['0'],
    },
    'learning-rate-finder': {
      bad: { ...shared, high: ['1e999', /To rate: 1e999 is outside .* to 100\. It stays at 1\./] },
      first: sweep.losses[0]!,
    },
  } as const;

  for (const id of WIDGETS) {
    test(`by ${id}`, async ({ page }) => {
      const faults: string[] = [];
      page.on('dialog', (dialog) => faults.push(dialog.message()));
      page.on('pageerror', ({ message }) => faults.push(message));
      const { bad, first } = cases[id];
      const settings = Object.fromEntries(Object.entries(bad).map(([name, [value]]) => [name, value]));
      const figure = await open(page, id, { ...settings, engine: 'simd' });
      for (const [, sentence] of Object.values<readonly [string, RegExp]>(bad))
        await expect(figure.locator('.refusal:visible').filter({ hasText: sentence })).toHaveCount(1);
      await expect(figure.locator('img')).toHaveCount(0);
      await button(figure, 'Play').click();
      await expect.poll(() => stepOf(figure), { timeout: MINUTE }).toBeGreaterThan(1);
      await button(figure, 'Reset').click();
      await isAt(figure, 0);
      expect(await losses(figure, 1)).toEqual([expect.closeTo(first, 3)]);
      expect(faults).toEqual([]);
    });
  }
});

for (const [colorScheme, width] of [
  ['light', 1280],
  ['dark', 360],
] as const) {
  test(`axe finds nothing in the figures while they run, in the ${colorScheme} theme at ${width} px`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const settings = WIDGETS.flatMap((id) =>
      Object.entries({ ...SMALL, pace: 'slow', steps: 1000 }).map(([name, value]) => [`${id}.${name}`, `${value}`]),
    );
    await page.goto(`${MLP}?${new URLSearchParams(settings)}`);
    const axe = new AxeBuilder({ page });
    for (const id of WIDGETS) {
      const figure = await widget(page, id);
      await button(figure, 'Play').click();
      await expect.poll(() => stepOf(figure), { timeout: MINUTE }).toBeGreaterThan(2);
      axe.include(`[data-widget="${id}"]`);
    }
    const { violations } = await axe.analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
  });
}
