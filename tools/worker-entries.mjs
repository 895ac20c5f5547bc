/**
 * Lets no chunk of a worker import from the worker's own script. WebKit (2.50) runs that script a second time when a chunk
 * that was loaded by `import()` does so, and two of everything then answer each message of the page.
 *
 * With entry signatures kept, a script that exports nothing stays one: what it shares with its chunks moves to a chunk of
 * its own. Vite sets the option to `false` for workers and lets no configuration change that, but a plugin may.
 * @returns {import('vite').Plugin}
 */
export function workerEntries() {
  return {
    name: 'worker-entries',
    options: (options) => ({ ...options, preserveEntrySignatures: 'strict' }),
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      for (const { fileName, imports } of chunks)
        for (const entry of chunks.filter((chunk) => chunk.isEntry))
          if (imports.includes(entry.fileName))
            this.error(
              `${fileName} imports from ${entry.fileName}, the script of a worker, which WebKit runs twice then.`,
            );
    },
  };
}
