/**
 * `npm run images`: builds the site, draws from it a still of every figure, for the feed, and a picture for every page that is
 * shared, and writes content/images.json, which says from what. What has not changed is left as it is; `-- --all` draws it, too.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import {
  images as before,
  type DrawnImage,
  type DrawnImages,
  shareAddress,
  stillAddress,
} from '../src/sharing/images.ts';
import { findChromium } from './chromium.ts';
import { fileOf } from './sharing/built-site.ts';
import { CARD_STYLE, type ShareImage, STILL_STYLE, type Still, shareImages, stills } from './sharing/drawable.ts';
import { outside } from './sharing/picture.ts';

const ORIGIN = 'https://built.site';
const COLORS = 96;

/** Serves the build to a browser from its files. Without scripts, the figures stay as they were recorded. */
async function openBuild(browser: Browser, options: Parameters<Browser['newContext']>[0]): Promise<BrowserContext> {
  const context = await browser.newContext({ colorScheme: 'light', bypassCSP: true, ...options });
  await context.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    const path = fileOf(decodeURIComponent(pathname));
    if (!path || route.request().resourceType() === 'script') return route.abort();
    // The site would rather show another font than wait; a picture can wait.
    if (path.endsWith('.css'))
      return route.fulfill({
        contentType: 'text/css',
        body: readFileSync(path, 'utf8').replaceAll(/font-display:\s*optional/g, 'font-display:block'),
      });
    return route.fulfill({ path });
  });
  return context;
}

async function openPage(context: BrowserContext, address: string, style: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(ORIGIN + address);
  await page.addStyleTag({ content: style });
  return page;
}

const fontsLoaded = (page: Page): Promise<unknown> => page.evaluate(() => document.fonts.ready.then(() => undefined));

async function drawStill(page: Page, { id }: Still): Promise<Buffer> {
  const figure = page.locator(`[id="${id}"]`);
  await figure.evaluate((element, selector) => {
    for (const part of element.querySelectorAll(selector)) part.remove();
    element.classList.add('picture');
    // On a page of its own nothing is beside it, and it begins at a whole pixel.
    const article = document.createElement('article');
    article.append(element);
    document.body.replaceChildren(article);
  }, outside(id));
  await fontsLoaded(page);
  return figure.screenshot();
}

async function drawShareImage(page: Page, { eyebrow, title, blog, card }: ShareImage): Promise<Buffer> {
  await page.evaluate(
    ({ id, parts, words }) => {
      const figure = document.getElementById(id)!;
      const kept = [...figure.querySelectorAll(parts)];
      for (const element of figure.querySelectorAll('*')) {
        if (!kept.some((part) => part.contains(element) || element.contains(part))) element.remove();
      }
      const text = document.createElement('div');
      text.className = 'card-text';
      for (const [name, content] of words) {
        const line = document.createElement('p');
        line.className = `card-${name}`;
        line.textContent = content;
        text.append(line);
      }
      const card = document.createElement('div');
      card.className = 'card';
      figure.className += ' card-figure';
      card.append(text, figure);
      document.body.replaceChildren(card);
    },
    { id: card.figure, parts: card.parts, words: Object.entries({ blog, title, eyebrow }) },
  );
  await fontsLoaded(page);
  return page.screenshot();
}

/** Draws what has changed, and gives the entries of all. */
async function draw<Picture extends { name: string; page: string; drawnFrom: string; alt: string }>(
  context: BrowserContext,
  pictures: readonly Picture[],
  known: Readonly<Record<string, DrawnImage>>,
  addressOf: (name: string) => string,
  style: string,
  drawOne: (page: Page, picture: Picture) => Promise<Buffer>,
): Promise<Record<string, DrawnImage>> {
  const entries: Record<string, DrawnImage> = {};
  for (const picture of pictures) {
    const { name, drawnFrom, alt } = picture;
    const path = join('public', addressOf(name));
    const old = known[name];
    if (old?.drawnFrom === drawnFrom && existsSync(path) && !process.argv.includes('--all')) {
      entries[name] = { ...old, alt };
      continue;
    }
    const page = await openPage(context, picture.page, style);
    const drawn = await drawOne(page, picture);
    await page.close();
    mkdirSync(dirname(path), { recursive: true });
    const { width, height, size } = await sharp(drawn)
      .png({ palette: true, colours: COLORS, effort: 10, dither: 0.4 })
      .toFile(path);
    entries[name] = { drawnFrom, alt, width, height };
    console.log(`${path}: ${width} by ${height}, ${(size / 1000).toFixed(1)} kB`);
  }
  const folder = join('public', dirname(addressOf('any')));
  for (const file of readdirSync(folder)) if (!entries[file.replace(/\.png$/, '')]) rmSync(join(folder, file));
  return entries;
}

const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
try {
  const narrow = await openBuild(browser, { viewport: { width: 544, height: 1200 }, deviceScaleFactor: 2 });
  const figures = await draw(narrow, stills(), before.figures, stillAddress, STILL_STYLE, drawStill);
  const wide = await openBuild(browser, { viewport: { width: 1200, height: 630 } });
  const share = await draw(wide, shareImages(), before.share, shareAddress, CARD_STYLE, drawShareImage);
  const manifest: DrawnImages = { share, figures };
  writeFileSync('content/images.json', `${JSON.stringify(manifest, null, 2)}\n`);
} finally {
  await browser.close();
}
