/** What search engines are told of the site and of a post, in the terms of schema.org. */
import type { Blog, BlogPosting, Person, WebSite, WithContext } from 'schema-dts';
import { postAddress, site } from '../site.ts';

interface PostFacts {
  readonly id: string;
  readonly data: {
    readonly title: string;
    readonly description: string;
    readonly order: number;
    readonly published?: Date | undefined;
    readonly updated?: Date | undefined;
  };
}

/** A day as ISO 8601 has it, without an hour that nobody knows. */
export const isoDay = (date: Date): string => date.toISOString().slice(0, 10);

const absolute = (address: string, base: URL): string => new URL(address, base).href;

const author = (base: URL): Person => ({ '@type': 'Person', name: site.author, url: absolute('/', base) });

export const aboutSite = (base: URL): WithContext<WebSite> => ({
  '@context': 'https://schema.org',
  '@type': 'WebSite',
  name: site.title,
  url: absolute('/', base),
  description: site.description,
  inLanguage: 'en-US',
  author: author(base),
});

export const aboutBlog = (posts: readonly PostFacts[], base: URL): WithContext<Blog> => ({
  '@context': 'https://schema.org',
  '@type': 'Blog',
  name: site.title,
  url: absolute('/blog.html', base),
  inLanguage: 'en-US',
  author: author(base),
  blogPost: posts.map(({ id, data: { title } }) => ({
    '@type': 'BlogPosting',
    headline: title,
    url: absolute(postAddress(id), base),
  })),
});

/** `image` is the address of the picture that stands for the post. */
export function aboutPost({ id, data }: PostFacts, image: string | undefined, base: URL): WithContext<BlogPosting> {
  const { title, description, order, published, updated } = data;
  const url = absolute(postAddress(id), base);
  return {
    '@context': 'https://schema.org',
    '@type': 'BlogPosting',
    headline: title,
    description,
    url,
    mainEntityOfPage: { '@type': 'WebPage', '@id': url },
    ...(published && { datePublished: isoDay(published), dateModified: isoDay(updated ?? published) }),
    ...(image && { image: [absolute(image, base)] }),
    inLanguage: 'en-US',
    author: author(base),
    publisher: author(base),
    isPartOf: { '@type': 'CreativeWorkSeries', name: site.title, url: absolute('/blog.html', base) },
    position: order,
  };
}
