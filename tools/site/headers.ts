import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MAKEMORE } from '../../src/training/corpus.ts';

type Headers = Readonly<Record<string, string>>;
type Rule = readonly [path: string, headers: Headers];

const EVERYWHERE: Headers = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
};
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_FIRST = 'public, max-age=0, must-revalidate';
/** A worker is not governed by the policy of its page, but by that of its own script. */
const WORKER_POLICY = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ${MAKEMORE.url}; frame-ancestors 'none'`;

/**
 * Writes _headers, which Netlify and Cloudflare read; serve.ts does, too, so that the tests run under what is deployed.
 * Rules do not overlap in what they set: hosts differ in what they make of that.
 */
export async function writeHeaders(dist: string, pages: readonly string[]): Promise<void> {
  const policy = `${policyOf(await readFile(join(dist, 'index.html'), 'utf8'))}; frame-ancestors 'none'`;
  const rules: Rule[] = [
    ['/*', EVERYWHERE],
    ['/_astro/*', { 'Cache-Control': FOR_EVER, 'Content-Security-Policy': WORKER_POLICY }],
    ['/service-worker.js', { 'Cache-Control': ASK_FIRST, 'Content-Security-Policy': WORKER_POLICY }],
    ...pages.map((page): Rule => [page, { 'Cache-Control': ASK_FIRST, 'Content-Security-Policy': policy }]),
  ];
  await writeFile(join(dist, '_headers'), rules.map(printRule).join('\n'));
}

/** The policy that Astro wrote into a page. Its hashes are those of all inline scripts of the site, so pages have the same. */
function policyOf(html: string): string {
  const [, policy] = /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(html) ?? [];
  if (!policy) throw new Error('The front page has no content security policy.');
  return policy.replace(/;\s*$/, '');
}

const printRule = ([path, headers]: Rule): string =>
  `${path}\n${Object.entries(headers)
    .map(([name, value]) => `  ${name}: ${value}\n`)
    .join('')}`;

/** The rules of a _headers file. */
export function readHeaders(text: string): Rule[] {
  return text
    .split(/\n(?=\S)/)
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const [path, ...lines] = block.trim().split('\n');
      return [
        path!,
        Object.fromEntries(
          lines.map((line) =>
            line
              .trim()
              .split(/:\s*(.*)/s)
              .slice(0, 2),
          ),
        ),
      ];
    });
}

/** The headers that such rules give an address. */
export function headersFor(rules: readonly Rule[], path: string): Headers {
  const matches = ([pattern]: Rule) =>
    pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
  return Object.assign({}, ...rules.filter(matches).map(([, headers]) => headers));
}
