import { expect, type Locator, type Page, test } from '@playwright/test';
import stepper from '../content/runs/backprop-stepper.json' with { type: 'json' };
import recorded from '../content/runs/manual-training.json' with { type: 'json' };
import fixture from '../reference/fixtures/manual_training.json' with { type: 'json' };
import {
  axeFindings,
  brokenParts,
  button,
  devLossOf,
  keptStep,
  lossOf,
  MANUAL,
  openWidget,
  overflowOf,
  readNumber,
  serveMakemore,
  setField,
  stepOf,
  widget,
} from './site.ts';

const ID = 'manual-training';
const MINUTE = 60_000;
/** A short run of a small network. */
const SMALL = { steps: 60, hidden: 16, engine: 'wasm' } as const;

const open = (page: Page, settings: Readonly<Record<string, string | number>> = {}) =>
  openWidget(page, MANUAL, ID, settings);
const status = (figure: Locator) => figure.locator('.run-status .status').first();
const failure = (figure: Locator) => figure.locator('.widget-failure');
const reaches = (figure: Locator, state: string) =>
  expect(figure).toHaveAttribute('data-state', state, { timeout: MINUTE });
const isAt = (figure: Locator, step: number) =>
  expect(figure).toHaveAttribute('data-step', String(step), { timeout: MINUTE });

async function play(figure: Locator): Promise<{ step: number; loss: number; devLoss: number }> {
  await button(figure, 'Play').click();
  await reaches(figure, 'done');
  return { step: await stepOf(figure), loss: await lossOf(figure), devLoss: await devLossOf(figure) };
}

/** What the figure prints of one fact, by hand and by autograd. */
const facts = async (figure: Locator, name: string): Promise<string[]> =>
  (await figure.locator('.side-by-side > div').filter({ hasText: name }).locator('dd').allTextContents()).map((text) =>
    text.replace(/^by (hand|autograd) /, ''),
  );
const speeds = async (figure: Locator) =>
  (await facts(figure, 'speed')).map((text) => Number(text.replace(' steps/s', '').replace(',', '')));
const devLosses = async (figure: Locator) => (await facts(figure, 'dev loss in the end')).map(Number);
const difference = async (figure: Locator) =>
  readNumber((await facts(figure, 'largest difference of two losses of a step'))[0]!);

/** Of a run that has ended: two networks that learned the same, each with its speed. */
async function expectTheSame(figure: Locator): Promise<void> {
  expect(await difference(figure)).toBeLessThan(1e-5);
  const [byHand, byAutograd] = (await devLosses(figure)) as [number, number];
  expect(Math.abs(byHand - byAutograd)).toBeLessThan(1e-5);
  expect(byHand).toBeCloseTo(await devLossOf(figure), 5);
  for (const speed of await speeds(figure)) expect(speed).toBeGreaterThan(0);
  const curves = figure.locator('svg path.line');
  await expect(curves).toHaveCount(2);
  expect(await brokenParts(figure)).toEqual([]);
}

/** What is shown of the recorded run. */
async function expectRecorded(figure: Locator): Promise<void> {
  const { hand, autograd } = recorded;
  expect(await speeds(figure)).toEqual([hand.speed, autograd.speed].map(Math.round));
  expect(await devLosses(figure)).toEqual([hand.dev, autograd.dev].map((loss) => Number(loss.toFixed(6))));
  expect(Math.abs((await difference(figure)) / recorded.difference - 1)).toBeLessThan(0.05);
  await expect(figure.locator('svg path.line[d^="M"]')).toHaveCount(2);
  await expect(figure.locator('.chart-title .key')).toHaveText(
    [hand, autograd].map(({ curve }) => new RegExp(`${curve.values.at(-1)!.toFixed(4)}$`)),
  );
  await expect(status(figure)).toContainText('Recorded: 10,000 steps of each on WebAssembly.');
}

test('before Play the recorded run is shown, and nothing is fetched for it', async ({ page }) => {
  const figure = await open(page);
  await expectRecorded(figure);
  expect(page.workers()).toEqual([]);
  expect(await brokenParts(figure)).toEqual([]);
});

test('by hand and by autograd the network learns the same, again after Reset, and other than with a new seed', async ({
  page,
}) => {
  const figure = await open(page, SMALL);
  await expect(status(figure)).toHaveText('Press Play for 60 steps by hand, and as many by autograd.');
  const first = await play(figure);
  expect(first.step).toBe(60);
  await expect(figure).toHaveAttribute('data-engine', 'wasm');
  await expect(status(figure)).toHaveText('60 steps of each done on WebAssembly.');
  await expectTheSame(figure);
  await button(figure, 'Reset').click();
  await isAt(figure, 0);
  expect(await play(figure)).toEqual(first);
  await button(figure, 'New seed').click();
  await isAt(figure, 0);
  expect((await play(figure)).loss).not.toBe(first.loss);
});

test('the first loss is that of the network of the 26 steps', async ({ page }) => {
  const figure = await open(page, { engine: 'cpu' });
  await button(figure, 'Step').click();
  await isAt(figure, 1);
  expect(Math.abs((await lossOf(figure)) - stepper.loss)).toBeLessThan(1e-5);
  expect(await difference(figure)).toBeLessThan(1e-5);
  await reaches(figure, 'paused');
});

for (const engine of ['webgl', 'cpu'] as const)
  test(`on ${engine} both learn the same, and the same as on wasm`, async ({ page }) => {
    test.setTimeout(2 * MINUTE);
    const figure = await open(page, { ...SMALL, steps: 5, corpus: 'dinosaurs', engine });
    const there = await play(figure);
    await expect(figure).toHaveAttribute('data-engine', engine);
    await expectTheSame(figure);
    await figure.getByRole('combobox', { name: 'Engine' }).selectOption('wasm');
    await isAt(figure, 0);
    const here = await play(figure);
    expect(Math.abs(there.loss - here.loss)).toBeLessThan(1e-5);
    expect(Math.abs(there.devLoss - here.devLoss)).toBeLessThan(1e-5);
  });

test('on the makemore list the losses are those of PyTorch’s loop', async ({ page, context }) => {
  test.setTimeout(2 * MINUTE);
  await serveMakemore(context);
  const figure = await open(page, { corpus: 'makemore', engine: 'wasm', steps: 1 });
  for (const mark of ['0', '1', '10', '100'] as const) {
    await setField(figure, 'Steps', Number(mark) + 1);
    const { loss } = await play(figure);
    expect(Math.abs(loss - fixture.hidden64.loss_f32[mark]), `step ${mark}`).toBeLessThan(1e-4);
    await expectTheSame(figure);
  }
});

test('a run is paused, stepped on and played to its end', async ({ page }) => {
  const figure = await open(page, { ...SMALL, pace: 'slow' });
  await button(figure, 'Play').click();
  await expect.poll(() => stepOf(figure), { timeout: MINUTE }).toBeGreaterThan(2);
  await button(figure, 'Pause').click();
  await reaches(figure, 'paused');
  const paused = await stepOf(figure);
  await button(figure, 'Step').click();
  await isAt(figure, paused + 1);
  await figure.getByRole('combobox', { name: 'Speed' }).selectOption('full');
  const end = await play(figure);
  await button(figure, 'Reset').click();
  await isAt(figure, 0);
  expect(await play(figure)).toEqual(end);
});

test('a reload offers to resume, and the resumed run ends as one that was not interrupted', async ({ page }) => {
  const figure = await open(page, SMALL);
  const whole = await play(figure);
  await figure.getByRole('combobox', { name: 'Speed' }).selectOption('slow');
  await button(figure, 'Reset').click();
  await isAt(figure, 0);
  await button(figure, 'Play').click();
  await expect.poll(() => keptStep(page, ID), { timeout: MINUTE }).toBeGreaterThan(5);
  await page.reload();
  await widget(page, ID);
  await expect(figure.locator('.kept-run')).toContainText(/Your last run here stopped at step \d+\./);
  await button(figure, 'Resume').click();
  await figure.getByRole('combobox', { name: 'Speed' }).selectOption('full');
  await reaches(figure, 'done');
  expect({ step: await stepOf(figure), loss: await lossOf(figure), devLoss: await devLossOf(figure) }).toEqual(whole);
  await expectTheSame(figure);
});

test('settings out of bounds are refused with a sentence, and the defaults stand', async ({ page }) => {
  const figure = await open(page, { steps: 0, batch: 1, engine: 'simd', hidden: 4096, depth: 3, seed: '<b>' });
  for (const sentence of [
    'Steps: 0 is outside 1 to 200,000. It stays at 10000.',
    'Batch size: 1 is outside 2 to 4,096. It stays at 32.',
    'Engine: “simd” is none of auto, webgl, webgpu, wasm, cpu. It stays at auto.',
    'Hidden units: 4096 is outside 1 to 2,048. It stays at 64.',
    'Seed: “<b>” is not a number. It stays at 2147483647.',
    'There is no setting “depth” here.',
  ])
    await expect(figure.locator('.refusal:visible').filter({ hasText: sentence })).toHaveCount(1);
  await expectRecorded(figure);
});

// Units that answer between -1 and 1 keep the loss finite at any rate that can be set; it is only absurd.
test('a rate of 100 spoils both runs, and not their figure', async ({ page }) => {
  const figure = await open(page, { ...SMALL, rate: 100 });
  expect((await play(figure)).loss).toBeGreaterThan(10);
  for (const devLoss of await devLosses(figure)) expect(devLoss).toBeGreaterThan(10);
  expect(await brokenParts(figure)).toEqual([]);
});

test('a list that cannot be reached is told of, and another may be chosen', async ({ page, context }) => {
  await context.route('**/names.*.txt', (route) => route.abort());
  const figure = await open(page, SMALL);
  await button(figure, 'Play').click();
  await reaches(figure, 'error');
  await expect(failure(figure)).toContainText('The word list of this site could not be reached.');
  await figure.getByRole('combobox', { name: 'Word list' }).selectOption('dinosaurs');
  expect(await play(figure)).toMatchObject({ step: 60 });
  await expectTheSame(figure);
});

for (const [colorScheme, width] of [['dark', 360]] as const)
  test(`axe finds nothing in the ${colorScheme} theme at ${width} px, and nothing sticks out`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const figure = await open(page, { ...SMALL, corpus: 'dinosaurs', steps: 20 });
    await play(figure);
    await figure.getByText('Numbers', { exact: true }).click();
    expect(await axeFindings(page, [ID])).toEqual([]);
    expect(await overflowOf(figure)).toEqual({ page: width, wide: [] });
  });

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the recorded run is shown, and nothing that would not answer', async ({ page }) => {
    await page.goto(MANUAL);
    const figure = page.locator(`[data-widget="${ID}"]`);
    await expect(figure).toHaveAttribute('data-state', 'idle');
    await expectRecorded(figure);
    for (const role of ['button', 'textbox', 'slider', 'combobox'] as const)
      await expect(figure.getByRole(role)).toHaveCount(0);
  });
});
