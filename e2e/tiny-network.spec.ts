import { expect, type Locator, type Page, test } from '@playwright/test';
import recorded from '../content/runs/tiny-network.json' with { type: 'json' };
import { AUTOGRAD, watchLongTasks, widget } from './site.ts';

const open = async (page: Page, query = ''): Promise<Locator> => {
  await page.goto(AUTOGRAD + query);
  return widget(page, 'tiny-network');
};
const button = (figure: Locator, name: string) => figure.getByRole('button', { name, exact: true });
const loss = async (figure: Locator) => Number(await figure.getAttribute('data-loss'));
const losses = async (figure: Locator, steps: number) => {
  const seen: number[] = [];
  for (let step = 1; step <= steps; step++) {
    await button(figure, 'Step').click();
    await expect(figure).toHaveAttribute('data-step', String(step));
    seen.push(await loss(figure));
  }
  return seen;
};

for (const activation of ['tanh', 'relu']) {
  test(`two moons, 100 points, 2-16-16-1 with ${activation}: all points right within 100 updates, and no long task @alone`, async ({
    page,
  }) => {
    const figure = await open(page, `?tiny-network.activation=${activation}`);
    await page.waitForTimeout(500);
    const longTasks = await watchLongTasks(page);
    await button(figure, 'Play').click();
    await expect(figure).toHaveAttribute('data-state', 'running');
    await page.mouse.wheel(0, 200);
    await page.mouse.wheel(0, -200);
    await expect(figure).toHaveAttribute('data-state', 'done', { timeout: 45_000 });
    await expect(figure).toHaveAttribute('data-step', '100');
    await expect(figure.locator('.status').first()).toContainText('100% on the right side');
    const tasks = await longTasks();
    console.log(
      `${activation}: ${tasks.length} tasks over 50 ms while training${tasks.map((ms) => ` ${ms.toFixed(0)}`)}`,
    );
    expect(tasks).toEqual([]);
    if (activation === 'tanh') expect(await loss(figure)).toBeCloseTo(recorded.curve.loss[99]!, 7);
  });
}

test('Step makes the recorded run’s losses, and Reset the same ones again', async ({ page }) => {
  const figure = await open(page);
  const first = await losses(figure, 5);
  expect(first).toEqual(recorded.curve.loss.slice(0, 5).map((value) => expect.closeTo(value, 7)));
  await button(figure, 'Reset').click();
  await expect(figure).toHaveAttribute('data-step', '0');
  expect(await losses(figure, 5)).toEqual(first);
});

test('New seed is another run, and its link replays it', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const figure = await open(page);
  await button(figure, 'New seed').click();
  const first = await losses(figure, 3);
  expect(first[0]).not.toBeCloseTo(recorded.curve.loss[0]!, 3);
  await figure.getByRole('button', { name: 'Copy a link' }).click();
  await expect(figure).toContainText('Copied.');
  const address = await page.evaluate(() => navigator.clipboard.readText());
  const fresh = await context.browser()!.newContext();
  const other = await fresh.newPage();
  await other.goto(address);
  expect(await losses(await widget(other, 'tiny-network'), 3)).toEqual(first);
  await fresh.close();
});

test('Pause stops, Play goes on, and the rate may change on the way', async ({ page }) => {
  const figure = await open(page, '?tiny-network.steps=400');
  await button(figure, 'Play').click();
  await expect.poll(async () => Number(await figure.getAttribute('data-step'))).toBeGreaterThan(3);
  await button(figure, 'Pause').click();
  await expect(figure).toHaveAttribute('data-state', 'paused');
  const step = Number(await figure.getAttribute('data-step'));
  await page.waitForTimeout(300);
  expect(Number(await figure.getAttribute('data-step'))).toBe(step);
  await figure.getByRole('textbox', { name: 'Learning rate' }).fill('0');
  await figure.getByRole('textbox', { name: 'Learning rate' }).press('Enter');
  await button(figure, 'Step').click();
  await expect(figure).toHaveAttribute('data-step', String(step + 1));
  const still = await loss(figure);
  await button(figure, 'Step').click();
  await expect(figure).toHaveAttribute('data-step', String(step + 2));
  expect(await loss(figure)).toBe(still);
});

test('nothing of the trainer is fetched before the first press', async ({ page }) => {
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  const figure = await open(page);
  await page.waitForTimeout(500);
  expect(workers).toEqual([]);
  await button(figure, 'Step').click();
  await expect(figure).toHaveAttribute('data-step', '1');
  expect(workers).toHaveLength(1);
});

const PICTURE = '**/_astro/live-picture.*.js';

test('what draws a run comes with its worker; without it the recorded picture stays, and Play tries again', async ({
  page,
}) => {
  const boundary = () => figure.locator('.surface .boundary').getAttribute('d');
  await page.route(PICTURE, (route) => route.abort());
  const figure = await open(page);
  const recordedBoundary = await boundary();
  await button(figure, 'Step').click();
  await expect(figure).toHaveAttribute('data-state', 'error');
  await expect(figure.getByRole('alert').first()).toHaveText(
    /^A part of this page could not be fetched: .* Press Play to try again\.$/,
  );
  expect(await boundary()).toBe(recordedBoundary);
  await page.unroute(PICTURE);
  await button(figure, 'Step').click();
  await expect(figure).toHaveAttribute('data-step', '1');
  await expect.poll(boundary).not.toBe(recordedBoundary);
  expect(page.workers()).toHaveLength(1);
});

test('points of another seed are fetched; where they cannot be, a sentence says so and the last ones stay', async ({
  page,
}) => {
  const figure = await open(page);
  const places = () =>
    figure.locator('.surface .point').evaluateAll((points) => points.map((point) => point.outerHTML));
  const first = await places();
  await page.route(PICTURE, (route) => route.abort());
  await button(figure, 'New seed').click();
  await expect(figure.getByRole('alert').first()).toContainText('Press Play to try again.');
  expect(await places()).toEqual(first);
  await page.unroute(PICTURE);
  await button(figure, 'New seed').click();
  await expect.poll(places).not.toEqual(first);
  await expect(figure.getByRole('alert').first()).toBeHidden();
});

test('a reload offers to resume, and the run goes on where it was', async ({ page }) => {
  const figure = await open(page, '?tiny-network.seed=7');
  const first = await losses(figure, 6);
  await button(figure, 'Reset').click();
  await expect(figure).toHaveAttribute('data-step', '0');
  expect(await losses(figure, 3)).toEqual(first.slice(0, 3));
  await page.waitForTimeout(500); // A step is shown before it has been put aside.
  await page.reload();
  await widget(page, 'tiny-network');
  await expect(figure).toContainText('Your last run here stopped at update 3.');
  await button(figure, 'Resume').click();
  await expect(figure).toHaveAttribute('data-state', 'done', { timeout: 30_000 });
  const whole = await loss(figure);
  await button(figure, 'Reset').click();
  await expect(figure).toHaveAttribute('data-step', '0');
  await button(figure, 'Play').click();
  await expect(figure).toHaveAttribute('data-state', 'done', { timeout: 30_000 });
  expect(whole).toBe(await loss(figure));
});

test('a run pauses out of sight and in a hidden tab, and goes on after', async ({ page }) => {
  const figure = await open(page, '?tiny-network.steps=2000');
  await button(figure, 'Play').click();
  await expect(figure).toHaveAttribute('data-state', 'running');
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  await expect(figure).toHaveAttribute('data-state', 'paused');
  await figure.scrollIntoViewIfNeeded();
  await expect(figure).toHaveAttribute('data-state', 'running');
  const hide = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await hide(true);
  await expect(figure).toHaveAttribute('data-state', 'paused');
  await hide(false);
  await expect(figure).toHaveAttribute('data-state', 'running');
});

test('a worker that dies in the middle is replaced, and the run goes on', async ({ page }) => {
  const figure = await open(page);
  const first = await losses(figure, 4);
  await page.workers()[0]!.evaluate(() =>
    setTimeout(() => {
      throw new Error('out of memory');
    }),
  );
  await expect(figure).toHaveAttribute('data-state', 'error');
  await expect(figure.getByRole('alert').first()).toContainText('What was reached by step 4 is kept');
  await button(figure, 'Step').click();
  await expect(figure).toHaveAttribute('data-step', '5');
  await button(figure, 'Reset').click();
  await expect(figure).toHaveAttribute('data-step', '0');
  expect(await losses(figure, 4)).toEqual(first);
});

test('a run whose worker cannot start says so, and Play tries again', async ({ page }) => {
  await page.route('**/worker*.js', (route) => route.abort());
  const figure = await open(page);
  await button(figure, 'Play').click();
  await expect(figure).toHaveAttribute('data-state', 'error');
  await expect(figure.getByRole('alert').first()).toContainText('worker');
  await page.unroute('**/worker*.js');
  await button(figure, 'Step').click();
  await expect(figure).toHaveAttribute('data-step', '1');
});

test('settings out of bounds are refused by name and bound, and the defaults stand', async ({ page }) => {
  const bad = {
    seed: '-1',
    rate: '1e999',
    steps: 'NaN',
    hidden: '1000000000',
    points: '<b>',
    activation: 'gelu',
    depth: '3',
  };
  const query = new URLSearchParams(Object.entries(bad).map(([name, value]) => [`tiny-network.${name}`, value]));
  const figure = await open(page, `?${query}`);
  for (const [name, part] of [
    ['Seed', 'outside 0 to 4,294,967,295'],
    ['Learning rate', 'outside 0 to 100'],
    ['Updates', 'not a number'],
    ['Hidden widths', 'outside 1 to 32'],
    ['Points', 'none of moons'],
    ['Activation', 'none of tanh'],
  ] as const) {
    await expect(figure.locator('.refusal:visible').filter({ hasText: `${name}:` })).toContainText(part);
  }
  await expect(figure.locator('.refusal:visible').filter({ hasText: 'depth' })).toContainText('There is no setting');
  await button(figure, 'Step').click();
  await expect(figure).toHaveAttribute('data-step', '1');
  expect(await loss(figure)).toBeCloseTo(recorded.curve.loss[0]!, 7);
});

test('a rate that throws the weights away ends in a sentence, in the figure', async ({ page }) => {
  const figure = await open(
    page,
    '?tiny-network.rate=100&tiny-network.activation=relu&tiny-network.steps=2000&tiny-network.hidden=32,32,32,32',
  );
  await button(figure, 'Play').click();
  await expect(figure).toHaveAttribute('data-state', 'error', { timeout: 45_000 });
  await expect(figure.getByRole('alert').first()).toContainText('Lower the rate and press Reset');
});

test('a refusal goes when the field is put right, even to what it was', async ({ page }) => {
  const figure = await open(page);
  const updates = figure.getByRole('textbox', { name: 'Updates' });
  await updates.fill('0');
  await updates.press('Enter');
  await expect(figure.locator('.refusal:visible')).toContainText('Updates: 0 is outside 1 to 2,000. It stays at 100.');
  await updates.fill('100');
  await updates.press('Enter');
  await expect(figure.locator('.refusal:visible')).toHaveCount(0);
});

test('fewer updates than were made end the run, and more let it go on', async ({ page }) => {
  const figure = await open(page);
  await losses(figure, 3);
  const updates = figure.getByRole('textbox', { name: 'Updates' });
  await updates.fill('2');
  await updates.press('Enter');
  await expect(figure).toHaveAttribute('data-state', 'done');
  await updates.fill('5');
  await updates.press('Enter');
  await expect(figure).toHaveAttribute('data-state', 'paused');
  await button(figure, 'Play').click();
  await expect(figure).toHaveAttribute('data-state', 'done');
  await expect(figure).toHaveAttribute('data-step', '5');
});

test('Play right after Step plays', async ({ page }) => {
  const figure = await open(page, '?tiny-network.steps=2000');
  await button(figure, 'Step').click();
  await button(figure, 'Play').click();
  await expect(figure).toHaveAttribute('data-state', 'running');
  await expect.poll(async () => Number(await figure.getAttribute('data-step'))).toBeGreaterThan(5);
  await button(figure, 'Pause').click();
  await expect(figure).toHaveAttribute('data-state', 'paused');
});

test('a drawing survives a look at other points', async ({ page }) => {
  const figure = await open(page);
  const points = figure.getByRole('combobox', { name: 'Points' });
  await points.selectOption('own');
  await button(figure, 'Clear').click();
  await figure.getByRole('application').click({ position: { x: 100, y: 100 } });
  await expect(figure.locator('.point')).toHaveCount(1);
  await points.selectOption('circles');
  await expect(figure.locator('.point')).toHaveCount(100);
  await points.selectOption('own');
  await expect(figure.locator('.point')).toHaveCount(1);
});

test('the focus stays on the button that was pressed', async ({ page }) => {
  const figure = await open(page, '?tiny-network.steps=2');
  const step = button(figure, 'Step');
  await step.focus();
  await page.keyboard.press('Enter');
  await expect(figure).toHaveAttribute('data-step', '1');
  await expect(step).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(figure).toHaveAttribute('data-state', 'done');
  await expect(step).toBeFocused();
});

test('points are drawn with the keyboard, and the net learns them', async ({ page }) => {
  const figure = await open(page);
  await figure.getByRole('combobox', { name: 'Points' }).selectOption('own');
  await expect(figure.locator('.point')).toHaveCount(100);
  await button(figure, 'Clear').click();
  await expect(figure).toContainText('Draw at least two points first');
  await expect(button(figure, 'Play')).toBeDisabled();
  const surface = figure.getByRole('application');
  await surface.focus();
  await surface.press('ArrowRight');
  await surface.press('Enter');
  await button(figure, 'Squares').click();
  await surface.focus();
  for (let i = 0; i < 4; i++) await surface.press('ArrowLeft');
  await surface.press('Enter');
  await expect(figure.locator('.point')).toHaveCount(2);
  await button(figure, 'Play').click();
  await expect(figure).toHaveAttribute('data-state', 'done');
  await expect(figure.locator('.status').first()).toContainText('100% on the right side');
});
