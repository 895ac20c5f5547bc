import { expect, type Locator, type Page, test } from '@playwright/test';
import recorded from '../content/runs/backprop-stepper.json' with { type: 'json' };
import { RULES, STEPS } from '../src/backprop/steps.ts';
import { axeFindings, brokenParts, button, MANUAL, openWidget, overflowOf, readNumber, widget } from './site.ts';

const ID = 'backprop-stepper';
const LIST = '**/names.*.txt';
const WORKER = '**/_astro/worker-*.js';
const FORMULAS = '**/formulas/backward-pass.json';
const MINUTE = 60_000;
const NAMES = STEPS.map(({ name }) => name);
const recordOf = (name: string) => recorded.tensors[name as keyof typeof recorded.tensors];

const open = (page: Page, tensor?: string) => openWidget(page, MANUAL, ID, tensor === undefined ? {} : { tensor });
const title = (figure: Locator) => figure.locator('.step-title');
const maps = (figure: Locator) => figure.locator('.step-maps').getByRole('img');
const derivation = (figure: Locator) => figure.locator('.derivation');
const status = (figure: Locator) => figure.locator('.run-controls').getByRole('status');
const node = (figure: Locator, name: string) =>
  figure.getByRole('button', { name: new RegExp(`^${name}(, gradient known)?$`) });
/** With all that is computed. */
const isAt = async (figure: Locator, name: string) => {
  await expect(title(figure)).toContainText(new RegExp(`^d${name}, `));
  await expect(maps(figure)).toHaveCount(3, { timeout: MINUTE });
};

/**
 * Whether a largest number is the recorded one to the digits that are printed, three or, with a power of ten, two. What
 * should be 0 is rounding, which need not be the same everywhere.
 */
function expectLargest(printed: number, expected: number, name: string): void {
  if (expected < 1e-15) expect(printed, name).toBeLessThan(1e-15);
  else expect(Math.abs(printed / expected - 1), name).toBeLessThan(expected < 1e-3 ? 0.05 : 0.005);
}

/** Whether autograd, in single precision, is as near as it can be. */
const expectNear = (difference: number, largest: number, name: string): void =>
  expect(difference, name).toBeLessThan(Math.max(1e-8, 1e-5 * largest));

/** Of a map: the cells that are drawn at all, as row and column. */
const drawnCells = async (map: Locator): Promise<string[]> => {
  const paths = await map.locator('path').evaluateAll((all) => all.map((path) => path.getAttribute('d')!));
  return paths.flatMap((path) => [...path.matchAll(/M(\d+) (\d+)/g)].map(([, column, row]) => `${row},${column}`));
};

/** All that the table has of each tensor. */
async function tableOf(figure: Locator): Promise<Record<string, readonly [string, number, number]>> {
  const rows = await figure
    .locator('table tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent!.trim())));
  return Object.fromEntries(
    rows.map(([name, shape, largest, difference]) => [
      name!.slice(1),
      [shape!, readNumber(largest!), readNumber(difference!)],
    ]),
  );
}

/** What the figure shows of its first tensor before anything is computed. */
async function expectRecordedFirst(figure: Locator): Promise<void> {
  const [{ name, backward, rule }] = STEPS as [(typeof STEPS)[number]];
  const { shape, largest } = recordOf(name);
  await expect(title(figure)).toHaveText(`d${name}, shape (n, K) = (${shape.join(', ')})`);
  await expect(figure.locator('.step-panel')).toContainText(RULES[rule]);
  await expect(figure.locator('.step-line')).toHaveText(`d${name} = ${backward}`);
  await expect(derivation(figure).locator('.katex')).not.toHaveCount(0);
  await expect(maps(figure)).toHaveCount(3);
  const { data } = recorded.first.gradient;
  const cells = data.flatMap((x, i) => (x === 0 ? [] : [`${Math.floor(i / shape[1]!)},${i % shape[1]!}`]));
  expect(cells).toHaveLength(shape[0]!);
  for (const by of ['hand', 'autograd'])
    expect(
      (await drawnCells(figure.getByRole('img', { name: new RegExp(`^d${name} by ${by}: `) }))).toSorted(),
    ).toEqual(cells.toSorted());
  await expect(figure.locator('.step-difference')).toHaveText(
    `Largest number ${largest.toPrecision(3)}; largest difference between hand and autograd 0.`,
  );
}

test('before a press the first tensor is the recorded one, and nothing is fetched for it', async ({ page }) => {
  const figure = await open(page);
  await expect(node(figure, NAMES[0]!)).toHaveAttribute('aria-current', 'step');
  await expectRecordedFirst(figure);
  expect(page.workers()).toEqual([]);
  expect(await brokenParts(figure)).toEqual([]);
});

test('for each of the 26: shape, rule, derivation, and the numbers by hand and by autograd', async ({ page }) => {
  const figure = await open(page);
  const derivations = new Set<string>();
  for (const [i, { name, backward, rule }] of STEPS.entries()) {
    if (i > 0) await button(figure, 'Step back').click();
    await isAt(figure, name);
    const { shape, largest } = recordOf(name);
    await expect(title(figure)).toContainText(`(${shape.join(', ')})`);
    await expect(figure.locator('.step-panel')).toContainText(RULES[rule]);
    await expect(figure.locator('.step-line')).toHaveText(`d${name} = ${backward}`);
    await expect(derivation(figure).locator('.katex')).not.toHaveCount(0);
    await expect(figure.locator('.katex-error')).toHaveCount(0);
    derivations.add((await derivation(figure).textContent())!);
    await expect(figure).toHaveAttribute('data-step', String(i + 1));
    await expect(status(figure)).toHaveText(`Gradient ${i + 1} of 26: d${name}.`);

    const columns = shape.at(-1)!;
    const rows = shape.slice(0, -1).reduce((product, length) => product * length, 1);
    for (const [map, label] of [name, `d${name} by hand`, `d${name} by autograd`].entries()) {
      const text = (await maps(figure).nth(map).getAttribute('aria-label'))!;
      expect(text).toContain(`${label}: ${rows} rows of ${columns} numbers, the largest `);
      if (label.endsWith('hand')) expectLargest(readNumber(/largest (.*)\.$/.exec(text)![1]!), largest, name);
    }
    const printed = /^Largest number (.*); largest difference between hand and autograd (.*)\.$/.exec(
      (await figure.locator('.step-difference').textContent())!,
    )!;
    expectLargest(readNumber(printed[1]!), largest, name);
    expectNear(readNumber(printed[2]!), largest, name);
  }
  expect(derivations.size).toBe(STEPS.length);
  await expect(button(figure, 'Step back')).toHaveAttribute('aria-disabled', 'true');
  expect(await brokenParts(figure)).toEqual([]);

  await figure.getByText('All 26 gradients').click();
  const table = await tableOf(figure);
  expect(Object.keys(table)).toEqual(NAMES);
  for (const name of NAMES) {
    const [shape, largest, difference] = table[name]!;
    expect(shape).toBe(recordOf(name).shape.join(' × '));
    expectLargest(largest, recordOf(name).largest, name);
    expectNear(difference, recordOf(name).largest, name);
  }
});

test('the numbers under the pointer are read', async ({ page }) => {
  const figure = await open(page, 'b2');
  await node(figure, 'logprobs').click();
  await isAt(figure, 'logprobs');
  const map = maps(figure).nth(1);
  const [cell] = await drawnCells(map);
  const [row, column] = cell!.split(',').map(Number) as [number, number];
  const { width, height } = (await map.boundingBox())!;
  const [columns, rows] = [27, 32];
  await map.hover({ position: { x: ((column + 0.5) * width) / columns, y: ((row + 0.5) * height) / rows } });
  // Minus one over the 32 examples.
  await expect(figure.locator('.step-map').nth(1)).toContainText(`[${row}, ${column}] = −${(1 / 32).toPrecision(3)}`);
});

test('the keyboard reaches every tensor and goes to it by Enter or Space, back by Undo and Reset', async ({ page }) => {
  // The place that an address points at is where Tab begins.
  await page.goto(`${MANUAL}#${ID}`);
  const figure = await widget(page, ID);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label')?.split(',')[0]);
  const reached: (string | undefined)[] = [];
  for (let i = 0; i < NAMES.length; i++) {
    await page.keyboard.press('Tab');
    reached.push(await focused());
  }
  expect(reached).toEqual(NAMES);
  for (const [name, key] of [
    ['C', 'Enter'],
    ['h', 'Space'],
    ['logits', 'Enter'],
  ] as const) {
    while ((await focused()) !== name) await page.keyboard.press('Shift+Tab');
    await page.keyboard.press(key);
    await isAt(figure, name);
    await expect(figure.locator('[aria-current]')).toHaveCount(1);
    await expect(node(figure, name)).toHaveAttribute('aria-current', 'step');
    await expect(node(figure, name)).toBeFocused();
    await expect(figure.getByRole('button', { name: ', gradient known' })).toHaveCount(NAMES.indexOf(name) + 1);
  }
  await button(figure, 'Undo').press('Enter');
  await isAt(figure, 'logit_maxes');
  await button(figure, 'Reset').press('Enter');
  await isAt(figure, 'logprobs');
  await expect(button(figure, 'Reset')).toBeFocused();
  await expect(button(figure, 'Undo')).toHaveAttribute('aria-disabled', 'true');
});

test('a link opens its tensor, and a bad one is refused with a sentence', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const figure = await open(page, 'hprebn');
  await expect(title(figure)).toContainText('dhprebn, ');
  await button(figure, 'Step back').click();
  await isAt(figure, 'embcat');
  await button(figure, 'Copy a link to this step').click();
  await page.goto(await page.evaluate(() => navigator.clipboard.readText()));
  await widget(page, ID);
  await expect(title(figure)).toContainText('dembcat, ');
  await open(page, 'loss');
  await expect(figure.locator('.refusal')).toContainText(
    /^Tensor: “loss” is none of logprobs, .* It stays at logprobs\./,
  );
  await expect(title(figure)).toContainText('dlogprobs, ');
});

for (const width of [1280, 480])
  test(`stepping moves nothing on the page at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    const figure = await open(page);
    await button(figure, 'Step back').scrollIntoViewIfNeeded();
    await page.evaluate(() => document.fonts.ready);
    await figure.evaluate((element) => {
      const heights = new Set<number>();
      new ResizeObserver(() => heights.add(Math.round(element.getBoundingClientRect().height))).observe(element);
      Object.assign(globalThis, { heights });
    });
    const place = () => page.evaluate(() => scrollY);
    const before = await place();
    for (const name of NAMES.slice(1)) {
      await button(figure, 'Step back').press('Enter');
      await isAt(figure, name);
      // Time for the observer, and for what scrolls the graph.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      expect(await place(), name).toBe(before);
      const [box, current] = await Promise.all(
        ['.tensor-graph-box', '.tensor-node.is-current'].map((part) => figure.locator(part).boundingBox()),
      );
      expect(current!.y, name).toBeGreaterThanOrEqual(box!.y);
      expect(current!.y + current!.height, name).toBeLessThanOrEqual(box!.y + box!.height);
    }
    const heights = await page.evaluate(() => [...(globalThis as unknown as { heights: Set<number> }).heights]);
    expect(heights).toHaveLength(1);
  });

test.describe('what cannot be had is told of, and the next press tries again', () => {
  for (const [what, pattern, sentence] of [
    ['the word list', LIST, /^The word list of this site could not be reached\. .*Press a button to try again\.$/],
    ['the script of the worker', WORKER, /^[A-Z“].*\. Press a button to try again\.$/],
    ['autograd', '**/_astro/autograd-*.js', /^[A-Z“].*\. Press a button to try again\.$/],
  ] as const)
    for (const presses of [1, 2])
      test(`${what}, at ${presses === 1 ? 'one press' : 'two presses'}`, async ({ page, context }) => {
        await context.route(pattern, (route) => route.abort());
        const figure = await open(page, 'h');
        const reached = ['W2', 'b2'].slice(0, presses);
        for (const _ of reached) await button(figure, 'Step back').press('Enter');
        await expect(figure).toHaveAttribute('data-state', 'error');
        await expect(status(figure)).toHaveText(sentence);
        await expect(title(figure)).toContainText(`d${reached.at(-1)}, `);
        await expect(figure.locator('.step-line')).toContainText('dlogits');
        if (what === 'autograd') await expect(maps(figure)).toHaveCount(2);
        await context.unroute(pattern);
        await button(figure, 'Undo').click();
        await isAt(figure, presses === 1 ? 'h' : 'W2');
        await expect(figure).toHaveAttribute('data-state', 'idle');
      });

  test('the formulas: everything but the derivation is there', async ({ page, context }) => {
    await context.route(FORMULAS, (route) => route.abort());
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    const figure = await open(page);
    await expect(derivation(figure)).toHaveCount(1);
    for (const { name, backward, rule } of STEPS.slice(1, 4)) {
      await button(figure, 'Step back').click();
      await isAt(figure, name);
      await expect(derivation(figure)).toHaveCount(0);
      await expect(figure.locator('.step-line')).toHaveText(`d${name} = ${backward}`);
      await expect(figure.locator('.step-panel')).toContainText(RULES[rule]);
    }
    await button(figure, 'Reset').click();
    await expect(derivation(figure)).toHaveCount(1);
    expect(faults).toEqual([]);
  });
});

for (const [colorScheme, width] of [['dark', 360]] as const)
  test(`axe finds nothing in the ${colorScheme} theme at ${width} px, and nothing sticks out`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const figure = await open(page, 'hprebn');
    await figure.getByText('All 26 gradients').click();
    await expect(figure.getByRole('table')).toBeVisible();
    await expect(derivation(figure)).toBeVisible();
    expect(await axeFindings(page, [ID])).toEqual([]);
    await button(figure, 'Undo').click();
    await isAt(figure, 'bnmeani');
    expect(await axeFindings(page, [ID])).toEqual([]);
    expect(await overflowOf(figure)).toEqual({ page: width, wide: [] });
  });

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the first tensor and the table are the recorded ones, and nothing is there that would not answer', async ({
    page,
  }) => {
    await page.goto(MANUAL);
    const figure = page.locator(`[data-widget="${ID}"]`);
    await expect(figure).toHaveAttribute('data-state', 'idle');
    await expectRecordedFirst(figure);
    await figure.getByText('All 26 gradients').click();
    await expect(figure.getByRole('table')).toBeVisible();
    const table = await tableOf(figure);
    for (const [name, { shape, largest, difference }] of Object.entries(recorded.tensors)) {
      const [shapeShown, largestShown, differenceShown] = table[name]!;
      expect(shapeShown).toBe(shape.join(' × '));
      expect(Math.abs(largestShown - largest)).toBeLessThanOrEqual(0.05 * largest);
      expect(Math.abs(differenceShown - difference)).toBeLessThanOrEqual(0.05 * difference);
    }
    for (const role of ['button', 'textbox', 'slider', 'combobox'] as const)
      await expect(figure.getByRole(role)).toHaveCount(0);
  });
});
