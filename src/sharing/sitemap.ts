import { isoDay } from './structured-data.ts';

interface Entry {
  readonly address: string;
  /** When the page last said something new. */
  readonly changed?: Date | undefined;
}

/** The sitemap of https://www.sitemaps.org/protocol.html, with every address as it is. */
export function sitemap(entries: readonly Entry[], base: URL): string {
  const urls = entries.map(({ address, changed }) => {
    // A URL's own spelling leaves one character that XML would read as its own.
    const location = new URL(address, base).href.replaceAll('&', '&amp;');
    return `<url><loc>${location}</loc>${changed ? `<lastmod>${isoDay(changed)}</lastmod>` : ''}</url>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join('\n')}
</urlset>
`;
}
