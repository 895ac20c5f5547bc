/** What others find of the site: search engines, networks that show links, readers of feeds, bibliographies, mistyped addresses. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import type { Root } from 'hast';
import { select, selectAll } from 'hast-util-select';
import { toString as textOf } from 'hast-util-to-string';
import { parse } from 'yaml';
import { images } from '../src/sharing/images.ts';
import { fileOf, readPage } from '../tools/sharing/built-site.ts';
import { shareImages, stills } from '../tools/sharing/drawable.ts';
import { PAGES, POSTS, WAVENET } from './site.ts';

const SITE = 'https://omagrawal.tech';
const LISTED = PAGES.filter((path) => path !== '/404.html');
const FEED = 'dist/rss.xml';

const meta = (page: Root, name: string): string | undefined =>
  select(`meta[property="${name}"], meta[name="${name}"]`, page)?.properties.content as string | undefined;

/** What a post says of itself. */
function frontMatter(post: string): { title: string; description: string; order: number; published: Date } {
  const text = readFileSync(`content/posts/${post}.mdx`, 'utf8').split('---')[1]!;
  return parse(text, { customTags: ['timestamp'] });
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
const newest = POSTS.map((post) => day(frontMatter(post).published))
  .sort()
  .at(-1)!;

/** Width and height of a PNG, from its own header. */
function sizeOf(path: string): { width: number; height: number } {
  const file = readFileSync(path);
  expect(file.subarray(1, 4).toString(), path).toBe('PNG');
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
}

test('every page has a title and a description of its own, one address, and a picture in words', () => {
  const titles = new Set<string>();
  const descriptions = new Set<string>();
  for (const path of LISTED) {
    const page = readPage(path);
    titles.add(textOf(select('title', page)!));
    const description = meta(page, 'description')!;
    descriptions.add(description);
    expect(description.length, path).toBeGreaterThan(60);
    expect(description.length, path).toBeLessThanOrEqual(155);
    expect(meta(page, 'og:description'), path).toBe(description);

    expect(selectAll('link[rel=canonical]', page).map(({ properties }) => properties.href)).toEqual([SITE + path]);
    expect(meta(page, 'og:url'), path).toBe(SITE + path);
    expect(meta(page, 'robots'), path).toBeUndefined();
    expect(select('link[rel=alternate][type="application/rss+xml"]', page)!.properties.href).toBe(`${SITE}/rss.xml`);

    expect(meta(page, 'twitter:card'), path).toBe('summary_large_image');
    const image = new URL(meta(page, 'og:image')!);
    expect(image.origin).toBe(SITE);
    expect(sizeOf(fileOf(image.pathname)!)).toEqual({ width: 1200, height: 630 });
    expect([meta(page, 'og:image:width'), meta(page, 'og:image:height')]).toEqual(['1200', '630']);
    for (const name of ['og:image:alt', 'twitter:image:alt']) {
      expect(meta(page, name)!.length, `${path} ${name}`).toBeGreaterThan(60);
      expect(meta(page, name)!.length, `${path} ${name}`).toBeLessThanOrEqual(420);
    }
  }
  expect(titles.size).toBe(LISTED.length);
  expect(descriptions.size).toBe(LISTED.length);
  const pictures = POSTS.map((post) => meta(readPage(`/blog/${post}.html`), 'og:image'));
  expect(new Set(pictures).size).toBe(POSTS.length);
});

test('structured data: the site, the blog, and each post with its author, day, picture and place in the series', () => {
  const about = (path: string) => {
    const blocks = selectAll('script[type="application/ld+json"]', readPage(path));
    expect(blocks, path).toHaveLength(1);
    return JSON.parse(textOf(blocks[0]!));
  };
  expect(about('/')).toMatchObject({ '@context': 'https://schema.org', '@type': 'WebSite', url: `${SITE}/` });
  expect(about('/blog.html')).toMatchObject({ '@type': 'Blog', url: `${SITE}/blog.html` });
  for (const post of POSTS) {
    const path = `/blog/${post}.html`;
    const { title, description, order, published } = frontMatter(post);
    const { image, ...rest } = about(path);
    expect(rest).toMatchObject({
      '@type': 'BlogPosting',
      headline: title,
      description,
      url: SITE + path,
      mainEntityOfPage: { '@id': SITE + path },
      author: { '@type': 'Person', name: 'Om Agrawal' },
      datePublished: day(published),
      isPartOf: { '@type': 'CreativeWorkSeries' },
      position: order,
    });
    expect(image).toEqual([meta(readPage(path), 'og:image')]);
    expect(meta(readPage(path), 'og:type')).toBe('article');
    expect(meta(readPage(path), 'article:published_time')).toBe(day(published));
  }
});

test('robots may read everything, and the sitemap has the pages at their exact addresses', () => {
  expect(readFileSync('dist/robots.txt', 'utf8')).toBe(`User-agent: *\nAllow: /\n\nSitemap: ${SITE}/sitemap.xml\n`);
  const entries = [...readFileSync('dist/sitemap.xml', 'utf8').matchAll(/<loc>(.*?)<\/loc><lastmod>(.*?)<\/lastmod>/g)];
  expect(entries.map(([, address, changed]) => [address, changed])).toEqual([
    [`${SITE}/`, newest],
    [`${SITE}/blog.html`, newest],
    ...POSTS.map((post) => [`${SITE}/blog/${post}.html`, day(frontMatter(post).published)]),
  ]);
});

test('every figure has a still and every page a card, drawn from what the site shows now', () => {
  const drawn = { share: shareImages(), figures: stills() };
  for (const kind of ['share', 'figures'] as const) {
    const names = drawn[kind].map(({ name }) => name);
    expect(new Set(names).size, 'the name of a figure is unique on the site').toBe(names.length);
    const stale = drawn[kind].filter(({ name, drawnFrom, alt }) => {
      const known = images[kind][name];
      return known?.drawnFrom !== drawnFrom || known.alt !== alt;
    });
    expect(
      stale.map(({ name }) => name),
      'figures have changed: run npm run images, then npm run build',
    ).toEqual([]);
    expect(readdirSync(`public/images/${kind}`).sort()).toEqual(names.map((name) => `${name}.png`).sort());
    for (const name of names) {
      const { width, height } = images[kind][name]!;
      expect(sizeOf(`public/images/${kind}/${name}.png`), name).toEqual({ width, height });
    }
  }
  expect(drawn.figures.length).toBeGreaterThanOrEqual(25);
  const bytes = ['share', 'figures'].flatMap((kind) =>
    readdirSync(`public/images/${kind}`).map((name) => statSync(`public/images/${kind}/${name}`).size),
  );
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(1_500_000);
});

/** What a reader of the feed gets of one post, as Chromium's own parsers of XML and HTML see it. */
const readFeed = (page: Page) =>
  page.evaluate(
    (text) => {
      const xml = new DOMParser().parseFromString(text, 'application/xml');
      const first = (item: Element, name: string) => item.getElementsByTagName(name)[0]?.textContent ?? '';
      const plain = (root: ParentNode, selector: string) =>
        [...root.querySelectorAll(selector)].map((element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim());
      return {
        fault: xml.querySelector('parsererror')?.textContent,
        items: [...xml.getElementsByTagName('item')].map((item) => {
          const content = new DOMParser().parseFromString(first(item, 'content:encoded'), 'text/html');
          const attributes = [...content.body.querySelectorAll('*')].flatMap((element) => [...element.attributes]);
          return {
            link: first(item, 'link'),
            guid: first(item, 'guid'),
            title: first(item, 'title'),
            date: new Date(first(item, 'pubDate')).toISOString().slice(0, 10),
            forbidden: [
              ...content.querySelectorAll(
                'script, style, link, iframe, svg, canvas, form, input, button, select, textarea, details, noscript, astro-island, astro-slot, annotation, .katex-html',
              ),
            ].map(({ tagName }) => tagName),
            attributes: [...new Set(attributes.map(({ name }) => name))].filter((name) =>
              /^(style|class|id|on|data-|aria-|role|tabindex)/.test(name),
            ),
            addresses: attributes.filter(({ name }) => name === 'href').map(({ value }) => value),
            images: [...content.querySelectorAll('img')].map((image) => ({
              src: image.getAttribute('src')!,
              alt: image.alt,
            })),
            headings: plain(content, 'h2'),
            listings: plain(content, 'pre > code').length,
            formulas: content.querySelectorAll('math').length,
            paragraphs: plain(content, 'p'),
            cells: plain(content, 'td').length,
          };
        }),
      };
    },
    readFileSync(FEED, 'utf8'),
  );

test('the feed has every post with its full text, as well-formed XML, and nothing that runs', async ({ page }) => {
  const { fault, items } = await readFeed(page);
  expect(fault).toBeUndefined();
  expect(items.map(({ link }) => link).sort()).toEqual(POSTS.map((post) => `${SITE}/blog/${post}.html`).sort());
  for (const item of items) {
    const path = new URL(item.link).pathname;
    const { title, published } = frontMatter(POSTS.find((post) => path.includes(post))!);
    expect([item.guid, item.title, item.date]).toEqual([item.link, title, day(published)]);
    expect(item.forbidden, path).toEqual([]);
    expect(item.attributes, path).toEqual([]);
    expect(item.addresses.filter((address) => !address.startsWith('https://'))).toEqual([]);

    // The page as another parser reads it, without its figures and notes.
    const built = readPage(path);
    expect(item.headings).toEqual(selectAll('article h2', built).map((heading) => textOf(heading)));
    expect(item.listings).toBe(selectAll('article > figure.listing, article > .step-lines pre', built).length);
    const plain = selectAll('article > p', built).filter((paragraph) => !select('.katex, .note', paragraph));
    const sentences = plain.map((paragraph) => textOf(paragraph).replace(/\s+/g, ' ').trim());
    expect(sentences.length, path).toBeGreaterThan(15);
    expect(sentences.filter((text) => !item.paragraphs.includes(text))).toEqual([]);
    expect(item.cells, path).toBe(selectAll('article > .scrolls td, article > .result-chart td', built).length);
    const shown = selectAll('article > p .katex, article > .katex-display, article > .scrolls .katex', built).length;
    expect(item.formulas, path).toBeGreaterThanOrEqual(shown);

    // Every figure is there as a picture.
    const figures = selectAll('article figure[id]', built).map(({ properties }) => properties.id);
    expect(item.images.map(({ src }) => src)).toEqual(figures.map((id) => `${SITE}/images/figures/${id}.png`));
    for (const { src, alt } of item.images) {
      expect(existsSync(`dist${new URL(src).pathname}`), src).toBe(true);
      expect(alt.length, src).toBeGreaterThan(40);
    }
    for (const id of figures) expect(item.addresses, path).toContain(`${item.link}#${id}`);
  }
});

test('a post can be cited: its entry opens, and has its author, its day and its exact address', async ({ page }) => {
  await page.goto(WAVENET);
  const citation = page.locator('details.citation');
  const article = (await page.locator('article').boundingBox())!;
  const box = (await citation.boundingBox())!;
  expect([box.x, box.width], 'it stands in the column of the text, below it').toEqual([article.x, article.width]);
  expect(box.y).toBeGreaterThanOrEqual(article.y + article.height);
  await expect(citation.locator('pre')).toBeHidden();
  await citation.locator('summary').press('Enter');
  const entry = (await citation.locator('pre').textContent())!;
  expect(entry).toMatch(/^@misc\{agrawal2026wavenet,\n/);
  for (const part of ['{Agrawal, Om}', '{{WaveNet}}', '{2026}', `{${SITE}${WAVENET}}`]) expect(entry).toContain(part);
});

test('an address that does not exist says so, is not listed, and knows the one that was meant', async ({ page }) => {
  const lost = readPage('/404.html');
  expect(meta(lost, 'robots')).toBe('noindex');
  expect(selectAll('link[rel=canonical], meta[property^="og:"], script[type="application/ld+json"]', lost)).toEqual([]);

  const faults: string[] = [];
  page.on('console', (message) => {
    // The browser itself reports the 404 of the page.
    if (message.type() === 'error' && !message.text().includes('404')) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.addInitScript(() => {
    Object.assign(globalThis, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        (globalThis as unknown as { shift: number }).shift += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const shift = () => page.evaluate(() => (globalThis as unknown as { shift: number }).shift);

  for (const [width, mistyped] of [
    [1280, '/blog/wavenet.html'],
    [360, '/Blog/WAVENET'],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    const response = await page.goto(`${mistyped}?wavenet-training.seed=7#wavenet-training`);
    expect(response!.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page at this address');
    const meant = page.locator('#meant a');
    await expect(meant).toHaveText('/blog/WaveNet.html');
    await expect(meant).toHaveAttribute('href', '/blog/WaveNet.html?wavenet-training.seed=7#wavenet-training');
    expect(await shift()).toBe(0);
  }
  await page.goto('/nothing-of-this-name');
  await expect(page.locator('#meant a')).toHaveCount(0);
  await expect(page.locator('main a')).toHaveCount(POSTS.length);
  expect(faults).toEqual([]);
});

test('data blocks and the images break no rule of the content security policy', async ({ page }) => {
  const violations: string[] = [];
  await page.exposeFunction('reportViolation', (text: string) => violations.push(text));
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      (globalThis as unknown as { reportViolation(text: string): void }).reportViolation(
        `${violatedDirective}: ${blockedURI}`,
      ),
    ),
  );
  for (const path of ['/', '/blog.html', WAVENET, '/404.html']) {
    await page.goto(path);
    await expect(page.locator('meta[http-equiv="content-security-policy"]')).toHaveCount(1);
  }
  expect(violations).toEqual([]);
});
