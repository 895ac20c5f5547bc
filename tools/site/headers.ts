import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Headers = Readonly<Record<string, string>>;
export type Rule = readonly [path: string, headers: Headers];

const EVERYWHERE: Headers = {
  'X-Content-Type-Options': 'nosniff',
  // The page for addresses that do not exist is sent under the address that was asked for, which no rule for pages knows.
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
};
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_FIRST = 'public, max-age=0, must-revalidate';
/** A worker is not governed by the policy of its page, but by that of its own script. */
const workerPolicy = (elsewhere: readonly string[]): string =>
  `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src ${["'self'", ...elsewhere].join(' ')}; frame-ancestors 'none'`;

/**
 * Writes _headers, which Netlify and Cloudflare read; serve.ts does, too, so that the tests run under what is deployed.
 * Rules do not overlap in what they set: hosts differ in what they make of that.
 *
 * @param pages their addresses.
 * @param elsewhere addresses of other hosts that a worker may fetch.
 */
export async function writeHeaders(
  dist: string,
  pages: readonly string[],
  elsewhere: readonly string[],
): Promise<void> {
  const policy = `${policyOf(await readFile(join(dist, 'index.html'), 'utf8'))}; frame-ancestors 'none'`;
  const forWorkers = workerPolicy(elsewhere);
  const rules: Rule[] = [
    ['/*', EVERYWHERE],
    ['/_astro/*', { 'Cache-Control': FOR_EVER, 'Content-Security-Policy': forWorkers }],
    ['/service-worker.js', { 'Cache-Control': ASK_FIRST, 'Content-Security-Policy': forWorkers }],
    // A host may know the front page by the name of its file.
    ...[...pages, '/index.html'].map(
      (page): Rule => [page, { 'Cache-Control': ASK_FIRST, 'Content-Security-Policy': policy }],
    ),
  ];
  const text = rules.map(printRule).join('\n');
  // Cloudflare passes over what is more or longer: https://developers.cloudflare.com/pages/configuration/headers/
  if (rules.length > 100) throw new Error(`_headers has ${rules.length} rules, and Cloudflare reads 100.`);
  if (text.split('\n').some((line) => line.length > 2000))
    throw new Error('A line of _headers is longer than the 2,000 characters that Cloudflare reads.');
  await writeFile(join(dist, '_headers'), text);
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
