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
const CAPITALS = between('A', 'Z');
const SMALL = between('a', 'z');
const DIGITS = between('0', '9');
/** What code is typed with. */
const KEYBOARD = between(' ', '~');

/** What stands between words, in every face; headings and stressed words have little else. */
const PUNCTUATION = '\u00a0 !&()+,-./:;?–—“”‘’×';
const WORDS = `${CAPITALS}${SMALL}${DIGITS}${PUNCTUATION}`;
/** Text with numbers and units in it, and the letters of names. For a list, a browser asks for the bullet. */
const TEXT = `${WORDS}%'*<=>_|…•·−±¹²³äéüı`;

/** Spaces of several widths, and what formulas have between their parts. */
const INVISIBLE = '\u2005\u2009\u200a\u200b\u2061';
/** Upright in a formula: names of functions, numbers and signs. A variable is italic. */
const FORMULAS = `${SMALL}${DIGITS}\u00a0()[]+,./:<=>^_−⋅×±→←′…≈≤≥∞∂∇∣⊤ℓ⟶ˉ⋯\ue020${INVISIBLE}`;
/** Of the capitals, those that name a loss, a weight, an input, a size or a matrix. */
const VARIABLES = `${SMALL}ABCDEHKLNPQSTVWXZαβγδεηθκλμξπστϵ${INVISIBLE}`;
/** What grows with what it encloses. */
const BRACKETS = '()[]';

interface Face {
  readonly file: string;
  readonly family: string;
  /** What else a page may have in it, for which the whole font is fetched. */
  readonly seldom: string;
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

/**
 * The letters of Western Europe, and signs that stand among them. Only what the fonts have: for a character that
 * they lack, such as a prime, a browser would fetch the whole font in vain.
 */
const LATIN = `${KEYBOARD}${between('\u00a1', '\u00ff')}Œœ†‡•…‰‹›⁄€™`;
/** A font of mathematics is used for what it has, which is all over the place. */
const ANYTHING = `${between('\u0020', '\ud7ff')}${between('\ue000', '\uffff')}`;
const locate = createRequire(import.meta.url).resolve;

const SERIF = {
  family: 'Source Serif 4',
  seldom: LATIN,
  // A font that has not come in time is left for the next page: text never moves under a reader’s eyes.
  display: 'optional',
} as const;

const FACES: readonly Face[] = [
  {
    ...SERIF,
    file: '@fontsource/source-serif-4/files/source-serif-4-latin-400-normal.woff2',
    name: 'serif',
    often: `${TEXT}′`,
  },
  {
    ...SERIF,
    file: '@fontsource/source-serif-4/files/source-serif-4-latin-400-italic.woff2',
    name: 'serif-italic',
    style: 'italic',
    // A word or two at a time.
    often: `${CAPITALS}${SMALL} ,.-’`,
  },
  {
    ...SERIF,
    file: '@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2',
    name: 'serif-bold',
    weight: '600',
    often: WORDS,
  },
  {
    family: 'Figtree',
    file: '@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2',
    seldom: LATIN,
    name: 'figtree',
    weight: '400 700',
    weights: { min: 400, max: 700 },
    display: 'optional',
    // Of code, what rules of matrices and names of cells are written with.
    often: `${TEXT}"#@[]`,
  },
  {
    family: 'IBM Plex Mono',
    file: '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2',
    seldom: LATIN,
    name: 'mono',
    display: 'optional',
    often: `${KEYBOARD}${TEXT}`,
  },
  {
    family: 'KaTeX_Main',
    file: 'katex/dist/fonts/KaTeX_Main-Regular.woff2',
    name: 'math-roman',
    seldom: ANYTHING,
    display: 'block',
    often: FORMULAS,
  },
  {
    family: 'KaTeX_Math',
    file: 'katex/dist/fonts/KaTeX_Math-Italic.woff2',
    name: 'math-italic',
    style: 'italic',
    seldom: ANYTHING,
    display: 'block',
    often: VARIABLES,
  },
  ...[1, 2, 3, 4].map(
    (size): Face => ({
      family: `KaTeX_Size${size}`,
      file: `katex/dist/fonts/KaTeX_Size${size}-Regular.woff2`,
      name: `math-size-${size}`,
      seldom: ANYTHING,
      display: 'block',
      // The two sums: within a line, and on a line of their own.
      often: size <= 2 ? `${BRACKETS}/∑` : BRACKETS,
    }),
  ),
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
  const rule = (file: string, characters: Set<string>) => `@font-face {
  font-family: "${face.family}";
  src: url("${file}") format("woff2");
  font-style: ${face.style ?? 'normal'};
  font-weight: ${face.weight ?? '400'};
  font-display: ${face.display};
  unicode-range: ${rangeOf(characters)};
}`;
  const often = new Set(face.often);
  // No character is in both: while the one file is on its way, a browser would fetch the other.
  const seldom = new Set([...face.seldom].filter((character) => !often.has(character)));
  rules.push(rule(`./${face.name}.woff2`, often), rule(fromOut(whole), seldom));
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

function rangeOf(characters: ReadonlySet<string>): string {
  const codes = new Set([...characters].map((character) => character.codePointAt(0)!));
  const sorted = [...codes].sort((a, b) => a - b);
  const hex = (code: number) => code.toString(16).toUpperCase();
  const starts = sorted.filter((code) => !codes.has(code - 1));
  const ends = sorted.filter((code) => !codes.has(code + 1));
  return starts.map((start, i) => `U+${hex(start)}${ends[i] === start ? '' : `-${hex(ends[i]!)}`}`).join(', ');
}
