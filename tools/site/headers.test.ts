import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MAKEMORE } from '../../src/training/corpus.ts';
import { headersFor, type Rule, readHeaders, writeHeaders } from './headers.ts';

const PAGES = ['/', '/blog.html', '/404.html', '/blog/WaveNet.html'];
const HASH = `'sha256-${'A'.repeat(43)}='`;
const META = `default-src 'self';img-src 'self' data:; script-src 'self' 'wasm-unsafe-eval' ${HASH}; style-src 'self';`;

let dist: string;
let text: string;
let rules: Rule[];

const write = async (elsewhere: readonly string[]): Promise<string> => {
  await writeHeaders(dist, PAGES, elsewhere);
  return readFile(join(dist, '_headers'), 'utf8');
};

beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'headers-'));
  await writeFile(join(dist, 'index.html'), `<meta http-equiv="content-security-policy" content="${META}">`);
  text = await write([MAKEMORE.url]);
  rules = readHeaders(text);
});
afterAll(() => rm(dist, { recursive: true }));

/** The directives of a policy, as https://www.w3.org/TR/CSP3/#parse-serialized-policy reads them. */
const directives = (policy: string): Map<string, string[]> =>
  new Map(
    policy
      .split(';')
      .map((part) => part.trim().split(/\s+/))
      .filter(([name]) => name)
      .map(([name, ...values]) => [name!, values]),
  );

const hosts = (policy: string): string[] =>
  [...directives(policy).values()].flat().filter((source) => !source.startsWith("'") && source !== 'data:');

test('every page has the policy that stands in it, and none may put it into a frame', () => {
  for (const page of [...PAGES, '/index.html']) {
    const headers = headersFor(rules, page);
    expect(headers['Cache-Control'], page).toBe('public, max-age=0, must-revalidate');
    expect(headers['X-Content-Type-Options'], page).toBe('nosniff');
    const policy = headers['Content-Security-Policy']!;
    expect(policy.startsWith(META.replace(/;$/, '')), page).toBe(true);
    expect(directives(policy).get('frame-ancestors')).toEqual(["'none'"]);
    expect(hosts(policy)).toEqual([]);
  }
});

test('no script runs that the policy does not know', () => {
  for (const path of [...PAGES, '/_astro/a.js', '/service-worker.js']) {
    const sources = directives(headersFor(rules, path)['Content-Security-Policy']!).get('script-src')!;
    expect(sources, path).not.toContain("'unsafe-inline'");
    expect(sources, path).not.toContain("'unsafe-eval'");
    expect(sources.filter((source) => !/^'(self|wasm-unsafe-eval|sha256-.*)'$/.test(source))).toEqual([]);
  }
});

test('files with a hash are kept for ever; a worker may fetch the makemore list, and nothing else of another host', () => {
  const headers = headersFor(rules, '/_astro/engine.worker-1234.js');
  expect(headers['Cache-Control']).toBe('public, max-age=31536000, immutable');
  expect(directives(headers['Content-Security-Policy']!).get('connect-src')).toEqual(["'self'", MAKEMORE.url]);
  expect(hosts(headers['Content-Security-Policy']!)).toEqual([MAKEMORE.url]);
  expect(headersFor(rules, '/icon.svg')['Cache-Control']).toBeUndefined();
});

test('where the list comes with the site, a worker may fetch from no other host', async () => {
  const included = readHeaders(await write([]));
  expect(hosts(headersFor(included, '/_astro/a.js')['Content-Security-Policy']!)).toEqual([]);
  expect(text).toContain('githubusercontent');
});

test('no two rules set the same header of an address: Cloudflare would join their values', () => {
  for (const path of [...PAGES, '/_astro/a.js', '/service-worker.js', '/icon.svg', '/nothing']) {
    const names = rules
      .filter(([pattern]) => (pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern))
      .flatMap(([, headers]) => Object.keys(headers));
    expect(new Set(names).size, path).toBe(names.length);
  }
});

test('what Cloudflare would pass over ends the build', async () => {
  const many = Array.from({ length: 100 }, (_, i) => `/${i}.html`);
  await expect(writeHeaders(dist, many, [])).rejects.toThrow('104 rules');
  await expect(writeHeaders(dist, PAGES, ['https://a.example/'.padEnd(2000, 'a')])).rejects.toThrow('2,000');
});

test('a front page without a policy ends the build', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'headers-'));
  await writeFile(join(empty, 'index.html'), '<p>no policy');
  await expect(writeHeaders(empty, PAGES, [])).rejects.toThrow('no content security policy');
  await rm(empty, { recursive: true });
});
