// By hand, because @astrojs/sitemap cuts .html off, and knows no front matter.
import type { APIRoute } from 'astro';
import { allPosts } from '../posts.ts';
import { sitemap } from '../sharing/sitemap.ts';
import { postAddress } from '../site.ts';

export const GET: APIRoute = async ({ site }) => {
  const posts = (await allPosts()).map(({ id, data: { published, updated } }) => ({
    address: postAddress(id),
    changed: updated ?? published,
  }));
  const last = posts.map(({ changed }) => changed).sort((a, b) => Number(b ?? 0) - Number(a ?? 0))[0];
  const lists = ['/', '/blog.html'].map((address) => ({ address, changed: last }));
  return new Response(sitemap([...lists, ...posts], site!), { headers: { 'content-type': 'application/xml' } });
};
