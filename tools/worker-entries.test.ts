import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';
import { afterAll, expect, test } from 'vitest';
import { workerEntries } from './worker-entries.mjs';

const root = mkdtempSync(join(tmpdir(), 'worker-entries-'));
afterAll(() => rmSync(root, { recursive: true }));

const FILES = {
  'page.js': "new Worker(new URL('./counter.js', import.meta.url), { type: 'module' });",
  'counter.js': "import { count } from './count.js'; count(); onmessage = () => import('./later.js');",
  'later.js': "import { count } from './count.js'; postMessage(count());",
  'count.js': 'let n = 0; export const count = () => ++n;',
};

/** The scripts that import from the worker’s own, in a build with these plugins for workers. */
async function importersOfWorker(plugins: readonly Plugin[]): Promise<string[]> {
  for (const [name, code] of Object.entries(FILES)) writeFileSync(join(root, name), code);
  const { output } = (await build({
    configFile: false,
    logLevel: 'silent',
    root,
    build: { write: false, minify: false, rolldownOptions: { input: join(root, 'page.js') } },
    worker: { format: 'es', plugins: () => [...plugins] },
  })) as Rolldown.RolldownOutput;
  const codes = output.map((file) => [file.fileName, String('code' in file ? file.code : file.source)] as const);
  return codes.filter(([, code]) => /from ?"\.\/counter-/.test(code)).map(([name]) => name);
}

test('no chunk of a worker imports from its script, as it would without the plugin', async () => {
  expect(await importersOfWorker([])).toEqual([expect.stringContaining('later')]);
  expect(await importersOfWorker([workerEntries()])).toEqual([]);
});
