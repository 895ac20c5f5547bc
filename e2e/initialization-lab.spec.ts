import { expect, type Locator, type Page, test } from '@playwright/test';
import recorded from '../content/runs/initialization-lab.json' with { type: 'json' };
import fixture from '../reference/fixtures/deep_bn.json' with { type: 'json' };
import { MAKEMORE } from '../src/training/corpus.ts';
import {
  BATCHNORM,
  brokenParts,
  button,
  openWidget,
  readNumber,
  serveMakemore,
  serveScript,
  setField,
} from './site.ts';

const ID = 'initialization-lab';
const MINUTE = 60_000;
const GAINS = { '5/3': 5 / 3, '1': 1, '0.5': 0.5, '3': 3 } as const;
const HALVES = { plain: 'Without BatchNorm', bn: 'With BatchNorm' } as const;

const open = (page: Page, settings: Readonly<Record<string, string | number>> = {}) =>
  openWidget(page, BATCHNORM, ID, settings);
const half = (figure: Locator, kind: keyof typeof HALVES) =>
  figure.getByRole('region', { name: HALVES[kind], exact: true });
const reaches = (figure: Locator, state: string) =>
  expect(figure).toHaveAttribute('data-state', state, { timeout: MINUTE });
const slider = (figure: Locator) => figure.getByRole('slider', { name: 'Gain' });

interface Row {
  readonly mean: number;
  readonly std: number;
  readonly saturated: number;
  readonly gradient: number;
}

/** The table of numbers of one half, as printed. */
async function printed(figure: Locator, kind: keyof typeof HALVES): Promise<Row[]> {
  const texts = await half(figure, kind)
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent!)));
  return texts.map((cells) => {
    const [mean, std, saturated, gradient] = cells.map(readNumber) as [number, number, number, number];
    return { mean, std, saturated, gradient };
  });
}

test.describe('on the makemore list, what is printed is PyTorch’s', () => {
  for (const engine of ['simd', 'cpu'] as const)
    test(`on ${engine}, for each gain of the fixture`, async ({ page, context }) => {
      test.setTimeout(2 * MINUTE);
      await serveMakemore(context);
      const figure = await open(page, { corpus: 'makemore', engine, gain: 2 });
      await button(figure, 'Initialize').click();
      await reaches(figure, 'done');
      await expect(figure).toHaveAttribute('data-engine', engine);
      for (const [name, gain] of Object.entries(GAINS)) {
        await button(figure, name).click();
        await expect(figure.locator('.run-status .status').first()).toContainText(
          `gain ${Number(gain.toPrecision(4))},`,
        );
        await reaches(figure, 'done');
        for (const kind of ['plain', 'bn'] as const) {
          const { act, act_grad, loss } = fixture.gains[`${kind}:${name}` as keyof typeof fixture.gains];
          const rows = await printed(figure, kind);
          expect(rows).toHaveLength(act.length);
          for (const [i, { mean, std, saturated, gradient }] of rows.entries()) {
            const where = `${kind}, gain ${name}, layer ${i + 1}`;
            // A mean is what is left of numbers as large as the spread.
            expect(Math.abs(mean - act[i]!.mean) / act[i]!.std, where).toBeLessThan(1e-4);
            expect(Math.abs(std / act[i]!.std - 1), where).toBeLessThan(1e-4);
            expect(Math.abs(saturated - act[i]!.sat_pct), where).toBeLessThan(0.05);
            expect(Math.abs(gradient / act_grad[i]!.std - 1), where).toBeLessThan(1e-4);
          }
          await expect(half(figure, kind).locator('.lab-loss')).toHaveText(`loss ${loss.toFixed(4)}`);
        }
      }
    });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the figures are the recorded ones', async ({ page }) => {
    await page.goto(BATCHNORM);
    const figure = page.locator(`[data-widget="${ID}"]`);
    await expect(figure).toHaveAttribute('data-state', 'idle');
    for (const [kind, look] of [
      ['plain', recorded.plain],
      ['bn', recorded.normalized],
    ] as const) {
      await expect(half(figure, kind).locator('.lab-loss')).toHaveText(`loss ${look.loss.toFixed(4)}`);
      const rows = await printed(figure, kind);
      for (const [i, { values, gradient, saturation }] of look.layers.entries()) {
        expect(rows[i]!.mean).toBeCloseTo(values.mean, 6);
        expect(rows[i]!.std).toBeCloseTo(values.std, 6);
        expect(rows[i]!.saturated).toBeCloseTo(100 * saturation, 2);
        expect(rows[i]!.gradient / gradient.std).toBeCloseTo(1, 4);
      }
      await expect(half(figure, kind).locator('.histogram')).toHaveCount(10);
    }
    await expect(figure.getByRole('slider')).toHaveCount(0);
    await expect(figure.getByRole('button')).toHaveCount(0);
  });
});

test('before a press nothing is fetched for it, and the first drag answers', async ({ page }) => {
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  const figure = await open(page);
  await expect(half(figure, 'plain')).toContainText('The activations fade');
  expect(workers).toEqual([]);
  await slider(figure).fill('3');
  await reaches(figure, 'done');
  await expect(half(figure, 'plain')).toContainText('crowd at −1 and 1');
  expect(workers).toHaveLength(1);
  expect(await brokenParts(figure)).toEqual([]);
});

test('the live figures at the defaults are the recorded ones', async ({ page }) => {
  const figure = await open(page);
  const before = await half(figure, 'plain').textContent();
  await button(figure, 'Initialize').click();
  await reaches(figure, 'done');
  expect(await half(figure, 'plain').textContent()).toBe(before);
});

test('a gain that is dragged is answered within two frames of the screen, and the last one stands', async ({
  page,
}) => {
  const figure = await open(page);
  await button(figure, 'Initialize').click();
  await reaches(figure, 'done');
  const waits = await figure.evaluate(async (element) => {
    const range = element.querySelector<HTMLInputElement>('input[type="range"]')!;
    const answered = (gain: string) => element.querySelector('.status')!.textContent!.includes(`gain ${Number(gain)},`);
    const frames: number[] = [];
    for (let i = 0; i < 40; i++) {
      const gain = (0.5 + i * 0.05).toFixed(2);
      range.value = gain;
      range.dispatchEvent(new Event('input', { bubbles: true }));
      let waited = 0;
      while (!answered(gain)) {
        await new Promise(requestAnimationFrame);
        waited += 1;
      }
      frames.push(waited);
    }
    return frames.toSorted((a, b) => a - b);
  });
  console.log(`Frames until a dragged gain was answered: median ${waits[20]}, at most ${waits.at(-1)}`);
  // Many at once: what lies between is never asked.
  await figure.evaluate((element) => {
    const range = element.querySelector<HTMLInputElement>('input[type="range"]')!;
    for (let i = 0; i <= 100; i++) {
      range.value = String(i / 25);
      range.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  await expect(figure.locator('.run-status .status').first()).toContainText('gain 4,');
  await reaches(figure, 'done');
});

test.describe('what is out of the ordinary is explained', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, number>>, keyof typeof HALVES, string])[] = [
    ['a single example', { batch: 1 }, 'bn', 'A minibatch of one example has no spread'],
    ['a gain of 0', { gain: 0 }, 'plain', 'only its bias would ever learn'],
    ['a gain of 0, normalized', { gain: 0 }, 'bn', 'there is no spread to divide by'],
    ['a gain of a million', { gain: 1e6 }, 'plain', '100% of the outputs are saturated'],
    ['a gain of a million, normalized', { gain: 1e6 }, 'bn', 'BatchNorm has divided it out again'],
  ];
  for (const [name, settings, kind, sentence] of cases)
    test(name, async ({ page }) => {
      const figure = await open(page, settings);
      await expect(half(figure, 'plain')).toContainText('Press Initialize');
      await button(figure, 'Initialize').click();
      await reaches(figure, 'done');
      await expect(half(figure, kind)).toContainText(sentence);
      expect(await brokenParts(figure)).toEqual([]);
    });

  test('a gain out of bounds is refused, and the last one stands', async ({ page }) => {
    const figure = await open(page);
    await setField(figure, 'Any gain', '2e6');
    await expect(figure).toContainText('Gain: 2e6 is outside 0 to 1,000,000. It stays at 1.');
    await setField(figure, 'Any gain', 'five');
    await expect(figure).toContainText('“five” is not a number');
    await setField(figure, 'Any gain', '2.5');
    await reaches(figure, 'done');
    await expect(figure.locator('.refusal:not([hidden])')).toHaveCount(0);
  });
});

test('another seed, more layers and a map of another layer are shown, and Reset goes back', async ({ page }) => {
  const figure = await open(page);
  const recordedText = await half(figure, 'plain').textContent();
  await button(figure, 'New seed').click();
  await reaches(figure, 'done');
  expect(await half(figure, 'plain').textContent()).not.toBe(recordedText);
  await setField(figure, 'Hidden layers', 8);
  await expect(half(figure, 'bn').locator('.layer-row')).toHaveCount(8);
  await figure.getByRole('combobox', { name: 'Map of layer' }).selectOption('8');
  await expect(half(figure, 'plain')).toContainText('Layer 8, examples down');
  await button(figure, 'Reset').click();
  await expect(half(figure, 'bn').locator('.layer-row')).toHaveCount(5);
  await reaches(figure, 'done');
  await expect(half(figure, 'plain').locator('.lab-loss')).toHaveText(`loss ${recorded.plain.loss.toFixed(4)}`);
});

test('a worker that cannot start is told of, and Initialize tries again', async ({ page, context }) => {
  await serveScript(context, 'engine.worker', 'if (!self.name) throw new Error("broken on purpose");');
  const figure = await open(page);
  await slider(figure).fill('2');
  await reaches(figure, 'error');
  await expect(figure.locator('.widget-failure')).toContainText('The background worker of this figure stopped');
  await context.unrouteAll();
  await button(figure, 'Initialize').click();
  await reaches(figure, 'done');
});

test('a list that never comes is given up for another', async ({ page, context }) => {
  await context.route(MAKEMORE.url, () => {});
  const figure = await open(page);
  const list = figure.getByRole('combobox', { name: 'Word list' });
  await list.selectOption('makemore');
  await reaches(figure, 'loading');
  await slider(figure).fill('2');
  await list.selectOption('dinosaurs');
  await reaches(figure, 'done');
  await expect(figure.locator('.run-status .status').first()).toContainText('gain 2,');
});

test('a worker that dies between two drags is told of, and the next drag starts another', async ({ page }) => {
  const figure = await open(page);
  await slider(figure).fill('2');
  await reaches(figure, 'done');
  await page.workers()[0]!.evaluate(() => close());
  await reaches(figure, 'error');
  await expect(figure.locator('.widget-failure')).toContainText('What is shown is the last network');
  await slider(figure).fill('3');
  await reaches(figure, 'done');
});
