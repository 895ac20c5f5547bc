// What fails is put into words, in the figure, and the run is kept.
import { type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test';
import { MAKEMORE } from '../src/training/corpus.ts';
import {
  brokenParts,
  button,
  devLossOf,
  keptStep,
  lossOf,
  MLP,
  openWidget,
  serveScript,
  setField,
  stepOf,
  widget,
} from './site.ts';

type Settings = Readonly<Record<string, string | number>>;

const ID = 'mlp-training';
const SMALL = { corpus: 'dinosaurs', engine: 'simd', steps: 60 } as const;
const MINUTE = 60_000;

const open = (page: Page, settings: Settings = {}) => openWidget(page, MLP, ID, { ...SMALL, ...settings });
const failure = (figure: Locator) => figure.locator('.widget-failure');
const aboutEngine = (figure: Locator) => figure.locator('.corpus-summary');
const speed = (figure: Locator) => figure.getByRole('combobox', { name: 'Speed' });

const reaches = (figure: Locator, state: string, timeout = MINUTE) =>
  expect(figure).toHaveAttribute('data-state', state, { timeout });
const isAt = (figure: Locator, step: number) =>
  expect(figure).toHaveAttribute('data-step', String(step), { timeout: MINUTE });

/** Where the run ends, by whatever was pressed to let it go on. */
async function end(figure: Locator): Promise<{ step: number; loss: number; devLoss: number }> {
  await reaches(figure, 'done');
  return { step: await stepOf(figure), loss: await lossOf(figure), devLoss: await devLossOf(figure) };
}

const play = async (figure: Locator) => {
  await button(figure, 'Play').click();
  return end(figure);
};
const playAnew = async (figure: Locator) => {
  await button(figure, 'Reset').click();
  await isAt(figure, 0);
  return play(figure);
};
const step = async (figure: Locator, count: number) => {
  for (let next = (await stepOf(figure)) + 1; count > 0; next++, count--) {
    await button(figure, 'Step').click();
    await isAt(figure, next);
  }
};
const isKept = (page: Page, atLeast: number, id = ID) =>
  expect.poll(() => keptStep(page, id), { timeout: MINUTE }).toBeGreaterThanOrEqual(atLeast);

/** The step of the run that a figure offers to resume. */
async function offeredStep(figure: Locator): Promise<number> {
  const offer = figure.locator('.kept-run');
  await expect(offer).toContainText(/Your last run here stopped at step \d+\./);
  return Number(/step (\d+)/.exec((await offer.textContent())!)![1]);
}

test('a worker that is killed while it runs is told of, and Play goes on from what is kept', async ({ page }) => {
  const figure = await open(page, { pace: 'slow' });
  await button(figure, 'Play').click();
  await isKept(page, 5);
  await page.workers()[0]!.evaluate(() => close());
  await reaches(figure, 'error');
  await expect(failure(figure)).toHaveText(
    /stopped: .*\. What was reached by step \d+ is kept, and Play goes on from there\./,
  );
  const kept = Number(/step (\d+) is kept/.exec((await failure(figure).textContent())!)![1]);
  expect(kept).toBeGreaterThanOrEqual(5);
  await button(figure, 'Play').click();
  await expect.poll(() => stepOf(figure), { timeout: MINUTE }).toBeGreaterThanOrEqual(kept);
  await speed(figure).selectOption('full');
  const resumed = await end(figure);
  expect(await playAnew(figure)).toEqual(resumed);
});

test('a WebGL context that is lost is told of, and Play goes on from what is kept', async ({ page, context }) => {
  test.setTimeout(2 * MINUTE);
  await serveScript(
    context,
    'engine.worker',
    `self.contexts = [];
     const { getContext } = OffscreenCanvas.prototype;
     OffscreenCanvas.prototype.getContext = function (...wanted) {
       const context = getContext.apply(this, wanted);
       self.contexts.push(context);
       return context;
     };`,
  );
  const figure = await open(page, { engine: 'webgl', pace: 'slow' });
  await button(figure, 'Play').click();
  await isKept(page, 2);
  await page.workers()[0]!.evaluate(() => {
    const { contexts } = globalThis as unknown as { contexts: (WebGL2RenderingContext | null)[] };
    for (const context of contexts) context?.getExtension('WEBGL_lose_context')?.loseContext();
  });
  await reaches(figure, 'error', 20_000);
  await expect(failure(figure)).toContainText('took the graphics card away from this figure');
  await expect(failure(figure)).toContainText(/What was reached by step \d+ is kept, and Play goes on from there\./);
  await button(figure, 'Play').click();
  const resumed = await end(figure);
  await expect(figure).toHaveAttribute('data-engine', 'webgl');
  await speed(figure).selectOption('full');
  await figure.getByRole('combobox', { name: 'Engine' }).selectOption('simd');
  await isAt(figure, 0);
  const undisturbed = await play(figure);
  expect(resumed.step).toBe(60);
  expect(Math.abs(resumed.loss - undisturbed.loss)).toBeLessThan(1e-4);
  expect(Math.abs(resumed.devLoss - undisturbed.devLoss)).toBeLessThan(1e-4);
});

for (const [what, script] of [
  [
    'is forbidden',
    `IDBFactory.prototype.open = () => { throw new DOMException('The operation is insecure.', 'SecurityError'); };`,
  ],
  ['is full', `IDBObjectStore.prototype.put = () => { throw new DOMException('Full.', 'QuotaExceededError'); };`],
] as const) {
  test(`where storage ${what} the run goes on, and the figure says that it is not stored`, async ({ page }) => {
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    await page.addInitScript(script);
    const figure = await open(page);
    await step(figure, 1);
    await expect(figure.locator('.run-status')).toContainText('This browser does not store the run');
    expect(await play(figure)).toMatchObject({ step: 60 });
    await expect(failure(figure)).toBeHidden();
    expect(faults).toEqual([]);
  });
}

/**
 * Alters what was put aside, at a path such as `saved.step`; the sound run stays as it was for the next alteration.
 * `floats` stand for a Float32Array, and `fill` for one of the same length that is all one number.
 */
const alter = (page: Page, path: string, value: unknown, id = ID) =>
  page.evaluate(
    ({ key, path, value }) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('keyval-store');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('keyval', 'readwrite');
          const store = transaction.objectStore('keyval');
          const [kept, sound] = [store.get(key), store.get(`sound:${key}`)];
          sound.onsuccess = () => {
            const altered = sound.result ?? kept.result;
            store.put(altered, `sound:${key}`);
            const names = path.split('.');
            const last = names.pop()!;
            // biome-ignore lint/suspicious/noExplicitAny: what is stored may be anything.
            const holder = names.reduce((part: any, name) => part[name], altered);
            const { fill, floats } = (value ?? {}) as { fill?: number; floats?: number[] };
            if (typeof fill === 'number') holder[last].fill(fill);
            else holder[last] = floats ? Float32Array.from(floats) : value;
            store.put(altered, key);
          };
          transaction.onabort = () => reject(transaction.error);
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    { key: `run:${id}`, path, value },
  );

const DAMAGES: readonly (readonly [path: string, value: unknown])[] = [
  ['saved.list', 7],
  ['version', 1],
  ['settings', null],
  ['settings.hidden', 50],
  ['saved', 'junk'],
  ['saved.step', -3],
  ['saved.state.parameters', [null]],
  ['saved.generator.position', 1_000_000],
  ['saved.dev.losses', [null]],
  ['saved.schedule', [null]],
];

test('a damaged checkpoint is not offered, and the figure works as without one', async ({ page }) => {
  test.setTimeout(2 * MINUTE);
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  const figure = await open(page, { depth: 3 });
  await step(figure, 1);
  const first = await lossOf(figure);
  await isKept(page, 1);
  for (const [path, value] of DAMAGES) {
    await alter(page, path, value);
    await page.reload();
    await widget(page, ID);
    // The address was read, storage was asked after that, and answered before it answers here.
    await expect(figure.locator('.refusal:visible')).toContainText('depth');
    await keptStep(page, ID);
    await expect.soft(figure.locator('.kept-run'), path).toHaveCount(0);
    expect.soft(await brokenParts(figure), path).toEqual([]);
    expect.soft(faults.splice(0), path).toEqual([]);
  }
  await step(figure, 1);
  expect(await lossOf(figure)).toBe(first);
});

for (const [what, path, value] of [
  ['of another network', 'saved.state.parameters.0', { floats: [1, 2, 3] }],
  ['of another list', 'saved.list', '1304 0'],
] as const) {
  test(`a checkpoint ${what} does not fit: the run begins anew, with a note`, async ({ page }) => {
    const figure = await open(page);
    await step(figure, 2);
    await isKept(page, 2);
    await alter(page, path, value);
    await page.reload();
    await widget(page, ID);
    await button(figure, 'Resume').click();
    const anew = await end(figure);
    await expect(aboutEngine(figure)).toContainText('does not fit this word list; the run begins anew');
    expect(await brokenParts(figure)).toEqual([]);
    expect(await playAnew(figure)).toEqual(anew);
  });
}

test('a tab that is closed while it runs is offered to resume in the next', async ({ page, context }) => {
  const first = await open(page, { pace: 'slow' });
  await button(first, 'Play').click();
  await isKept(page, 5);
  await page.close();
  const figure = await open(await context.newPage(), { pace: 'slow' });
  const kept = await offeredStep(figure);
  expect(kept).toBeGreaterThanOrEqual(5);
  await button(figure, 'Resume').click();
  await expect.poll(() => stepOf(figure), { timeout: MINUTE }).toBeGreaterThanOrEqual(kept);
  await speed(figure).selectOption('full');
  const resumed = await end(figure);
  expect(await playAnew(figure)).toEqual(resumed);
});

test('a run on the graphics card is put aside whole, also in the middle of a step', async ({ page, context }) => {
  test.setTimeout(2 * MINUTE);
  // A large batch keeps the card at work nearly all the time; a fast one is slowed down, so that it is still at it when asked.
  const settings = { engine: 'webgl', batch: 256, steps: 2000, pace: 'slow' };
  const first = await open(page, settings);
  await button(first, 'Play').click();
  await isKept(page, 4);
  await setField(first, 'Learning rate', 0.5);
  await isKept(page, (await stepOf(first)) + 2);
  await page.close();
  const figure = await open(await context.newPage(), settings);
  const kept = await offeredStep(figure);
  await button(figure, 'Resume').click();
  await setField(figure, 'Steps', kept + 20);
  const resumed = await end(figure);
  expect(resumed.step).toBe(kept + 20);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await button(figure, 'Copy a link to this run').click();
  await expect(figure).toContainText('Copied.');
  const other = await context.newPage();
  const address = await figure.evaluate(() => navigator.clipboard.readText());
  expect(address).toContain('schedule');
  await other.goto(address.replace('webgl', 'simd'));
  const replayed = await play(await widget(other, ID));
  expect(Math.abs(resumed.loss - replayed.loss)).toBeLessThan(1e-4);
  expect(Math.abs(resumed.devLoss - replayed.devLoss)).toBeLessThan(1e-4);
});

for (const [engine, what, pattern] of [
  ['simd', 'script', '**/browser-host-*.js'],
  ['simd', 'binary', '**/kernels*.wasm'],
  ['wasm', 'script', '**/wasm-*.js'],
  ['wasm', 'binary', '**/tfjs-*.wasm'],
] as const) {
  test(`the engine ${engine} whose ${what} cannot be fetched is replaced by another one, and the figure says so`, async ({
    page,
    context,
  }) => {
    await context.route(pattern, (route) => route.abort());
    const figure = await open(page, { engine, steps: 20 });
    expect(await play(figure)).toMatchObject({ step: 20 });
    await expect(figure).not.toHaveAttribute('data-engine', engine);
    await expect(aboutEngine(figure)).toContainText(/could not be .*\. Another engine runs instead\./);
  });
}

for (const [engine, script, says] of [
  ['simd', 'WebAssembly.validate = () => false;', 'This browser’s WebAssembly has no SIMD'],
  ['simd', 'delete self.WebAssembly;', 'WebAssembly is switched off in this browser.'],
  ['wasm', 'delete self.WebAssembly;', 'WebAssembly is switched off in this browser.'],
  ['webgl', 'delete self.OffscreenCanvas;', 'this browser has no OffscreenCanvas'],
  ['webgpu', 'if (self.GPU) delete WorkerNavigator.prototype.gpu;', 'WebGPU cannot be had in a background worker'],
] as const) {
  test(`where a browser has no ${engine} (${script}), another engine runs instead, and the figure says so`, async ({
    page,
    context,
  }) => {
    await serveScript(context, 'engine.worker', script);
    const figure = await open(page, { engine, steps: 20 });
    expect(await play(figure)).toMatchObject({ step: 20 });
    await expect(figure).not.toHaveAttribute('data-engine', engine);
    await expect(aboutEngine(figure)).toContainText(says);
    await expect(aboutEngine(figure)).toContainText('Another engine runs instead.');
  });
}

test('a run without any engine says so, and Play tries again', async ({ page, context }) => {
  const engines = /\/(browser-host|wasm|webgl|webgpu|cpu)-[^/]*\.js$/;
  await context.route(engines, (route) => route.abort());
  const figure = await open(page, { steps: 20 });
  await button(figure, 'Play').click();
  await reaches(figure, 'error');
  await expect(failure(figure)).toContainText('No engine could be started.');
  await expect(failure(figure)).toContainText('Press Play to try again.');
  await context.unroute(engines);
  expect(await play(figure)).toMatchObject({ step: 20 });
});

test('a word list that cannot be reached is told of, and another may be chosen', async ({ page, context }) => {
  await context.route(MAKEMORE.url, (route) => route.abort());
  const figure = await open(page, { corpus: 'makemore', steps: 20 });
  await button(figure, 'Play').click();
  await reaches(figure, 'error');
  await expect(failure(figure)).toContainText('The makemore list could not be reached.');
  await figure.getByRole('combobox', { name: 'Word list' }).selectOption('dinosaurs');
  await expect(failure(figure)).toBeHidden();
  expect(await play(figure)).toMatchObject({ step: 20 });
});

test('a rate of 100 spoils a run, and not its figure', async ({ page }) => {
  const figure = await open(page, { rate: 100 });
  const { loss } = await play(figure);
  expect(loss).toBeGreaterThan(10);
  expect(await brokenParts(figure)).toEqual([]);
});

/** A run whose weights are about to leave single precision; no rate that a reader can choose takes them there. */
async function keepLargeWeights(page: Page, context: BrowserContext, id: string): Promise<Locator> {
  const settings = { corpus: 'dinosaurs', engine: 'simd', steps: 60 };
  const first = await openWidget(page, MLP, id, settings);
  await step(first, 2);
  await isKept(page, 2, id);
  await alter(page, 'saved.state.parameters.3', { fill: 3e38 }, id);
  await page.close();
  const figure = await openWidget(await context.newPage(), MLP, id, settings);
  expect(await offeredStep(figure)).toBe(2);
  return figure;
}

test('weights that run off end a run in a sentence with the step, the rate and what to do', async ({
  page,
  context,
}) => {
  const figure = await keepLargeWeights(page, context, ID);
  await button(figure, 'Resume').click();
  await reaches(figure, 'error');
  await expect(failure(figure)).toHaveText(
    /At step 3 the loss is no finite number any more: at a rate of 0\.1 .* Lower the rate and press Reset\./,
  );
  expect(await lossOf(figure)).toBeNaN();
  await setField(figure, 'Learning rate', 0.05);
  await button(figure, 'Reset').click();
  await isAt(figure, 0);
  await expect(failure(figure)).toBeHidden();
  expect((await play(figure)).loss).toBeLessThan(4);
});

test('a sweep whose weights run off ends early, in a sentence', async ({ page, context }) => {
  const figure = await keepLargeWeights(page, context, 'learning-rate-finder');
  await button(figure, 'Resume').click();
  await reaches(figure, 'done');
  await expect(figure.locator('.run-status')).toContainText(
    /At step \d+ the rate was too high: the loss is no finite number any more, and the sweep ends here\./,
  );
  expect(await stepOf(figure)).toBeLessThan(60);
  await expect(figure.locator('output')).not.toContainText('NaN');
});
