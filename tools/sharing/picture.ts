/** Which part of a figure is its picture, told alike to the browser that draws it and to the test that looks for changes. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Element, Root } from 'hast';
import { matches, selectAll } from 'hast-util-select';
import { toHtml } from 'hast-util-to-html';
import { toString as textOf } from 'hast-util-to-string';

/** Every figure with a name but listings, which have none: the widgets and the charts. */
export const FIGURES = 'article figure[id]';

/** What is no part of any picture: words that stand beside it, and whatever is there to be pressed. */
const BESIDE = [
  '.widget-title',
  'figcaption',
  'noscript',
  '.needs-script',
  '.run-controls',
  '.sampler-controls',
  '.numbers',
  '.scrolls',
];

/** What else a figure leaves out of its picture, because it is a second picture or a table to be pointed at. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  'tiny-network': ['.tiny-network-below'],
  'bigram-counts': ['.bigram-counts-side'],
  'bigram-sampler': ['.sampler-word'],
  'embedding-map': ['.samples', '.chart.fluid'],
  'batchnorm-training': ['.language-model', '.health-running'],
  'backprop-stepper': ['.tensor-graph-box'],
  'normalize-batch': ['.normalize-table'],
};

/** A selector of what is not in the picture of this figure. */
export const outside = (id: string): string => [...BESIDE, ...(LEFT_OUT[id] ?? [])].join(', ');

/** A copy of the figure with its picture alone. */
export function pictureOf(figure: Element): Element {
  const left = outside(String(figure.properties.id));
  const prune = (node: Element): Element => ({
    ...node,
    children: node.children
      .filter((child) => child.type !== 'element' || !matches(left, child))
      .map((child) => (child.type === 'element' ? prune(child) : child)),
  });
  return prune(figure);
}

/** Where these speak for a picture. A chart's title has only the names of its lines, which the chart tells, too. */
const SPEAKING =
  'svg[aria-label], p:not(.chart-title, .layer-head, .layer-note, .help), summary, .samples li, .sampler-words li';

/** What a program that reads pages aloud is patient with, and what networks take that show shared links. */
const LONGEST = 420;

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();
const sentence = (text: string): string => (/[.!?:]$/.test(text) ? text : `${text}.`);

/** A picture in words: the title of the figure, what its drawings say of themselves, and the sentences between them. */
export function alternativeText(figure: Element): string {
  const title = selectAll('.widget-title', figure).map(textOf);
  return inWords([...title, ...spokenIn([pictureOf(figure)])]);
}

/** A card in words: its own, then what the parts of the figure on it say. */
export const cardInWords = (words: readonly string[], figure: Element, parts: string): string =>
  inWords([...words, ...spokenIn(selectAll(parts, figure))]);

const spokenIn = (parts: readonly Element[]): string[] =>
  parts
    .flatMap((part) => selectAll(SPEAKING, { type: 'root', children: [part] }))
    .map((part) => (part.tagName === 'svg' ? String(part.properties.ariaLabel) : textOf(part)));

/** As many of the texts as a reader has patience for, each a sentence. */
function inWords(texts: readonly string[]): string {
  const sentences = [...new Set(texts.map(tidy))].filter(Boolean).map(sentence);
  let words = '';
  for (const next of sentences) {
    if (words.length + next.length >= LONGEST) break;
    words = words ? `${words} ${next}` : next;
  }
  return words;
}

/** Names that the build makes up, and that say nothing of how a thing looks. */
const isMadeUp = (property: string): boolean =>
  /^dataAstro|^(id|htmlFor|ariaLabelledBy|ariaDescribedBy|ariaControls|name|tabIndex)$/.test(property);

/** The colors of all pictures. */
const TOKENS = 'src/styles/tokens.css';

const sha256 = (...parts: readonly string[]): string => createHash('sha256').update(parts.join('\0')).digest('hex');

/** Changes whenever what a picture is drawn from does: its markup, its colors, the style that it is laid out by, and the words on it. */
export function fingerprint(figure: Element, style: string, ...words: readonly string[]): string {
  const plain = (node: Element): Element => ({
    ...node,
    properties: Object.fromEntries(Object.entries(node.properties).filter(([name]) => !isMadeUp(name))),
    children: node.children.map((child) => (child.type === 'element' ? plain(child) : child)),
  });
  const markup = toHtml(plain(pictureOf(figure)).children);
  return sha256(markup, readFileSync(TOKENS, 'utf8'), style, ...words);
}

export const figuresOf = (page: Root): Element[] => selectAll(FIGURES, page);
