import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { FEED } from '../../src/site.ts';
import { feed } from './feed.ts';

/** Writes the feed after the pages: a post takes seconds to render, and the feed needs nothing that its page does not have. */
export function feedOfPages(): AstroIntegration {
  let base: URL;
  return {
    name: 'feed-of-pages',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = new URL(config.site!);
      },
      'astro:build:done': async ({ dir, logger }) => {
        const text = await feed(base, undefined, fileURLToPath(dir));
        writeFileSync(new URL(`.${FEED}`, dir), text);
        logger.info(`${FEED}: ${Math.round(Buffer.byteLength(text) / 1000)} kB`);
      },
    },
  };
}
