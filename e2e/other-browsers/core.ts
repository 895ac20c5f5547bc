import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import stepper from '../../content/runs/backprop-stepper.json' with { type: 'json' };
import deepRun from '../../content/runs/deep-batchnorm.json' with { type: 'json' };
import mlpRun from '../../content/runs/mlp.json' with { type: 'json' };
import dinosaurs from '../../content/runs/mlp-dinosaurs.json' with { type: 'json' };
import waveRun from '../../content/runs/wavenet.json' with { type: 'json' };
import bigram from '../../reference/fixtures/bigram.json' with { type: 'json' };
import deep from '../../reference/fixtures/deep_bn.json' with { type: 'json' };
import manual from '../../reference/fixtures/manual_training.json' with { type: 'json' };
import link from '../../reference/fixtures/mlp_link.json' with { type: 'json' };
import wave from '../../reference/fixtures/wavenet.json' with { type: 'json' };
import { AUTOGRAD, BATCHNORM, BIGRAM, MAKEMORE_FILE, MANUAL, MLP, PAGES, WAVENET } from '../addresses.ts';
import { keptStepInPage, sidewaysInPage } from '../in-page.ts';
import { bundleRandom, DRAWN, DRAWN_FROM, drawInPage } from '../random-streams.ts';
import { readNumber } from '../read-number.ts';
import type { BrowserKind } from './browser.ts';
import { PATIENCE, Page } from './page.ts';

const HAS_MAKEMORE = existsSync(MAKEMORE_FILE);
const ENGINES = ['simd', 'wasm', 'webgl', 'webgpu', 'cpu'] as const;

/** Brings each figure into view that is not hydrated yet. It runs inside the page. */
async function showIslands(): Promise<void> {
  for (const content of document.querySelectorAll('astro-island[ssr] > :first-child')) {
    content.scrollIntoView({ block: 'center', behavior: 'instant' });
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }
}

/** What every browser must show, on one that is no Chromium; where it is not installed, a line says so. */
export function describeCore(kind: BrowserKind): void {
  const missing = kind.missing();
  if (!HAS_MAKEMORE)
    console.log(`${kind.name}: ${MAKEMORE_FILE.pathname} is not there; the runs are those of the site’s own lists.`);
  if (missing) console.log(`${kind.name}: not run, for want of ${missing}.`);

  describe.skipIf(missing !== undefined)(kind.name, () => {
    let page: Page;

    beforeAll(async () => {
      const browser = await kind.start();
      console.log(`${kind.name} ${browser.version}`);
      page = new Page(browser, inject('site'));
      await browser.resize(1280, 900);
    });
    afterAll(() => page?.browser.close());

    /** Nothing of what a test did may have gone wrong in the page. */
    const expectNoFaults = async () => expect(await page.faults()).toEqual([]);

    const inertIslands = () => page.run(() => document.querySelectorAll('astro-island[ssr]').length);

    test('what goes wrong in a page is noticed', async () => {
      await page.open('/blog.html');
      await expectNoFaults();
      await page.run(() => {
        console.error('told');
        setTimeout(() => {
          throw new Error('thrown');
        });
        Promise.reject(new Error('rejected'));
        const inline = document.createElement('script');
        inline.textContent = '0';
        const image = document.createElement('img');
        image.src = '/there-is-none.png';
        document.body.append(inline, image);
      });
      await expect
        // The header’s policy and the page’s own both report.
        .poll(() => page.faults().then((faults) => [...new Set(faults)].toSorted()), PATIENCE)
        .toEqual([
          expect.stringContaining('console: told'),
          expect.stringContaining('content security policy: script-src-elem forbids inline'),
          expect.stringContaining('not loaded: <img'),
          expect.stringContaining('thrown'),
          expect.stringContaining('unhandled rejection: Error: rejected'),
        ]);
    });

    describe.each(PAGES)('%s', (path) => {
      test('opens, hydrates and keeps within 1280 and 360 px, without a fault', async () => {
        await page.open(path);
        try {
          for (const width of [1280, 360]) {
            await page.browser.resize(width, 800);
            await expect.poll(() => page.run(() => innerWidth), PATIENCE).toBe(width);
            await page.run(showIslands);
            await expect.poll(inertIslands, PATIENCE).toBe(0);
            const { page: wide, ...rest } = await page.run(sidewaysInPage);
            expect(rest).toEqual({ wide: [] });
            expect(wide).toBe(await page.run(() => document.documentElement.clientWidth));
          }
          await expectNoFaults();
        } finally {
          await page.browser.resize(1280, 900);
        }
      });
    });

    test('the random streams are PyTorch’s and CPython’s bit for bit in this browser, too', async () => {
      await page.browser.open('about:blank');
      await page.browser.evaluate(`(() => { ${await bundleRandom()}; return '' })()`);
      expect(await page.run(drawInPage, DRAWN_FROM)).toEqual(DRAWN);
    });

    test('the backward pass is walked forwards and back', async () => {
      const figure = await page.openWidget(AUTOGRAD, 'expression-graph');
      const drawing = () => figure.text('svg.graph');
      await figure.click('Reset');
      await figure.reaches('data-step', '0');
      expect(await drawing()).not.toMatch(/a is 2 with gradient/);
      for (const step of ['1', '2', '3']) {
        await figure.click('Step');
        await figure.reaches('data-step', step);
      }
      expect(await drawing()).toMatch(/a is 2 with gradient −0.3174/);
      await figure.click('Back');
      await figure.reaches('data-step', '2');
      expect(await drawing()).not.toMatch(/a is 2 with gradient/);
      await expectNoFaults();
    });

    test.skipIf(!HAS_MAKEMORE)('the sampler prints the names of the notebook', async () => {
      const figure = await page.openWidget(BIGRAM, 'bigram-sampler');
      await figure.choose('Word list', 'makemore');
      await expect.poll(() => figure.text('.corpus-summary'), PATIENCE).toContain('32,033 words');
      for (let i = 0; i < 5; i++) await figure.click('Whole name');
      await expect.poll(() => figure.texts('.sampler-words li'), PATIENCE).toEqual(bigram.samples_cumulative_rule);
      await expectNoFaults();
    });

    test('the MLP learns as in PyTorch, on the kernels', async () => {
      const figure = await page.openWidget(MLP, 'mlp-training', {
        ...(HAS_MAKEMORE ? { corpus: 'makemore', seed: link.seed } : { corpus: 'names' }),
        ...{ init: 'scaled', steps: 101, engine: 'simd' },
      });
      const { loss, devLoss } = await figure.play();
      expect(await figure.attribute('data-engine')).toBe('simd');
      expect(loss).toBeCloseTo(HAS_MAKEMORE ? link.losses[100]! : mlpRun.marks['100'], 4);
      if (HAS_MAKEMORE) expect(devLoss).toBeCloseTo(link.dev, 4);
      await expectNoFaults();
    });

    // The bound is that of the runs in Chromium: relaxed SIMD rounds in its own way.
    test.each([
      ['batchnorm-training', BATCHNORM, HAS_MAKEMORE ? deep.train_loss_f32 : deepRun.marks],
      ['wavenet-training', WAVENET, HAS_MAKEMORE ? wave.loss_f32 : waveRun.marks],
    ] as const)('%s has PyTorch’s losses, step by step', async (id, path, expected) => {
      const corpus = HAS_MAKEMORE ? 'makemore' : 'names';
      const figure = await page.openWidget(path, id, { corpus, engine: 'simd' });
      const losses: number[] = [];
      for (let step = 1; step <= 11; step++) {
        await figure.click('Step');
        await figure.reaches('data-step', String(step));
        losses.push(await figure.number('data-loss'));
      }
      for (const mark of ['0', '1', '10'] as const)
        expect(Math.abs(losses[Number(mark)]! - expected[mark]), `step ${mark}`).toBeLessThan(1e-5);
      await expectNoFaults();
    });

    test('by hand and by autograd the network learns the same, and as PyTorch’s', async () => {
      const corpus = HAS_MAKEMORE ? 'makemore' : 'names';
      const figure = await page.openWidget(MANUAL, 'manual-training', {
        ...{ corpus, engine: 'wasm', steps: HAS_MAKEMORE ? 11 : 1 },
      });
      const { loss } = await figure.play();
      expect(await figure.attribute('data-engine')).toBe('wasm');
      expect(Math.abs(loss - (HAS_MAKEMORE ? manual.hidden64.loss_f32['10'] : stepper.loss))).toBeLessThan(1e-4);
      const difference = /largest difference of two losses of a step\D*([\d.×⁻⁰¹²³⁴-⁹]+)/.exec(
        await figure.text('.side-by-side'),
      );
      expect(readNumber(difference![1]!)).toBeLessThan(1e-5);
      await expectNoFaults();
    });

    test('simd and cpu run, and which of the others do is told', async () => {
      const opened: string[] = [];
      const figure = await page.openWidget(MLP, 'mlp-training', { corpus: 'dinosaurs' });
      for (const engine of ENGINES) {
        await figure.choose('Engine', engine);
        await figure.reaches('data-state', 'idle');
        await figure.click('Step');
        await figure.reaches('data-step', '1');
        expect(await figure.number('data-loss')).toBeCloseTo(dinosaurs.marks['0'], 4);
        if ((await figure.attribute('data-engine')) === engine) opened.push(engine);
        else console.log(`${kind.name}: ${(await figure.text('.corpus-summary')).replace(/^.* symbols\. /, '')}`);
      }
      console.log(`${kind.name} runs the engines ${opened.join(', ')}.`);
      expect(opened).toEqual(expect.arrayContaining(['simd', 'cpu']));
    });

    test('a run survives a reload, and goes on', async () => {
      const figure = await page.openWidget(MLP, 'mlp-training', {
        ...{ corpus: 'dinosaurs', engine: 'simd', steps: 101, pace: 'slow' },
      });
      await figure.click('Play');
      await expect.poll(() => page.run(keptStepInPage, 'mlp-training'), PATIENCE).toBeGreaterThan(5);
      await page.run(() => location.reload());
      await figure.hydrated();
      await expect.poll(() => figure.text('.kept-run'), PATIENCE).toMatch(/Your last run here stopped at step \d+\./);
      await figure.click('Resume');
      await figure.reaches('data-state', 'running');
      await figure.choose('Speed', 'full');
      await figure.reaches('data-state', 'done');
      expect(await figure.number('data-loss')).toBeCloseTo(dinosaurs.marks['100'], 4);
      await expectNoFaults();
    });

    test('Tab reaches Play, and Enter starts', async () => {
      const figure = await page.openWidget(MLP, 'mlp-training', { corpus: 'dinosaurs', engine: 'simd', steps: 20 });
      const focused = () =>
        page.run((id) => {
          const element = document.activeElement!;
          return element.closest('[data-widget]')?.getAttribute('data-widget') === id && element.textContent?.trim();
        }, figure.id);
      for (let tabs = 0; tabs < 80 && (await focused()) !== 'Play'; tabs++) await page.press('Tab');
      expect(await focused()).toBe('Play');
      await page.press('Enter');
      await figure.reaches('data-step', '20');
      await expectNoFaults();
    });
  });
}
