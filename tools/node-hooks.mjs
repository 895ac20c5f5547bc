/**
 * `node --import ./tools/node-hooks.mjs`: Node loads what otherwise only a bundler does. A grammar is compiled, and the files of
 * TensorFlow.js’s gradients, which leave out the ends of the names that they import, are found.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import peggy from 'peggy';

const ENDS = ['', '.js', '/index.js'];

registerHooks({
  resolve(specifier, context, next) {
    const isTheirs = specifier.startsWith('@tensorflow/') || context.parentURL?.includes('/@tensorflow/');
    if (!isTheirs) return next(specifier, context);
    for (const end of ENDS) {
      try {
        return next(specifier + end, context);
      } catch (error) {
        if (end === ENDS.at(-1)) throw error;
      }
    }
  },
  load(url, context, next) {
    if (!url.endsWith('.peggy')) return next(url, context);
    const source = peggy.generate(readFileSync(fileURLToPath(url), 'utf8'), { output: 'source', format: 'es' });
    return { format: 'module', source, shortCircuit: true };
  },
});
