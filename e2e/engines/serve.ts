import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Page, test } from '@playwright/test';
import { build, type PreviewServer, preview } from 'vite';
import { peggyGrammars } from '../../tools/peggy.mjs';

/** A page of its own that holds the engines, bundled as the site bundles them and served while the tests of a file run. */
export function serveHarness(): { open(page: Page): Promise<void> } {
  const root = fileURLToPath(new URL('.', import.meta.url));
  let outDir: string;
  let server: PreviewServer;

  test.beforeAll(async () => {
    outDir = mkdtempSync(join(tmpdir(), 'engines-'));
    const plugins = [peggyGrammars()];
    const shared = { configFile: false, logLevel: 'error', root, plugins } as const;
    await build({
      ...shared,
      build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, rolldownOptions: { input: `${root}/harness.html` } },
      worker: { format: 'es', plugins: () => plugins },
    });
    server = await preview({ ...shared, build: { outDir }, preview: { port: 0 } });
  });

  test.afterAll(async () => {
    await server?.close();
    rmSync(outDir, { recursive: true, force: true });
  });

  return {
    async open(page) {
      await page.goto(`${server.resolvedUrls!.local[0]}harness.html`);
      await page.waitForFunction(() => 'harness' in globalThis);
    },
  };
}
