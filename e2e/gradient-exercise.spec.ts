import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import stepper from '../content/runs/backprop-stepper.json' with { type: 'json' };
import { MISTAKES } from '../src/backprop/mistakes.ts';
import { FUSED_STEPS, STEPS } from '../src/backprop/steps.ts';
import {
  AUTOGRAD,
  axeFindings,
  brokenParts,
  button,
  MANUAL,
  openWidget,
  overflowOf,
  scrollThrough,
  watchRequests,
  widget,
} from './site.ts';

const ID = 'gradient-exercise';
const LIST = '**/names.*.txt';
const WORKER = '**/_astro/worker-*.js';

/** All lines, as the figure names them. */
const TASKS = [
  ...STEPS.map((step) => ({ ...step, id: `d${step.name}` })),
  ...FUSED_STEPS.map((step) => ({ ...step, id: `d${step.name} in one line` })),
].map((task) => ({ ...task, mistakes: MISTAKES[task.id]! }));
type Task = (typeof TASKS)[number];
const taskOf = (id: string): Task => TASKS.find((task) => task.id === id)!;
const shapeOf = ({ name }: Task): string =>
  `(${stepper.tensors[name as keyof typeof stepper.tensors].shape.join(', ')})`;

const open = (page: Page, task?: string) => openWidget(page, MANUAL, ID, task === undefined ? {} : { task });
const title = (figure: Locator) => figure.locator('.task-title');
const field = (figure: Locator) => figure.getByRole('textbox');
const verdict = (figure: Locator) => figure.locator('.task-verdict');
const hints = (figure: Locator) => figure.locator('.task-hints');
/** In the list of all lines; a line that is right is marked. */
const entry = (figure: Locator, id: string) =>
  figure
    .getByRole('list', { name: 'Lines of the backward pass' })
    .getByRole('button', { name: new RegExp(`^(✓ )?${id}( , right)?$`) });
const isRight = (figure: Locator) => expect(verdict(figure)).toHaveAttribute('data-verdict', /^(exact|approximate)$/);

/** Writes a line and has it judged. */
async function check(figure: Locator, line: string): Promise<void> {
  await field(figure).fill(line);
  await field(figure).press('Enter');
}

/** Goes on by Tab, or back, until this has the focus. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const isFocused = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; !(await isFocused()); presses++) {
    expect(presses, `${key} reaches ${target}`).toBeLessThan(60);
    await page.keyboard.press(key);
  }
}

const EVERY_FIFTH = TASKS.filter((_, i) => i % 5 === 2);

test('the keyboard alone solves all 28 lines by their model answers', async ({ page }) => {
  // The place that an address points at is where Tab begins.
  await page.goto(`${MANUAL}#${ID}`);
  const figure = await widget(page, ID);
  await tabTo(page, entry(figure, TASKS[0]!.id));
  await tabTo(page, field(figure));
  for (const [i, task] of TASKS.entries()) {
    await expect(title(figure)).toHaveText(`${i + 1} of ${TASKS.length}: ${task.id}`);
    await expect(figure.getByRole('textbox', { name: `d${task.name} =`, exact: true })).toBeFocused();
    await expect(figure.locator('.gradient-task')).toContainText(shapeOf(task));
    await page.keyboard.insertText(task.backward);
    await page.keyboard.press('Enter');
    const said = figure.getByRole('status').filter({ hasText: 'every number is the one of the solution' });
    await expect(said, task.id).toBeVisible();
    // The field is described by what is said of it, and the focus stays in it.
    await expect(field(figure)).toHaveAccessibleDescription(/^Exact:/);
    await expect(field(figure)).toBeFocused();
    await expect(figure.getByRole('status').filter({ hasText: `${i + 1} of ${TASKS.length} right` })).toBeVisible();
    await expect(entry(figure, task.id)).toHaveAccessibleName(/right$/);
    await tabTo(page, button(figure, 'Next'));
    if (task === TASKS.at(-1)) break;
    await expect(figure).toHaveAttribute('data-state', 'idle');
    await page.keyboard.press('Enter');
    // Who goes on by the keyboard goes on writing; from the last line there is no going on.
    if (i < TASKS.length - 1) await expect(field(figure)).toBeFocused();
  }
  await expect(button(figure, 'Next')).toHaveAttribute('aria-disabled', 'true');
  await expect(figure).toHaveAttribute('data-state', 'done');
  await expect(figure).toContainText('28 of 28 right');
});

// Of some lines; src/backprop/backprop.test.ts judges those of all.
test('typical mistakes are wrong, each with its own sentence', async ({ page }) => {
  const figure = await open(page);
  for (const { id, mistakes } of EVERY_FIFTH) {
    await entry(figure, id).click();
    for (const { line, why } of mistakes) {
      await check(figure, line);
      await expect(verdict(figure), `${id}: ${line}`).toHaveAttribute('data-verdict', /^(wrong|shape|error)$/);
      await expect(verdict(figure), `${id}: ${line}`).toContainText(why);
    }
  }
  await expect(figure).toContainText('0 of 28 right');
  expect(await brokenParts(figure)).toEqual([]);
});

test('a right answer in another form is right, and says how far rounding took it', async ({ page }) => {
  const figure = await open(page);
  const answers = {
    dprobs: 'dlogprobs * counts_sum / counts',
    dcounts_sum: '-dcounts_sum_inv / counts_sum**2',
    dlogits: '(softmax(logits, 1) - oneHot(Y, K)) / n',
    dh: 'dh = torch.matmul(dlogits, W2.T);',
    dbnvar: '-0.5 * bnvar_inv**3 * dbnvar_inv',
    dC: 'oneHot(X, K).reshape(-1, K).T @ demb.view(-1, 10)',
    'dhprebn in one line':
      'bngain * bnvar_inv * (dhpreact - dhpreact.mean(0) - bnraw * (dhpreact * bnraw).sum(0) / (n - 1))',
  };
  for (const [id, line] of Object.entries(answers)) {
    await entry(figure, id).click();
    await check(figure, line);
    await isRight(figure);
  }
  await expect(verdict(figure)).toContainText(/the largest difference is \d+e−\d+\./);
  await expect(figure).toContainText(`${Object.keys(answers).length} of 28 right`);
});

test('a wrong shape is said with both shapes, a factor with its cause, and an error with its place', async ({
  page,
}) => {
  const figure = await open(page, 'dh');
  const dlogits = shapeOf(taskOf('dlogits'));
  await check(figure, 'dlogits');
  await expect(verdict(figure)).toContainText(
    `Your line has the shape ${dlogits}, and ${shapeOf(taskOf('dh'))} is wanted.`,
  );
  await check(figure, '2 * dlogits @ W2.T');
  await expect(verdict(figure)).toContainText('All numbers are off by the same factor: it is twice too large.');
  for (const [line, sentence, place] of [
    ['3 * dlogit @ W2.T', 'There is no tensor “dlogit” here. Did you mean dlogits?', 'dlogit'],
    ['dlogits @ W2', 'dlogits and W2: (32, 27) @ (64, 27) does not fit', '@'],
    ['dlogits @ W2.t(1', 'The line ends too early', '\u00a0'],
    ['dlogits[0] @ W2.T', 'There are no indices in brackets here', '['],
  ] as const) {
    await check(figure, line);
    await expect(verdict(figure)).toContainText(sentence);
    await expect(verdict(figure).locator('mark')).toHaveText(place);
    await expect(verdict(figure).locator('code')).toHaveText(place === '\u00a0' ? `${line}\u00a0` : line);
    await expect(verdict(figure)).toContainText(`at character ${line.indexOf(place) + 1 || line.length + 1}`);
  }
  // What is typed afterwards is not yet judged.
  await field(figure).press('End');
  await page.keyboard.type(' ');
  await expect(verdict(figure)).toHaveText('');
});

test('hints come one by one, and the answer after the last', async ({ page }) => {
  const figure = await open(page);
  for (const { id, name, hints: known, backward } of EVERY_FIFTH) {
    await entry(figure, id).click();
    const [hint, answer] = [button(figure, 'Hint'), button(figure, 'Show the answer')];
    for (let shown = 0; shown < known.length; shown++) {
      await expect(hints(figure).locator('p')).toHaveText(known.slice(0, shown));
      await hint.click();
    }
    await expect(hint).toHaveCount(0);
    await expect(hints(figure)).not.toContainText(backward);
    await answer.click();
    await expect(hints(figure)).toContainText(`d${name} = ${backward}`);
    await expect(hints(figure).locator('.derivation-result .katex')).not.toHaveCount(0);
    await expect(hints(figure).locator('.katex-error')).toHaveCount(0);
    // What was pressed keeps the focus, and has nothing more to say.
    await expect(answer).toHaveAttribute('aria-disabled', 'true');
    await expect(answer).toBeFocused();
  }
  await expect(figure).toContainText('0 of 28 right');
});

test('a right line that is written over is not right any more, until it stands there again', async ({ page }) => {
  const figure = await open(page);
  const [first] = TASKS as [Task];
  await check(figure, first.backward);
  await isRight(figure);
  await check(figure, 'logits * 0');
  await expect(verdict(figure)).toHaveAttribute('data-verdict', 'wrong');
  await expect(figure).toContainText('0 of 28 right');
  await field(figure).fill(first.backward);
  await expect(figure).toContainText('1 of 28 right');
});

test('progress is kept, exported and cleared, and other exercises keep theirs', async ({ page }) => {
  await page.goto(AUTOGRAD);
  await scrollThrough(page);
  const other = page.locator('[data-exercise="used-twice"]');
  await other.getByRole('textbox').fill('13');
  await other.getByRole('textbox').press('Enter');
  await expect(other).toHaveAttribute('data-state', 'right');

  await open(page);
  const figure = await widget(page, ID);
  const [first, second, , fourth] = TASKS as [Task, Task, Task, Task];
  await check(figure, first.backward);
  await isRight(figure);
  await button(figure, 'Next').click();
  await check(figure, second.mistakes[0]!.line);
  await expect(verdict(figure)).toContainText(second.mistakes[0]!.why);
  await entry(figure, fourth.id).click();
  await field(figure).fill(`d${fourth.name} = ${fourth.backward}`);

  await page.reload();
  await widget(page, ID);
  await expect(figure).toContainText('1 of 28 right');
  await expect(title(figure)).toContainText('right');
  await expect(field(figure)).toHaveValue(first.backward);
  await entry(figure, second.id).click();
  await expect(field(figure)).toHaveValue(second.mistakes[0]!.line);

  const downloading = page.waitForEvent('download');
  await button(figure, 'Save my lines').press('Enter');
  const file = await downloading;
  expect(file.suggestedFilename()).toBe('backward-pass.py');
  expect(
    readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\n')
      .slice(1),
  ).toEqual([
    `d${first.name} = ${first.backward}`,
    `d${second.name} = ${second.mistakes[0]!.line}  # not right yet`,
    `d${fourth.name} = ${fourth.backward}  # not right yet`,
  ]);

  // What was cleared by a slip comes back.
  await button(figure, 'Clear all').click();
  await expect(figure).toContainText('0 of 28 right');
  await button(figure, 'Undo clearing').click();
  await expect(figure).toContainText('1 of 28 right');
  await button(figure, 'Clear all').click();
  for (const again of [false, true]) {
    if (again) await page.reload();
    await widget(page, ID);
    await expect(figure).toContainText('0 of 28 right');
    await expect(title(figure)).toHaveText(`1 of 28: ${first.id}`);
    await expect(field(figure)).toHaveValue('');
  }
  await page.goto(AUTOGRAD);
  await scrollThrough(page);
  await expect(other).toHaveAttribute('data-state', 'right');
});

/** A matrix of a million numbers, whose product with itself takes a second or so. */
const LARGE = 'oneHot(Y,31250).view(1000,1000)';

test('a line that asks for too many numbers is refused, one that takes too long is given up, and the next is judged', async ({
  page,
}) => {
  const figure = await open(page, 'dh');
  for (const [line, count] of [
    ['oneHot(Y, 31250000)', '1,000,000,000'],
    ['oneHot(Y, 1000).view(-1, 1) * oneHot(Y, 1000).view(1, -1)', '1,024,000,000'],
    ['oneHot(Y, 1000).view(-1, 1) @ oneHot(Y, 1000).view(1, -1)', '1,024,000,000'],
  ] as const) {
    await check(figure, line);
    await expect(verdict(figure)).toContainText(`has ${count} numbers, and at most 1,000,000 are taken.`);
  }
  const endless = Array.from({ length: 30 }, () => LARGE).join('@');
  for (const presses of [1, 2]) {
    await field(figure).fill(endless);
    for (let i = 0; i < presses; i++) await field(figure).press('Enter');
    await expect(figure).toHaveAttribute('data-state', 'running');
    await expect(figure).toHaveAttribute('data-state', 'error', { timeout: 20_000 });
    await expect(verdict(figure)).toHaveText(
      'The line was not computed within 3 seconds, and was given up. Your line is kept; press Check to try again.',
    );
    await expect(field(figure)).toHaveValue(endless);
  }
  await check(figure, taskOf('dh').backward);
  await isRight(figure);
});

test('what is typed while a line is judged stays, and nothing is said of it', async ({ page, context }) => {
  await context.route(LIST, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await route.continue();
  });
  const figure = await open(page, 'dh');
  await check(figure, 'dlogits');
  await expect(figure).toHaveAttribute('data-state', 'running');
  await field(figure).press('End');
  await page.keyboard.type(' @ W2.T');
  await expect(figure).not.toHaveAttribute('data-state', 'running');
  await expect(field(figure)).toHaveValue('dlogits @ W2.T');
  await expect(verdict(figure)).toHaveText('');
  await field(figure).press('Enter');
  await isRight(figure);
});

test('a link opens its line, and a bad one is refused with a sentence', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const figure = await open(page, 'dhprebn in one line');
  await expect(title(figure)).toHaveText('28 of 28: dhprebn in one line');
  await button(figure, 'Previous').click();
  await button(figure, 'Copy a link to this line').click();
  await page.goto(await page.evaluate(() => navigator.clipboard.readText()));
  await widget(page, ID);
  await expect(title(figure)).toHaveText('27 of 28: dlogits in one line');

  await open(page, 'dh');
  await expect(title(figure)).toHaveText('9 of 28: dh');
  await open(page, '<img src=x onerror=alert(1)>');
  await expect(figure.locator('.refusal')).toContainText(
    /“<img src=x onerror=alert…” is none of dlogprobs, .* It stays at dlogprobs\./,
  );
  await expect(figure.locator('img')).toHaveCount(0);
  await expect(title(figure)).toHaveText('1 of 28: dlogprobs');
});

test.describe('what cannot be had is told of, the line stays, and Check tries again', () => {
  for (const [what, pattern, sentence] of [
    ['the word list', LIST, /^The word list of this site could not be reached\. /],
    ['the script of the worker', WORKER, /^[A-Z“].*\. Your line is kept/],
  ] as const)
    for (const presses of [1, 2])
      test(`${what}, at ${presses === 1 ? 'one press' : 'two presses'}`, async ({ page, context }) => {
        const figure = await open(page, 'dh');
        const { backward } = taskOf('dh');
        await context.route(pattern, (route) => route.abort());
        await field(figure).fill(backward);
        for (let i = 0; i < presses; i++) await field(figure).press('Enter');
        await expect(figure).toHaveAttribute('data-state', 'error');
        await expect(verdict(figure)).toHaveText(sentence);
        await expect(verdict(figure)).toContainText('Your line is kept; press Check to try again.');
        await expect(field(figure)).toHaveValue(backward);
        await expect(field(figure)).toBeFocused();
        await context.unroute(pattern);
        await button(figure, 'Check').click();
        await isRight(figure);
        await expect(figure).toHaveAttribute('data-state', 'idle');
      });
});

test('where storage is forbidden the exercise works for the visit', async ({ page }) => {
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  await page.addInitScript(() =>
    Object.defineProperty(globalThis, 'localStorage', {
      get: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    }),
  );
  const figure = await open(page);
  const [first, second] = TASKS as [Task, Task];
  await check(figure, first.backward);
  await isRight(figure);
  await button(figure, 'Next').click();
  await field(figure).fill(second.backward);
  await button(figure, 'Previous').click();
  await expect(field(figure)).toHaveValue(first.backward);
  await button(figure, 'Next').click();
  await expect(field(figure)).toHaveValue(second.backward);
  await expect(figure).toContainText('1 of 28 right');
  await button(figure, 'Clear all').click();
  await expect(figure).toContainText('0 of 28 right');
  expect(faults).toEqual([]);
});

test('before the first Check nothing of the judge is fetched, and nothing ever from another host', async ({
  page,
  context,
  baseURL,
}) => {
  const asked = watchRequests(context);
  const figure = await open(page);
  await button(figure, 'Hint').click();
  await button(figure, 'Next').click();
  await field(figure).fill(TASKS[1]!.backward);
  await expect(entry(figure, TASKS[1]!.id)).toHaveAttribute('aria-current', 'step');
  expect(page.workers()).toEqual([]);
  expect(asked.filter((address) => /\/worker-|names\./.test(address))).toEqual([]);
  await field(figure).press('Enter');
  await isRight(figure);
  expect(page.workers()).toHaveLength(1);
  expect(asked.filter((address) => /\/worker-|names\./.test(address))).toHaveLength(2);
  expect(asked.filter((address) => !address.startsWith(baseURL!) && !address.startsWith('blob:'))).toEqual([]);
});

for (const [colorScheme, width] of [['dark', 360]] as const)
  test(`axe finds nothing in the ${colorScheme} theme at ${width} px, and nothing sticks out`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const figure = await open(page, 'dhprebn in one line');
    const { backward, hints: known } = taskOf('dhprebn in one line');
    const isClean = async () => {
      expect(await axeFindings(page, [ID])).toEqual([]);
      expect(await overflowOf(figure)).toEqual({ page: width, wide: [] });
    };
    await check(figure, `${backward} + dlogits`);
    await expect(verdict(figure).locator('mark')).toHaveCount(1);
    for (let i = 0; i < known.length; i++) await button(figure, 'Hint').click();
    await button(figure, 'Show the answer').click();
    await expect(hints(figure).locator('.derivation')).toBeVisible();
    await isClean();
    await check(figure, backward);
    await isRight(figure);
    await isClean();
  });
