import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { brokenLinks } from './links.ts';

const ORIGIN = 'https://site.example';
const SOUND: Readonly<Record<string, string>> = {
  'index.html': `<link rel="stylesheet" href="/_astro/a.css"><script src="/a.js"></script>
    <meta property="og:image" content="${ORIGIN}/a.png">
    <a href="/blog/Post.html">post</a> <a href="#here">here</a> <p id="here"></p> <a href="https://other.example/none">elsewhere</a>`,
  'blog/Post.html': `<h2 id="part">Part</h2> <a href="../index.html#here">front</a> <a href="Post.html?seed=7#part">run</a> <img src="/a.png" alt="">
    <astro-island component-url="/a.js"></astro-island>`,
  '_astro/a.css': '@font-face { src: url(/_astro/a.woff2) }',
  '_astro/a.woff2': '',
  'a.js': '',
  'a.png': '',
  'offline/Post.json': '["/a.js"]',
  'sitemap.xml': `<urlset><url><loc>${ORIGIN}/</loc></url><url><loc>${ORIGIN}/blog/Post.html</loc></url></urlset>`,
  'rss.xml': `<rss><channel><link>${ORIGIN}/</link><item><link>${ORIGIN}/blog/Post.html</link>
    <content:encoded>&lt;a href="${ORIGIN}/blog/Post.html#part"&gt;part&lt;/a&gt;&lt;img src="${ORIGIN}/a.png"&gt;</content:encoded></item></channel></rss>`,
};

let dist: string;
beforeEach(async () => {
  dist = await mkdtemp(join(tmpdir(), 'links-'));
});
afterEach(() => rm(dist, { recursive: true }));

/** What is found broken on the sound site, with something changed in one of its files. */
async function brokenBy(file: string, before: string, after: string) {
  if (!SOUND[file]!.includes(before)) throw new Error(`${file} has no ${before}`);
  for (const [path, text] of Object.entries({ ...SOUND, [file]: SOUND[file]!.replace(before, after) })) {
    await mkdir(dirname(join(dist, path)), { recursive: true });
    await writeFile(join(dist, path), text);
  }
  const { broken } = await brokenLinks(dist, { origin: ORIGIN });
  return broken.map(({ link, from }) => `${link} in ${from}`);
}

test('a sound site has no broken link, and other hosts are not asked', async () => {
  expect(await brokenBy('index.html', 'elsewhere', 'elsewhere')).toEqual([]);
});

test.each([
  ['the case of an address', 'index.html', '/blog/Post.html', '/blog/post.html', '/blog/post.html in /index.html'],
  ['an address without .html', 'index.html', '/blog/Post.html', '/blog/Post', '/blog/Post in /index.html'],
  ['a fragment of the page', 'index.html', '#here', '#there', '/index.html#there in /index.html'],
  ['a fragment of another page', 'blog/Post.html', '#here', '#there', '/index.html#there in /blog/Post.html'],
  [
    'a fragment behind settings',
    'blog/Post.html',
    '#part',
    '#parts',
    '/blog/Post.html?seed=7#parts in /blog/Post.html',
  ],
  ['a picture', 'blog/Post.html', '/a.png', '/b.png', '/b.png in /blog/Post.html'],
  ['a script', 'index.html', '/a.js', '/b.js', '/b.js in /index.html'],
  ['a stylesheet', 'index.html', '/_astro/a.css', '/_astro/b.css', '/_astro/b.css in /index.html'],
  ['a font of a stylesheet', '_astro/a.css', 'a.woff2', 'b.woff2', '/_astro/b.woff2 in /_astro/a.css'],
  ['the code of a figure', 'blog/Post.html', '/a.js', '/b.js', '/b.js in /blog/Post.html'],
  ['the picture of a page', 'index.html', '/a.png', '/b.png', '/b.png in /index.html'],
  ['the sitemap', 'sitemap.xml', 'Post.html', 'post.html', '/blog/post.html in /sitemap.xml'],
  ['the feed', 'rss.xml', 'Post.html<', 'post.html<', '/blog/post.html in /rss.xml'],
  ['a fragment in a post of the feed', 'rss.xml', '#part', '#parts', '/blog/Post.html#parts in /rss.xml'],
  ['a list for reading offline', 'offline/Post.json', '/a.js', '/b.js', '/b.js in /offline/Post.json'],
])('%s', async (_, file, before, after, found) => {
  expect(await brokenBy(file, before, after)).toEqual([found]);
});
