import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { writeHeaders } from './site/headers.ts';
import { writeOfflineLists } from './site/offline-lists.ts';
import { precompress } from './site/precompress.ts';
import { buildServiceWorker } from './site/service-worker.ts';

/** What the built site needs beside its pages: the lists for reading offline, the service worker, headers for hosts, and compressed files. */
export function finishSite(): AstroIntegration {
  return {
    name: 'finish-site',
    hooks: {
      'astro:build:done': async ({ dir, pages, logger }) => {
        const dist = fileURLToPath(dir);
        await writeOfflineLists(dist);
        await buildServiceWorker(dist);
        await writeHeaders(dist, addressesOf(pages.map(({ pathname }) => pathname)));
        await precompress(dist);
        logger.info('lists for reading offline, service worker, headers, compressed files');
      },
    },
  };
}

/** Astro tells pages without their ending, the front page as ''. */
const addressesOf = (pathnames: readonly string[]): string[] =>
  pathnames.map((pathname) => (pathname === '' ? '/' : `/${pathname.replace(/\/$/, '')}.html`));
