import { defaultSchema, type Schema } from 'hast-util-sanitize';

/**
 * The elements of MathML that KaTeX writes, and their attributes. Without `accent`: with it, Chromium draws the bar of a gradient
 * through the letter below, in fonts that are not KaTeX's.
 */
const MATHML = [
  ...['math', 'mrow', 'mi', 'mn', 'mo', 'mtext', 'mspace', 'mstyle', 'mfrac', 'msqrt', 'mroot', 'mpadded', 'mphantom'],
  ...['msub', 'msup', 'msubsup', 'mover', 'munder', 'munderover', 'menclose', 'mtable', 'mtr', 'mtd'],
];
const MATHML_ATTRIBUTES = [
  ...['xmlns', 'display', 'mathvariant', 'stretchy', 'lspace', 'rspace', 'fence', 'separator', 'minsize'],
  ...['maxsize', 'width', 'height', 'voffset', 'rowspacing', 'columnalign', 'columnspacing'],
  ...['scriptlevel', 'displaystyle', 'linethickness', 'movablelimits', 'notation'],
];

/** What a feed may hold. All else goes, and what is in it stays: no style, no class, no name for an anchor. */
export const ALLOWED: Schema = {
  tagNames: [
    ...['h2', 'h3', 'h4', 'p', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'figure', 'figcaption', 'img', 'pre'],
    ...['table', 'caption', 'thead', 'tbody', 'tr', 'th', 'td'],
    ...['a', 'b', 'strong', 'em', 'i', 'code', 'sub', 'sup', 'br', 'hr'],
    ...MATHML,
  ],
  attributes: {
    a: ['href'],
    img: ['src', 'alt', 'width', 'height'],
    th: ['colSpan', 'rowSpan', 'scope'],
    td: ['colSpan', 'rowSpan'],
    ...Object.fromEntries(MATHML.map((name) => [name, MATHML_ATTRIBUTES])),
  },
  protocols: { ...defaultSchema.protocols, href: ['http', 'https', 'mailto'], src: ['https'] },
  strip: ['script', 'style'],
};
