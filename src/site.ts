/** What every page says of the site as a whole. */
export const site = {
  title: 'Om’s Blog',
  author: 'Om Agrawal',
  description: 'Six posts that build neural networks from nothing, each with the model itself running in the page.',
} as const;

/** The address of a post, with the case and the ending that it has had from the beginning. */
export const postAddress = (id: string): string => `/blog/${id}.html`;

export const FEED = '/rss.xml';
