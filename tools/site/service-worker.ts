import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

/** What the page for addresses that were never read is made of. */
const ALWAYS = ['/not-kept.html', '/theme.js', '/icon.svg'];

/** Bundles src/offline/service-worker.ts into /service-worker.js, a file of its own at the root of the site. */
export async function buildServiceWorker(dist: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { PRECACHE: JSON.stringify(await precacheList(dist)), 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: dist,
      emptyOutDir: false,
      lib: { entry: 'src/offline/service-worker.ts', formats: ['es'], fileName: () => 'service-worker.js' },
    },
  });
}

/** The revision is that of the whole site: any change makes another worker, which is how a reader hears of it. */
async function precacheList(dist: string): Promise<{ url: string; revision: string | null }[]> {
  const html = await readFile(join(dist, 'not-kept.html'), 'utf8');
  const parts = Array.from(html.matchAll(/(?:href|src)="(\/_astro\/[^"]+\.(?:css|js))"/g), ([, url]) => ({
    url: url!,
    revision: null,
  }));
  const revision = await digestOfSite(dist);
  return [...ALWAYS.map((url) => ({ url, revision })), ...parts];
}

async function digestOfSite(dist: string): Promise<string> {
  const files = (await readdir(dist, { recursive: true, withFileTypes: true }))
    .filter(
      (entry) =>
        entry.isFile() && /\.(?:html|js|css|json|svg|txt)$/.test(entry.name) && entry.name !== 'service-worker.js',
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const all = createHash('sha256');
  for (const file of files) all.update(await readFile(file));
  return all.digest('hex').slice(0, 16);
}
