/** The feed: every published post with its whole text, made from the pages as they were built. */
import rss from '@astrojs/rss';
import type { Root } from 'hast';
import { select } from 'hast-util-select';
import { toString as textOf } from 'hast-util-to-string';
import { type DrawnImages, images } from '../../src/sharing/images.ts';
import { FEED, site } from '../../src/site.ts';
import { postAddresses, readPage } from '../sharing/built-site.ts';
import { feedArticle } from './article.ts';

/** What a post says of itself to search engines, and needs to say in the feed. */
interface About {
  readonly headline: string;
  readonly description: string;
  readonly url: string;
  readonly datePublished?: string;
  readonly position: number;
}

const aboutOf = (page: Root): About => JSON.parse(textOf(select('script[type="application/ld+json"]', page)!));

/** @param base address of the site. */
export async function feed(base: URL, { figures }: DrawnImages = images, built?: string): Promise<string> {
  const posts = postAddresses(built)
    .map((address) => readPage(address, built))
    .map((page) => ({ page, about: aboutOf(page) }))
    .filter(({ about }) => about.datePublished)
    // The newest first; what came out on one day, in the order of the series, the last part first.
    .sort(
      (a, b) => b.about.datePublished!.localeCompare(a.about.datePublished!) || b.about.position - a.about.position,
    );
  const response = await rss({
    title: site.title,
    description: site.description,
    site: base,
    trailingSlash: false,
    xmlns: { atom: 'http://www.w3.org/2005/Atom', dc: 'http://purl.org/dc/elements/1.1/' },
    customData: `<language>en-us</language><atom:link href="${new URL(FEED, base)}" rel="self" type="application/rss+xml"/>`,
    items: posts.map(({ page, about }) => ({
      title: about.headline,
      description: about.description,
      link: about.url,
      pubDate: new Date(about.datePublished!),
      content: feedArticle(page, new URL(about.url), figures),
      customData: `<dc:creator>${site.author}</dc:creator>`,
    })),
  });
  return response.text();
}
