/**
 * Makes the fonts of the site (`npm run fonts`): of each, the characters that its posts are made of are a small file of
 * their own; the whole font is fetched only by a page that needs another one. Written to src/styles/fonts/.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import subsetFont from 'subset-font';

const OUT = resolve('src/styles/fonts');

const between = (first: string, last: string): string =>
  Array.from({ length: last.codePointAt(0)! - first.codePointAt(0)! + 1 }, (_, i) =>
    String.fromCodePoint(first.codePointAt(0)! + i),
  ).join('');
const ASCII = between(' ', '~');
/** Spaces of several widths, and what formulas have between their parts. */
const INVISIBLE = '\u2005\u2009\u200a\u200b\u2061';
const TEXT = `${ASCII}\u00a0“”‘’–—…−×·±¹²³′‴‾äéüı${INVISIBLE}`;
const FORMULAS = `${ASCII}\u00a0−⋅×±→←∑′…≈≤≥∞∂∇∣⊤ℓ⟶ˉ±⋯\ue020${INVISIBLE}`;
const LETTERS = `${between('a', 'z')}${between('A', 'Z')}${between('α', 'ω')}ϵ${INVISIBLE}`;

interface Face {
  readonly file: string;
  readonly family: string;
  /** What else a reader may write in it; without it, whatever the file has. */
  readonly range?: string;
  readonly style?: 'italic';
  readonly weight?: string;
  readonly display: 'optional' | 'block';
  /** The characters of the small file. */
  readonly often: string;
  /** Its name, by which layouts preload it. */
  readonly name: string;
  /** The weights that a variable font is limited to. */
  readonly weights?: { readonly min: number; readonly max: number };
}

/** The Latin letters of Western Europe, and signs that stand among them. */
const LATIN = 'U+A1-FF, U+152-153, U+2020-2044, U+20AC, U+2122';
const locate = createRequire(import.meta.url).resolve;

const SERIF = {
  family: 'Source Serif 4',
  range: LATIN,
  // A font that has not come in time is left for the next page: text never moves under a reader’s eyes.
  display: 'optional',
  often: TEXT,
} as const;

const FACES: readonly Face[] = [
  { ...SERIF, file: '@fontsource/source-serif-4/files/source-serif-4-latin-400-normal.woff2', name: 'serif' },
  {
    ...SERIF,
    file: '@fontsource/source-serif-4/files/source-serif-4-latin-400-italic.woff2',
    name: 'serif-italic',
    style: 'italic',
  },
  {
    ...SERIF,
    file: '@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2',
    name: 'serif-bold',
    weight: '600',
  },
  {
    family: 'Figtree',
    file: '@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2',
    range: LATIN,
    name: 'figtree',
    weight: '300 700',
    weights: { min: 300, max: 700 },
    display: 'optional',
    often: TEXT,
  },
  {
    family: 'IBM Plex Mono',
    file: '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2',
    range: LATIN,
    name: 'mono',
    display: 'optional',
    often: TEXT,
  },
  {
    family: 'KaTeX_Main',
    file: 'katex/dist/fonts/KaTeX_Main-Regular.woff2',
    name: 'math-roman',
    display: 'block',
    often: FORMULAS,
  },
  {
    family: 'KaTeX_Math',
    file: 'katex/dist/fonts/KaTeX_Math-Italic.woff2',
    name: 'math-italic',
    style: 'italic',
    display: 'block',
    often: LETTERS,
  },
];

mkdirSync(OUT, { recursive: true });
const fromOut = (file: string): string => relative(OUT, file);

const rules: string[] = [];
for (const face of FACES) {
  const whole = locate(face.file);
  const small = await subsetFont(readFileSync(whole), face.often, {
    targetFormat: 'woff2',
    noHinting: true,
    keepFeatures: ['kern'],
    ...(face.weights && { variationAxes: { wght: face.weights } }),
  });
  writeFileSync(resolve(OUT, `${face.name}.woff2`), small);
  const rule = (file: string, range: string | undefined) => `@font-face {
  font-family: "${face.family}";
  src: url("${file}") format("woff2");
  font-style: ${face.style ?? 'normal'};
  font-weight: ${face.weight ?? '400'};
  font-display: ${face.display};${range ? `\n  unicode-range: ${range};` : ''}
}`;
  // Of two faces that have a character, a browser takes the later one.
  rules.push(rule(fromOut(whole), face.range), rule(`./${face.name}.woff2`, rangeOf(face.often)));
}

// KaTeX’s own rules for its fonts also name formats that no browser needs any more, which would be built with the rest.
const katex = locate('katex/dist/katex.min.css');
const ours = FACES.map(({ file }) => file.split('/').at(-1)!);
const katexRules = readFileSync(katex, 'utf8').replaceAll(/@font-face\{[^}]*\}/g, (rule) => {
  const [, file] = /url\((fonts\/[^)]*\.woff2)\)/.exec(rule)!;
  if (ours.some((name) => file!.endsWith(name))) return '';
  return rule.replace(/src:[^;}]*/, `src:url("${fromOut(resolve(dirname(katex), file!))}") format("woff2")`);
});

writeFileSync(resolve(OUT, 'faces.css'), `${rules.join('\n')}\n`);
writeFileSync(resolve(OUT, 'katex.css'), katexRules);

function rangeOf(characters: string): string {
  const codes = [...new Set(characters)].map((character) => character.codePointAt(0)!).sort((a, b) => a - b);
  const hex = (code: number) => code.toString(16).toUpperCase();
  const starts = codes.filter((code) => !codes.includes(code - 1));
  const ends = codes.filter((code) => !codes.includes(code + 1));
  return starts.map((start, i) => `U+${hex(start)}${ends[i] === start ? '' : `-${hex(ends[i]!)}`}`).join(', ');
}
