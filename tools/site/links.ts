import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { selectAll } from 'hast-util-select';
import { LinkChecker, type LinkResult, LinkState } from 'linkinator';
import sirv from 'sirv';

export interface BrokenLink {
  /** As an address of the site, or with the other host. */
  readonly link: string;
  readonly why: string;
  /** The page, or the file, that it is on. */
  readonly from: string;
}

interface Options {
  /** Where the site will be. */
  readonly origin?: string;
  /** Whether other hosts are asked, too. */
  readonly outside?: boolean;
}

/** A page that only the check sees: links that stand where no crawler looks. */
const HIDDEN_LINKS = '/__links/';

/** Follows the links of a built site, served as the strictest host would: an address is a file’s exact name, or nothing. */
export async function brokenLinks(
  dist: string,
  { origin = 'https://omagrawal.tech', outside = false }: Options = {},
): Promise<{ readonly broken: readonly BrokenLink[]; readonly followed: number }> {
  const files = (await readdir(dist, { recursive: true })).map((file) => file.replaceAll('\\', '/'));
  const starts = files.filter((file) => /\.(?:html|css)$/.test(file));
  const hidden = new Map<string, readonly string[]>();
  for (const file of files) {
    const find = FINDERS.find(({ of }) => of.test(file))?.find;
    if (find) hidden.set(`${HIDDEN_LINKS}${file}`, find(await readFile(join(dist, file), 'utf8'), `${origin}/${file}`));
  }

  const serve = sirv(dist, { extensions: [] });
  const server = createServer((request, response) => {
    request.url = request.url!.replace(/\/(?=$|\?)/, '/index.html');
    const links = hidden.get(decodeURI(request.url));
    if (links) response.setHeader('content-type', 'text/html').end(pageOf(links));
    else
      serve(request, response, () => {
        response.writeHead(404).end();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const { links } = await new LinkChecker().check({
      path: [...starts.map((file) => `/${file}`), ...hidden.keys()].map((path) => here + encodeURI(path)),
      checkCss: true,
      checkFragments: true,
      redirects: 'error',
      timeout: 30_000,
      // Whether a link is skipped is asked before it is rewritten.
      urlRewriteExpressions: [{ pattern: new RegExp(`^${origin.replaceAll('.', '\\.')}(?=/|$)`), replacement: here }],
      linksToSkip: async (link) =>
        !(link.startsWith(`${here}/`) || link.startsWith(`${origin}/`) || (outside && /^https?:/.test(link))),
    });
    const atHome = (address: string) => address.replace(here, '').replace(HIDDEN_LINKS, '/');
    return {
      broken: links
        .filter(({ state }) => state === LinkState.BROKEN)
        .map((link) => ({ link: atHome(link.url), why: reason(link), from: atHome(link.parent ?? '') })),
      followed: links.filter(({ state }) => state !== LinkState.SKIPPED).length,
    };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** Where links stand that are no links of HTML or CSS. */
const FINDERS: readonly { readonly of: RegExp; readonly find: (text: string, address: string) => string[] }[] = [
  { of: /\.html$/, find: linksOfTags },
  { of: /^sitemap\.xml$/, find: (text) => textOf('loc', text) },
  { of: /^rss\.xml$/, find: linksOfFeed },
  { of: /^offline\/.*\.json$/, find: (text) => JSON.parse(text) as string[] },
];

/** The code of figures, and what a page tells others of itself. */
function linksOfTags(html: string): string[] {
  const page = fromHtml(html);
  const values = (selector: string, name: string): string[] =>
    selectAll(selector, page).map(({ properties }: Element) => String(properties[name]));
  return [
    ...values('astro-island[component-url]', 'component-url'),
    ...values('astro-island[renderer-url]', 'renderer-url'),
    ...values('meta[property="og:image"], meta[property="og:url"]', 'content'),
  ];
}

/** Those of the feed itself, and those of the posts in it, which a reader of feeds takes to be of the post’s address. */
function linksOfFeed(xml: string): string[] {
  const posts = textOf('item', xml).flatMap((item) => {
    const [address] = textOf('link', item);
    const content = fromHtml(textOf('content:encoded', item).map(unescapeXml).join(''), { fragment: true });
    return selectAll('[href], [src]', content).map(
      ({ properties }) => new URL(String(properties.href ?? properties.src), address).href,
    );
  });
  return [...textOf('link', xml), ...textOf('guid', xml), ...posts];
}

const textOf = (tag: string, xml: string): string[] =>
  Array.from(xml.matchAll(new RegExp(`<${tag}(?: [^>]*)?>(.*?)</${tag}>`, 'gs')), ([, text]) => text!);

const unescapeXml = (text: string): string =>
  text
    .replaceAll(/<!\[CDATA\[(.*?)\]\]>/gs, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

const pageOf = (links: readonly string[]): string =>
  [...new Set(links)]
    .map((link) => `<a href="${link.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">.</a>`)
    .join('\n');

function reason({ status, failureDetails = [] }: LinkResult): string {
  const error = failureDetails.find((detail): detail is Error => detail instanceof Error);
  if (error) return error.message;
  return status === 404 ? 'there is no such file' : `the server answered ${status}`;
}
