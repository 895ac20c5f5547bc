/**
 * Vite plugin: a built `import()` is the browser's own. Vite would wrap it into a helper of almost a kilobyte on every page,
 * which fetches the stylesheets of what is imported, and its modules ahead of time. Here every stylesheet comes with its
 * page, and what is fetched late is one or two small files. (Astro sets `modulePreload` for the client's build, so it cannot
 * be switched off in the configuration.)
 * @returns {import('vite').Plugin}
 */
export function plainImports() {
  return {
    name: 'plain-imports',
    apply: 'build',
    enforce: 'pre',
    configResolved({ environments }) {
      if (environments.client) environments.client.build.modulePreload = false;
    },
    load: {
      filter: { id: /^\0vite\/preload-helper\.js$/ },
      handler: () => 'export const __vitePreload = (load) => load();',
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'chunk') continue;
          if (file.code.includes('__vite__mapDeps'))
            throw new Error(`${file.fileName} fetches a module late that has a stylesheet: import that with the page.`);
          if (file.code.includes('vite:preloadError'))
            throw new Error(`${file.fileName} has Vite’s helper for import(): its module has another name than here.`);
        }
      },
    },
  };
}
