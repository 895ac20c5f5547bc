import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { MAKEMORE } from '../src/training/corpus.ts';
import { writeHeaders } from './site/headers.ts';
import { type MakemoreOfBuild, makemoreOfBuild } from './site/makemore.ts';
import { writeOfflineLists } from './site/offline-lists.ts';
import { precompress } from './site/precompress.ts';
import { buildServiceWorker } from './site/service-worker.ts';

/** What the built site needs beside its pages: the makemore list where it is asked for, the lists for reading offline, the service worker, headers for hosts, and compressed files. */
export function finishSite(): AstroIntegration {
  let makemore: MakemoreOfBuild | undefined;
  return {
    name: 'finish-site',
    hooks: {
      'astro:config:setup': async ({ command, updateConfig, logger }) => {
        if (command !== 'build') return;
        makemore = await makemoreOfBuild(process.env);
        if (!makemore) return;
        updateConfig({ vite: { define: { MAKEMORE_LIST: JSON.stringify(makemore.address) } } });
        logger.info(`the makemore list comes with the site, at ${makemore.address}`);
      },
      'astro:build:done': async ({ dir, pages, logger }) => {
        const dist = fileURLToPath(dir);
        if (makemore) await writeFile(join(dist, makemore.address), makemore.bytes);
        await writeOfflineLists(dist);
        await buildServiceWorker(dist);
        const addresses = addressesOf(pages.map(({ pathname }) => pathname));
        await writeHeaders(dist, addresses, makemore ? [] : [MAKEMORE.url]);
        await precompress(dist);
        logger.info('lists for reading offline, service worker, headers, compressed files');
      },
    },
  };
}

/** Astro tells pages without their ending, the front page as ''. */
const addressesOf = (pathnames: readonly string[]): string[] =>
  pathnames.map((pathname) => (pathname === '' ? '/' : `/${pathname.replace(/\/$/, '')}.html`));
