import { expect, test } from 'vitest';
import { sitemap } from './sitemap.ts';

const BASE = new URL('https://omagrawal.tech');

test('an address keeps its case and its ending, and a day is the day of the front matter', () => {
  const text = sitemap([{ address: '/blog/WaveNet.html', changed: new Date('2026-11-23') }], BASE);
  expect(text).toContain('<url><loc>https://omagrawal.tech/blog/WaveNet.html</loc><lastmod>2026-11-23</lastmod></url>');
});

test('a page without a day has none, and an ampersand does not break the file', () => {
  const text = sitemap([{ address: '/a&b.html' }], BASE);
  expect(text).toContain('<url><loc>https://omagrawal.tech/a&amp;b.html</loc></url>');
});
