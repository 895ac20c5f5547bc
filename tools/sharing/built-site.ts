/** The built site as files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';

export const BUILT = 'dist';

/** The addresses of the posts in a build. */
export const postAddresses = (built = BUILT): string[] =>
  readdirSync(join(built, 'blog'))
    .filter((name) => name.endsWith('.html'))
    .sort()
    .map((name) => `/blog/${name}`);

/** The file behind an address, or undefined where the site has none. */
export function fileOf(address: string, built = BUILT): string | undefined {
  const path = join(built, address.endsWith('/') ? `${address}index.html` : address);
  return existsSync(path) ? path : undefined;
}

const read = new Map<string, Root>();

/**
 * A page of the build, read once: to parse one takes longer than anything that is done with it. Nobody changes it.
 *
 * @throws Error if the page is not in the build.
 */
export function readPage(address: string, built = BUILT): Root {
  const path = fileOf(address, built);
  if (!path) throw new Error(`There is no ${address} in ${built}/. Build the site first: npm run build`);
  const page = read.get(path) ?? fromHtml(readFileSync(path, 'utf8'));
  read.set(path, page);
  return page;
}
