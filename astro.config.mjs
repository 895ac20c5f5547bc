import { unified } from '@astrojs/markdown-remark';
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import { defineConfig } from 'astro/config';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import { feedOfPages } from './tools/feed/integration.ts';
import { finishSite } from './tools/finish-site.ts';
import { katexOptions, rehypeFormulaEnds, rehypeKatexErrors } from './tools/katex.mjs';
import { peggyGrammars } from './tools/peggy.mjs';
import { plainImports } from './tools/plain-imports.mjs';
import { workerEntries } from './tools/worker-entries.mjs';

export default defineConfig({
  site: 'https://omagrawal.tech',
  // The addresses that the site already has end in .html and keep their case.
  build: { format: 'file', inlineStylesheets: 'never' },
  trailingSlash: 'never',
  // What finishes the site looks at all that the others wrote.
  integrations: [mdx(), preact(), feedOfPages(), finishSite()],
  markdown: {
    processor: unified({
      remarkPlugins: [remarkMath],
      rehypePlugins: [[rehypeKatex, katexOptions], rehypeKatexErrors, rehypeFormulaEnds],
    }),
    shikiConfig: {
      themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
      defaultColor: false,
    },
  },
  security: {
    csp: {
      directives: [
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
      ],
      scriptDirective: { resources: ["'self'", "'wasm-unsafe-eval'"] },
      // KaTeX and Shiki place and color their glyphs by style attributes.
      styleDirective: { resources: ["'self'", { resource: "'unsafe-inline'", kind: 'attribute' }] },
    },
  },
  vite: {
    plugins: [peggyGrammars(), plainImports()],
    worker: { format: 'es', plugins: () => [peggyGrammars(), workerEntries()] },
    // An inlined font or image would be a data: address, which the content security policy forbids.
    build: { assetsInlineLimit: 0 },
    environments: {
      client: {
        build: {
          rolldownOptions: {
            // What figures share comes in few files: many small ones compress worse, and each is a request.
            output: {
              codeSplitting: {
                groups: [
                  { name: 'figures', tags: ['$initial'], minShareCount: 5 },
                  { name: 'expressions', tags: ['$initial'], test: /(components|src)\/autograd/, minShareCount: 2 },
                  { name: 'exercises', tags: ['$initial'], test: /components\/prose/, minShareCount: 2 },
                  {
                    name: 'language-models',
                    tags: ['$initial'],
                    // What is said aloud, other figures have too.
                    test: /components\/(training\/(?!Spoken)|charts)/,
                    minShareCount: 3,
                  },
                ],
              },
            },
          },
        },
      },
    },
    optimizeDeps: {
      // What only a worker or a press of a button asks for: found late, it would be bundled while the page waits.
      include: [
        '@dagrejs/dagre',
        '@tensorflow/tfjs-backend-cpu',
        '@tensorflow/tfjs-backend-wasm',
        '@tensorflow/tfjs-backend-webgl',
        '@tensorflow/tfjs-backend-webgpu',
        '@tensorflow/tfjs-core',
        'comlink',
        'd3-array',
        'd3-contour',
        'd3-shape',
        'idb-keyval',
      ],
    },
  },
});
