// The backward passes by hand beside TensorFlow.js's own autograd, on each of its backends, in a worker of a real browser.
import { expect, type Page, test } from '@playwright/test';
import fixture from '../reference/fixtures/backprop_n32.json' with { type: 'json' };
import type { EngineName } from '../src/engines/engine.ts';
import { initialBuffers, inNetworkOrder, manualMlp } from '../src/networks/index.ts';
import { drawnParameters, X, Y } from '../tools/notebook-backprop.ts';
import type { Harness } from './engines/functions.ts';
import { serveHarness } from './engines/serve.ts';

const BACKENDS: readonly EngineName[] = ['cpu', 'wasm', 'webgl'];
/** By the largest number that is expected. */
const TOLERANCE = 1e-5;
/** These two are 0 but for rounding, so what they are the sum of is their measure. */
const MEASURED_BY: Readonly<Record<string, string>> = { logit_maxes: 'norm_logits', b1: 'hprebn' };

test.describe.configure({ timeout: 120_000 });
const server = serveHarness();
test.beforeEach(({ page }) => server.open(page));

/** Typed arrays do not survive the way into the page. */
const plain = Object.entries(drawnParameters).map(([name, { shape, data }]) => ({ name, shape, data: [...data] }));

const compareIn = (page: Page, backend: EngineName) =>
  page.evaluate(
    ({ backend, plain, contexts, targets }) => {
      const { harness } = globalThis as unknown as { harness: Harness };
      const parameters = Object.fromEntries(
        plain.map(({ name, shape, data }) => [name, { shape, data: Float32Array.from(data) }]),
      );
      return harness.compare(backend, parameters as Parameters<Harness['compare']>[1], {
        contexts: Int32Array.from(contexts),
        targets: Int32Array.from(targets),
      });
    },
    { backend, plain, contexts: X.flat(), targets: Y },
  );

for (const backend of BACKENDS) {
  test(`${backend}: the gradients of the 26 steps, on the notebook’s minibatch`, async ({ page }) => {
    const { loss, gradients } = await compareIn(page, backend);
    expect(gradients.map(({ name }) => name)).toEqual(fixture.names);
    expect(Math.abs(loss.hand - fixture.n32_f64.loss)).toBeLessThan(1e-6);
    expect(Math.abs(loss.autograd - fixture.n32_f32.loss)).toBeLessThan(1e-5);
    const sizes = new Map(gradients.map(({ name, largest }) => [name, largest]));
    const errors = gradients.map(({ name, difference }) => difference / sizes.get(MEASURED_BY[name] ?? name)!);
    console.log(
      `${backend}: by hand and by autograd differ by ${Math.max(...errors).toExponential(1)} of the largest at most`,
    );
    for (const [i, error] of errors.entries()) expect(error, gradients[i]!.name).toBeLessThan(TOLERANCE);
  });

  test(`${backend}: twenty steps by hand and by autograd have the same losses`, async ({ page }) => {
    const network = manualMlp();
    const { hand, autograd } = await page.evaluate(
      async ({ backend, network, parameters, buffers, contexts, targets, steps }) => {
        const { harness } = globalThis as unknown as { harness: Harness };
        const floats = (lists: number[][]) => lists.map((list) => Float32Array.from(list));
        const repeated = (list: number[]) => Int32Array.from(Array.from({ length: steps }, () => list).flat());
        const losses = await harness.trainTwice(
          backend,
          network,
          { parameters: floats(parameters), buffers: floats(buffers) },
          { contexts: repeated(contexts), targets: repeated(targets), rates: new Float32Array(steps).fill(0.1) },
        );
        return { hand: [...losses.hand], autograd: [...losses.autograd] };
      },
      {
        backend,
        network,
        parameters: inNetworkOrder(drawnParameters).map((values) => [...values]),
        buffers: initialBuffers(network).map((values) => [...values]),
        contexts: X.flat(),
        targets: Y,
        steps: 20,
      },
    );
    expect(hand).toHaveLength(20);
    expect(Math.abs(hand[0]! - fixture.n32_f32.loss)).toBeLessThan(1e-5);
    expect(hand.at(-1)!).toBeLessThan(hand[0]! - 0.5);
    for (const [i, loss] of hand.entries()) expect(Math.abs(autograd[i]! - loss), `step ${i}`).toBeLessThan(1e-4);
  });
}
