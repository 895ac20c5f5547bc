import { expect, type Locator, type Page, test } from '@playwright/test';
import { AUTOGRAD, widget } from './site.ts';

const open = async (page: Page, query = ''): Promise<Locator> => {
  await page.goto(AUTOGRAD + query);
  return widget(page, 'expression-graph');
};
const expression = (figure: Locator) => figure.getByRole('textbox', { name: 'Expression' });
const drawing = (figure: Locator) => figure.locator('svg.graph');

test('a typed expression becomes a graph with values and gradients', async ({ page }) => {
  const figure = await open(page);
  await expression(figure).fill('e = a + b; e * e');
  await figure.getByRole('textbox', { name: 'a, exact value' }).fill('1');
  await figure.getByRole('textbox', { name: 'b, exact value' }).fill('2');
  await expect(drawing(figure)).toHaveAccessibleName(
    /a is 1 with gradient 6; b is 2 with gradient 6; e = a \+ b is 3 with gradient 6; .* is 9 with gradient 1/,
  );
});

test('numbers are typed digit by digit, with any sign and comma', async ({ page }) => {
  const figure = await open(page);
  const field = figure.getByRole('textbox', { name: 'a, exact value' });
  for (const [typed, value] of [
    ['1.5', '1.5'],
    ['-0.25', '−0.25'],
    ['−2,05', '−2.05'],
    ['.5', '0.5'],
  ] as const) {
    await field.fill('');
    await field.pressSequentially(typed);
    await expect(field).toHaveValue(typed);
    await expect(drawing(figure)).toHaveAccessibleName(new RegExp(`a is ${value} with`));
  }
});

test('pasted lines become statements', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const figure = await open(page);
  await page.evaluate(() => navigator.clipboard.writeText('e = a + b\ne * e\n'));
  await expression(figure).fill('');
  await expression(figure).press('Control+v');
  await expect(expression(figure)).toHaveValue('e = a + b; e * e');
});

test('at the end of the backward pass Step begins it anew', async ({ page }) => {
  const figure = await open(page);
  await expect(figure).toHaveAttribute('data-step', '3');
  await figure.getByRole('button', { name: 'Step' }).click();
  await expect(figure).toHaveAttribute('data-step', '1');
  await expect(drawing(figure)).not.toHaveAccessibleName(/a is 2 with gradient/);
});

test('where the layout cannot be fetched, a sentence says so, and the next edit tries again', async ({ page }) => {
  await page.route('**/graph-layout*.js', (route) => route.abort());
  const figure = await open(page);
  await expression(figure).fill('a + b + c');
  await expect(figure.locator('.expression-fault')).toContainText('could not be fetched');
  await page.unroute('**/graph-layout*.js');
});

const PARSER = '**/_astro/parse.*.js';

test('the parser is fetched with the first expression that is not the page’s own', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  const parsers = () => fetched.filter((url) => /\/parse\.[^/]*\.js$/.test(url));
  const figure = await open(page);
  const server = await drawing(figure).evaluate((svg) => svg.innerHTML);
  await figure.getByRole('slider', { name: 'a' }).fill('0');
  await expect(drawing(figure)).toContainText(Math.tanh(0.3).toFixed(4));
  expect(parsers()).toEqual([]);
  await expression(figure).fill('a + 1');
  await expect(drawing(figure)).toHaveAccessibleName(/a \+ 1 is 1 with/);
  await expression(await widget(page, 'expression-graph-shared')).fill('a + 2');
  // Of as many files as the build made of it, each once.
  expect(parsers().length).toBe(new Set(parsers()).size);
  expect(parsers().length).toBeGreaterThan(0);
  // Drawn anew, the first graph is the server’s.
  await expression(figure).fill('p = a*b; s = p + c; L = tanh(s)');
  await figure.getByRole('textbox', { name: 'a, exact value' }).fill('2');
  await expect.poll(() => drawing(figure).evaluate((svg) => svg.innerHTML)).toBe(server);
});

test('until the parser is there the first graph stays, and nothing is found fault with', async ({ page }) => {
  let arrive = () => {};
  const arrival = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route(PARSER, async (route) => {
    await arrival;
    await route.continue();
  });
  const asked = page.waitForRequest(PARSER);
  const figure = await open(page, '?expression-graph.expression=1/b&expression-graph.leaves=b:-0.5');
  await asked;
  await expect(expression(figure)).toHaveValue('1/b');
  await expect(figure.locator('.expression-fault')).toContainText('Name a step');
  await expect(drawing(figure)).toHaveAccessibleName(/L = tanh\(s\) is −0.6044 with gradient 1/);
  await expression(figure).fill('a / b');
  await expect(drawing(figure)).toHaveAccessibleName(/L = tanh\(s\) is −0.6044 with gradient 1/);
  arrive();
  await expect(drawing(figure)).toHaveAccessibleName(/a \/ b is −4 with gradient 1/);
  await expect(expression(figure)).toHaveValue('a / b');
});

test('without the parser a sentence says so, what was typed stays, and the next edit tries again', async ({ page }) => {
  await page.route(PARSER, (route) => route.abort());
  const figure = await open(page);
  const before = await drawing(figure).getAttribute('aria-label');
  await expression(figure).fill('a * / b');
  await expect(figure.locator('.expression-fault')).toHaveText(
    /^A part of this page could not be fetched: .* The last graph stays; edit the expression to try again\.$/,
  );
  await expect(expression(figure)).toHaveValue('a * / b');
  await expect(drawing(figure)).toHaveAccessibleName(before!);
  await page.unroute(PARSER);
  await expression(figure).fill('a * / b ');
  await expect(figure.locator('.expression-fault')).toContainText('character 5');
  await expression(figure).fill('a * b');
  await expect(drawing(figure)).toHaveAccessibleName(/a × b is −1 with gradient 1/);
});

test('the slider of a leaf moves values and gradients', async ({ page }) => {
  const figure = await open(page);
  await figure.getByRole('slider', { name: 'a' }).fill('0');
  const end = Math.tanh(0.3);
  await expect(drawing(figure)).toContainText(end.toFixed(4));
  await expect(drawing(figure)).toHaveAccessibleName(/b is −0.5 with gradient 0;/);
});

test('the backward pass is walked forwards and back, the local rule filled in', async ({ page }) => {
  const figure = await open(page);
  await figure.getByRole('button', { name: 'Reset' }).click();
  await expect(figure).toHaveAttribute('data-step', '0');
  await expect(drawing(figure)).not.toHaveAccessibleName(/a is 2 with gradient/);
  await figure.getByRole('button', { name: 'Step' }).click();
  await expect(figure.locator('.backward-step')).toContainText('L = tanh(s) has gradient 1');
  await expect(figure.locator('.backward-step')).toContainText((1 - Math.tanh(-0.7) ** 2).toFixed(4));
  await figure.getByRole('button', { name: 'Step' }).click();
  await figure.getByRole('button', { name: 'Step' }).click();
  await expect(figure).toHaveAttribute('data-state', 'done');
  await expect(drawing(figure)).toHaveAccessibleName(/a is 2 with gradient −0.3174/);
  await figure.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(figure).toHaveAttribute('data-step', '2');
  await expect(drawing(figure)).not.toHaveAccessibleName(/a is 2 with gradient/);
});

test('Play walks to the end by itself, and Pause stops it', async ({ page }) => {
  const figure = await open(page);
  await figure.getByRole('button', { name: 'Play' }).click();
  await expect(figure).toHaveAttribute('data-state', 'running');
  await expect(figure).toHaveAttribute('data-step', '1');
  await figure.getByRole('button', { name: 'Pause' }).click();
  await expect(figure).toHaveAttribute('data-state', 'paused');
  await figure.getByRole('button', { name: 'Play' }).click();
  await expect(figure).toHaveAttribute('data-state', 'done');
});

for (const [name, source, sentence, place] of [
  ['an empty expression', '', 'is empty', 1],
  ['500 nested parentheses', `${'('.repeat(500)}a${')'.repeat(500)}`, 'nested more than 100 deep', 101],
  ['an unknown function', 'a + sin(b)', 'no function “sin”', 5],
  ['a leaf named constructor', 'constructor * 2', 'too long', 1],
  ['a missing operand', 'a * / b', 'is missing', 5],
  ['an overflow', 'a + exp(1000)', 'larger than a double', 5],
  ['a division by zero', 'a / (b - b)', 'divisor is 0', 3],
  ['the logarithm of a negative number', 'a + log(b - 3)', 'needs a number above 0', 5],
  ['too many nodes', Array(90).fill('a').join('+'), 'draws up to 80', undefined],
] as const) {
  test(`${name}: a sentence with its place, and the last good graph stays`, async ({ page }) => {
    const figure = await open(page);
    const before = await drawing(figure).getAttribute('aria-label');
    await expression(figure).fill(source);
    await expect(figure.locator('.expression-fault')).toContainText(sentence);
    if (place) await expect(figure.locator('.expression-fault')).toContainText(`character ${place}`);
    await expect(expression(figure)).toHaveAttribute('aria-invalid', 'true');
    expect(await drawing(figure).getAttribute('aria-label')).toBe(before);
    await expression(figure).fill('a * 3');
    await expect(figure.locator('.expression-fault')).toContainText('Name a step');
    await expect(drawing(figure)).toHaveAccessibleName(/a × 3 is 6/);
  });
}

test('a leaf dragged to where nothing can be computed leaves the last good graph', async ({ page }) => {
  const figure = await open(page);
  await expression(figure).fill('1 / b');
  await expect(drawing(figure)).toHaveAccessibleName(/is −2 with gradient 1/);
  await figure.getByRole('textbox', { name: 'b, exact value' }).fill('0');
  await expect(figure.locator('.expression-fault')).toContainText('1 / 0 has no value');
  await expect(drawing(figure)).toHaveAccessibleName(/is −2 with gradient 1/);
  await figure.getByRole('slider', { name: 'b' }).fill('4');
  await expect(drawing(figure)).toHaveAccessibleName(/is 0.25 with gradient 1/);
});

test('a link brings back the expression and its leaves', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const figure = await open(page);
  await expression(figure).fill('q = a*b; q + q');
  await figure.getByRole('textbox', { name: 'a, exact value' }).fill('7');
  await figure.getByRole('button', { name: 'Copy a link' }).click();
  await expect(figure).toContainText('Copied.');
  const address = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto('about:blank');
  await page.goto(address);
  await widget(page, 'expression-graph');
  await expect(drawing(figure)).toHaveAccessibleName(/a is 7 with gradient −1; b is −0.5 with gradient 14/);
});

test('two graphs on one page do not know of each other', async ({ page }) => {
  await page.goto(`${AUTOGRAD}?expression-graph-shared.expression=a%2B1`);
  const first = await widget(page, 'expression-graph');
  await expect(expression(first)).toHaveValue('p = a*b; s = p + c; L = tanh(s)');
  const second = await widget(page, 'expression-graph-shared');
  await expect(expression(second)).toHaveValue('a+1');
});
