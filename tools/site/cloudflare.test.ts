import { expect, test } from 'vitest';
import cloudflare from './cloudflare.ts';

test('the front page is the file behind it; every other address stays what it is', async () => {
  const ASSETS = { fetch: async (request: Request) => new Response(request.url) };
  const sent = async (path: string) =>
    (await cloudflare.fetch(new Request(`https://site.example${path}`), { ASSETS })).text();
  expect(await sent('/?mlp-training.seed=7')).toBe('https://site.example/index.html?mlp-training.seed=7');
  expect(await sent('/blog/WaveNet.html')).toBe('https://site.example/blog/WaveNet.html');
  expect(await sent('/blog/')).toBe('https://site.example/blog/');
});
