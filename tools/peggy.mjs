import peggy from 'peggy';

/**
 * Vite plugin: `import { parse } from './grammar.peggy'` compiles the grammar while the site is built,
 * so that the parser generator itself never reaches the reader.
 * @returns {import('vite').Plugin}
 */
export function peggyGrammars() {
  return {
    name: 'peggy-grammars',
    transform(source, id) {
      if (!id.endsWith('.peggy')) return null;
      return { code: peggy.generate(source, { output: 'source', format: 'es', grammarSource: id }), map: null };
    },
  };
}
