// What a reader can take along of a run.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import link from '../reference/fixtures/mlp_link.json' with { type: 'json' };
import { initialize, mlp, parametersOf } from '../src/networks/index.ts';
import { TorchGenerator } from '../src/random/index.ts';
import { fromSafetensors } from '../src/training/export/safetensors.ts';
import { pythonWithTorch, runPython } from '../src/training/export/torch-python.ts';
import { button, devLossOf, lossOf, MLP, openWidget, serveMakemore, setField } from './site.ts';

const NAMES = new URL('../../shared/data/names.txt', import.meta.url).pathname;
const SHORT = { corpus: 'dinosaurs', engine: 'simd', steps: 30, seed: 7 } as const;
const MINUTE = 60_000;

async function unfold(figure: Locator): Promise<void> {
  await figure.getByText('Take this run along').click();
  await expect(button(figure, 'Curve (CSV)')).toBeVisible();
}

async function open(page: Page, settings: Readonly<Record<string, string | number>>): Promise<Locator> {
  const figure = await openWidget(page, MLP, 'mlp-training', settings);
  await unfold(figure);
  return figure;
}

const reaches = (figure: Locator, state: string) =>
  expect(figure).toHaveAttribute('data-state', state, { timeout: MINUTE });

async function play(figure: Locator): Promise<void> {
  await button(figure, 'Play').click();
  await reaches(figure, 'done');
}

/** The file that a button gives. */
async function take(page: Page, figure: Locator, label: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), button(figure, label).click()]);
  const bytes = readFileSync((await download.path())!);
  await expect(figure.locator('.take-along')).toContainText(`${label}: handed to your browser.`);
  return { name: download.suggestedFilename(), bytes };
}

interface Header {
  readonly [name: string]: { readonly dtype: string; readonly shape: readonly number[] };
}

const headerOf = (bytes: Buffer): { __metadata__: Record<string, string> } & Header =>
  JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString('utf8'));

test('the weights are a safetensors file of the five tensors, those of a Linear as (out, in)', async ({ page }) => {
  const figure = await open(page, SHORT);
  await play(figure);
  const { name, bytes } = await take(page, figure, 'Weights (safetensors)');
  expect(name).toBe('mlp-training-step-30.safetensors');
  const { __metadata__: about, ...tensors } = headerOf(bytes);
  expect(about).toMatchObject({ step: '30', seed: '7', corpus: 'dinosaurs' });
  expect(Object.entries(tensors).map(([tensor, { dtype, shape }]) => [tensor, dtype, shape])).toEqual([
    ['0.weight', 'F32', [27, 10]],
    ['2.weight', 'F32', [200, 30]],
    ['2.bias', 'F32', [200]],
    ['4.weight', 'F32', [27, 200]],
    ['4.bias', 'F32', [27]],
  ]);
  const trained = fromSafetensors(bytes, mlp());
  expect(trained.parameters.every((values) => values.every(Number.isFinite))).toBe(true);

  await button(figure, 'Reset').click();
  await expect(figure).toHaveAttribute('data-step', '0');
  const initial = await take(page, figure, 'Weights (safetensors)');
  expect(initial.name).toBe('mlp-training-step-0.safetensors');
  const { parameters } = fromSafetensors(initial.bytes, mlp());
  expect(parameters).toHaveLength(parametersOf(mlp()).length);
  expect(parameters).toEqual(initialize(mlp(), new TorchGenerator(7)));
  expect(parameters).not.toEqual(trained.parameters);
});

test('before a run all of it is of the recorded one', async ({ page }) => {
  const figure = await open(page, {});
  expect((await take(page, figure, 'Weights (safetensors)')).name).toBe('mlp-training-step-200000.safetensors');
  expect((await take(page, figure, 'Curve (CSV)')).name).toBe('mlp-training-step-200000.csv');
});

test('the curve is a table of the losses of every step', async ({ page }) => {
  const figure = await open(page, SHORT);
  await play(figure);
  const { name, bytes } = await take(page, figure, 'Curve (CSV)');
  expect(name).toBe('mlp-training-step-30.csv');
  const [header, ...rows] = bytes.toString('utf8').trimEnd().split('\n');
  expect(header).toBe('step,minibatch_loss,dev_loss');
  const cells = rows.map((row) => row.split(','));
  expect(cells.map(([step]) => Number(step))).toEqual(Array.from({ length: 31 }, (_, step) => step));
  expect(cells.filter(([, , dev]) => dev !== '').map(([step]) => Number(step))).toEqual([0, 20, 30]);
  expect(Math.fround(Number(cells[29]![1]))).toBe(await lossOf(figure));
  expect(Number(cells[30]![2])).toBeCloseTo(await devLossOf(figure), 6);
});

test('the figure is a drawing with the curves, its title and its colors', async ({ page }) => {
  const figure = await open(page, SHORT);
  await play(figure);
  const { name, bytes } = await take(page, figure, 'Figure (SVG)');
  expect(name).toBe('mlp-training-step-30.svg');
  const drawing = await page.evaluate((text) => {
    const { documentElement: root } = new DOMParser().parseFromString(text, 'image/svg+xml');
    const curves = [...root.querySelectorAll('path')].filter((path) => /^M.*l/.test(path.getAttribute('d') ?? ''));
    return {
      root: root.localName,
      namespace: root.namespaceURI,
      title: root.querySelector('title')?.textContent,
      curves: curves.length,
      strokes: curves.map((path) => path.style.stroke).filter((stroke) => /^rgb/.test(stroke)).length,
      scripts: root.querySelectorAll('script, foreignObject').length,
    };
  }, bytes.toString('utf8'));
  expect(drawing).toEqual({
    root: 'svg',
    namespace: 'http://www.w3.org/2000/svg',
    title: 'A network learns to write names',
    curves: 2,
    strokes: 2,
    scripts: 0,
  });
});

test('the map of the embedding can be taken along, too', async ({ page }) => {
  const figure = await openWidget(page, MLP, 'embedding-map');
  await unfold(figure);
  const { name, bytes } = await take(page, figure, 'Figure (SVG)');
  expect(name).toBe('embedding-map-step-50000.svg');
  const letters = await page.evaluate((text) => {
    const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
    return [...svg.querySelectorAll('text')]
      .map((letter) => letter.textContent!)
      .filter((name) => /^[.a-z]$/.test(name));
  }, bytes.toString('utf8'));
  expect(letters.toSorted().join('')).toBe('.abcdefghijklmnopqrstuvwxyz');
});

test('the PyTorch program prints the losses of the page, those after a change of the rate included', async ({
  page,
  context,
}, info) => {
  test.setTimeout(3 * MINUTE);
  await serveMakemore(context);
  const python = pythonWithTorch();
  test.skip(python === undefined, 'there is no PyTorch here');
  const figure = await open(page, { ...SHORT, corpus: 'makemore', steps: 101 });
  await play(figure);
  const printed = async () => {
    const { name, bytes } = await take(page, figure, 'PyTorch script');
    expect(name).toMatch(/^mlp-training[\w-]*\.py$/);
    const path = info.outputPath(name);
    writeFileSync(path, bytes);
    const lines = [...(await runPython(python!, [path, NAMES])).matchAll(/^ *(\w+) (\d+\.\d+)$/gm)];
    const lossOn = new Map(lines.map(([, what, loss]) => [what!, Number(loss)]));
    return { at: (step: number) => lossOn.get(`${step}`), dev: lossOn.get('dev') };
  };
  const first = await printed();
  for (const step of [0, 1, 10, 100]) expect(first.at(step)).toBeCloseTo(link.losses[step]!, 4);
  expect(first.at(100)).toBeCloseTo(await lossOf(figure), 4);
  expect(first.dev).toBeCloseTo(await devLossOf(figure), 4);

  await setField(figure, 'Steps', 131);
  await setField(figure, 'Learning rate', 0.4);
  await reaches(figure, 'paused');
  await play(figure);
  const second = await printed();
  expect(second.at(100)).toBe(first.at(100));
  expect(second.at(130)).toBeCloseTo(await lossOf(figure), 4);
  expect(second.dev).toBeCloseTo(await devLossOf(figure), 4);
});
