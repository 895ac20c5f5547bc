import { defineConfig } from 'vitest/config';
import { peggyGrammars } from './tools/peggy.mjs';

export default defineConfig({
  plugins: [peggyGrammars()],
  test: { include: ['{src,components,content,tools}/**/*.test.{ts,tsx}'] },
});
