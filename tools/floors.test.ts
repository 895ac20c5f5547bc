import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

/** Folder, import, and whether the house allows it. */
const IMPORTS = [
  ['src/autograd', '../random/python-random.ts', false],
  ['src/autograd/expression', '../../training/run.ts', false],
  ['src/random', 'preact', false],
  ['src/text', '../autograd/value.ts', false],
  ['src/networks', '../text/vocabulary.ts', false],
  ['src/engines', '../training/run.ts', false],
  ['src/training', '../../components/training/Widget.tsx', false],
  ['src/training', 'd3-shape', false],
  ['components/charts', '../training/Widget.tsx', false],
  ['components/charts', '../../src/training/run.ts', false],
  ['components/mlp', '../../content/posts/MLPLanguageModel.mdx', false],
  ['components/prose', '../../src/sharing/bibtex.ts', false],
  ['src/training', '../sharing/images.ts', false],
  ['src/autograd/expression', '../value.ts', true],
  ['src/text', '../random/python-random.ts', true],
  ['src/engines', '../networks/mlp.ts', true],
  ['src/training', '../random/python-random.ts', true],
  ['components/mlp', '../../src/training/run.ts', true],
  ['components/charts', 'd3-shape', true],
  ['content/figures', '../../src/networks/mlp.ts', true],
] as const;

/** Names of the page, which nothing below components may use. */
const PAGE = ['document', 'window', 'localStorage'];

const house = mkdtempSync(join(tmpdir(), 'floors-'));
afterAll(() => rmSync(house, { recursive: true }));

copyFileSync('biome.json', join(house, 'biome.json'));
IMPORTS.forEach(([folder, specifier], i) => {
  const file = join(house, folder, `import-${i}.ts`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `import '${specifier}';\n`);
});
PAGE.forEach((name) => {
  writeFileSync(join(house, 'src/training', `global-${name}.ts`), `console.log(${name});\n`);
});
const biome = join(process.cwd(), 'node_modules/.bin/biome');
const { stdout } = spawnSync(biome, ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=100'], {
  cwd: house,
  encoding: 'utf8',
});

test.for(IMPORTS.map(([folder, specifier, allowed], i) => [folder, specifier, allowed, i] as const))(
  '%s imports %s: allowed is %s',
  ([folder, , allowed, i]) => {
    const complaint = stdout.split('\n').find((line) => line.includes(`${folder}/import-${i}.ts`));
    if (allowed) expect(complaint).toBeUndefined();
    else expect(complaint).toContain('noRestrictedImports');
  },
);

test.for(PAGE)('src/training may not touch %s', (name) => {
  const complaint = stdout.split('\n').find((line) => line.includes(`global-${name}.ts`));
  expect(complaint).toContain('noRestrictedGlobals');
});
