/**
 * `npm run check-links`: follows every link of the built site, with its case and its fragment: of pages, stylesheets, the feed,
 * the sitemap and the lists for reading offline. `-- --outside` asks other hosts, too, which takes minutes and a connection.
 */
import { parseArgs } from 'node:util';
import { type BrokenLink, brokenLinks } from './site/links.ts';

const { values } = parseArgs({
  options: { dir: { type: 'string', default: 'dist' }, outside: { type: 'boolean', default: false } },
});
const { broken, followed } = await brokenLinks(values.dir, { outside: values.outside });

const inWords = ({ link, why, from }: BrokenLink): string => `${link}\n  ${why}; linked from ${from}`;

if (broken.length > 0) {
  console.error(`${broken.map(inWords).join('\n')}\n`);
  console.error(`${broken.length} of ${followed} links lead nowhere.`);
  process.exitCode = 1;
} else {
  console.log(`All ${followed} links${values.outside ? '' : ' within the site'} lead somewhere.`);
}
