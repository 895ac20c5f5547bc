/** What the site lets a browser do: the headers of the host, the policy in the page, and who is asked for anything. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { MAKEMORE } from '../src/training/corpus.ts';
import {
  AUTOGRAD,
  BATCHNORM,
  BIGRAM,
  button,
  MANUAL,
  MLP,
  openWidget,
  PAGES,
  POSTS,
  stepOf,
  WAVENET,
  watchRequests,
} from './site.ts';

/** A script of the build, whose headers are those of all. */
const WORKER = `/_astro/${readdirSync('dist/_astro').find((name) => /worker.*\.js$/.test(name))}`;
const ELSEWHERE = 'https://elsewhere.example/';

test('every page comes with its headers, and files with a hash are kept for ever', async ({ request }) => {
  for (const path of [...PAGES, '/not-kept.html']) {
    const response = await request.get(path);
    const headers = response.headers();
    const policy = headers['content-security-policy'];
    expect(policy, path).toMatch(
      /default-src 'self'.*script-src 'self' 'wasm-unsafe-eval' 'sha256-.*frame-ancestors 'none'/,
    );
    expect(policy!.match(/script-src [^;]*/)![0], path).not.toContain("'unsafe-inline'");
    expect(policy, path).not.toMatch(/https?:|\*/);
    expect(headers, path).toMatchObject({
      'cache-control': 'public, max-age=0, must-revalidate',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
    // A host that sets no headers has the policy of the page itself.
    const [, own] = /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(await response.text())!;
    expect(policy!.startsWith(own!.replace(/;\s*$/, '')), path).toBe(true);
  }
  const [, script] = /src="(\/_astro\/[^"]*\.js)"/.exec(readFileSync('dist/index.html', 'utf8'))!;
  const hashed = (await request.get(script!)).headers();
  expect(hashed['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(hashed['content-security-policy']).toMatch(/^default-src 'none'/);
  expect((await request.get('/service-worker.js')).headers()['cache-control']).toBe(
    'public, max-age=0, must-revalidate',
  );
});

/** A figure of each post that trains on what ships with the site. That reading asks no other host, e2e/pages.spec.ts sees. */
const TRAINED = [
  [AUTOGRAD, 'tiny-network'],
  [BIGRAM, 'bigram-training'],
  [MLP, 'mlp-training'],
  [BATCHNORM, 'batchnorm-training'],
  [MANUAL, 'manual-training'],
  [WAVENET, 'wavenet-training'],
] as const;

test('the list has a figure of each post', () => {
  expect(TRAINED.map(([path]) => path)).toEqual(POSTS.map((post) => `/blog/${post}.html`));
});

for (const [path, id] of TRAINED)
  test(`${path}: to train for five steps asks no other host`, async ({ page, context, baseURL }) => {
    const requests = watchRequests(context);
    const figure = await openWidget(page, path, id, { seed: 7 });
    for (let step = 1; step <= 5; step += 1) {
      await button(figure, 'Step').click();
      await expect.poll(() => stepOf(figure)).toBe(step);
    }
    expect(requests.length).toBeGreaterThan(10);
    expect(requests.filter((address) => !address.startsWith(`${baseURL}/`))).toEqual([]);
  });

test('a script that the policy does not know is not run', async ({ page }) => {
  await page.goto('/');
  const seen = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const refused: { directive: string; disposition: string }[] = [];
        addEventListener('securitypolicyviolation', ({ effectiveDirective, disposition }) =>
          refused.push({ directive: effectiveDirective, disposition }),
        );
        const script = document.createElement('script');
        script.textContent = 'globalThis.ran = true';
        document.body.append(script);
        const button = document.createElement('button');
        button.setAttribute('onclick', 'globalThis.ran = true');
        document.body.append(button);
        button.click();
        setTimeout(() => resolve({ refused, ran: 'ran' in globalThis }), 200);
      }),
  );
  // The header’s policy and the page’s own, each of the script and of the attribute.
  expect(seen).toEqual({
    refused: expect.arrayContaining([
      { directive: 'script-src-elem', disposition: 'enforce' },
      { directive: 'script-src-attr', disposition: 'enforce' },
    ]),
    ran: false,
  });
});

test('a page and a worker of the site can fetch from no other host; a worker the makemore list alone', async ({
  page,
  context,
}) => {
  const asked: string[] = [];
  for (const address of [ELSEWHERE, MAKEMORE.url])
    await context.route(address, (route) => {
      asked.push(address);
      return route.fulfill({ body: 'had', headers: { 'access-control-allow-origin': '*' } });
    });
  // Any script of the site’s own, for a moment one that asks whatever it is told to.
  await context.route('**/_astro/asks.js', async (route) => {
    const response = await route.fetch({ url: new URL(WORKER, route.request().url()).href });
    await route.fulfill({
      response,
      contentType: 'text/javascript',
      body: `onmessage = async ({ data }) => postMessage(await fetch(data).then((r) => r.text(), () => 'refused'))`,
    });
  });
  await page.goto('/');
  const had = await page.evaluate(
    async ([elsewhere, makemore]) => {
      const worker = new Worker('/_astro/asks.js', { type: 'module' });
      const asks = (address: string) =>
        new Promise((resolve, reject) => {
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = () => reject(new Error('the worker did not start'));
          worker.postMessage(address);
        });
      return {
        page: await fetch(elsewhere!).then(
          () => 'had',
          () => 'refused',
        ),
        worker: await asks(elsewhere!),
        list: await asks(makemore!),
      };
    },
    [ELSEWHERE, MAKEMORE.url],
  );
  expect(had).toEqual({ page: 'refused', worker: 'refused', list: 'had' });
  expect(asked).toEqual([MAKEMORE.url]);
});
