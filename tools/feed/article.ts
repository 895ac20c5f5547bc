/** A post as a feed can show it: the page's article without anything that runs, and without anything that the site's styles draw. */
import type { Element, ElementContent, Root } from 'hast';
import { sanitize } from 'hast-util-sanitize';
import { matches, select, selectAll } from 'hast-util-select';
import { toHtml } from 'hast-util-to-html';
import { toString as textOf } from 'hast-util-to-string';
import { type DrawnImage, stillAddress } from '../../src/sharing/images.ts';
import { ALLOWED } from './allowed.ts';

/** The stills that there are, by the name of their figure. */
type Stills = Readonly<Record<string, DrawnImage>>;

const element = (
  tagName: string,
  properties: Element['properties'],
  ...children: readonly (ElementContent | string)[]
): Element => ({
  type: 'element',
  tagName,
  properties,
  children: children.map((child) => (typeof child === 'string' ? { type: 'text', value: child } : child)),
});

/** What a reader of the feed cannot use, and what would be there twice. */
const LEFT_OUT = 'script, style, template, noscript, form, .needs-script, .visually-hidden, sup.mark';

class Translation {
  readonly #address: URL;
  readonly #stills: Stills;

  constructor(address: URL, stills: Stills) {
    this.#address = address;
    this.#stills = stills;
  }

  /** Children in the order of the page. */
  all(nodes: readonly ElementContent[]): ElementContent[] {
    return nodes.flatMap((node) => (node.type === 'element' ? this.one(node) : node.type === 'text' ? [node] : []));
  }

  one(node: Element): ElementContent[] {
    if (matches(LEFT_OUT, node)) return [];
    if (matches('.katex', node)) return [this.#formula(node)];
    if (matches('figure[id]', node)) return this.#figure(node);
    if (matches('section.exercise', node)) return this.#exercise(node);
    if (matches('p', node)) return this.#paragraph(node);
    // Shiki colors every token by a span of its own.
    if (matches('pre', node)) return [element('pre', {}, element('code', {}, textOf(node)))];
    if (matches('a[href]', node)) {
      return [element('a', { href: this.#absolute(String(node.properties.href)) }, ...this.all(node.children))];
    }
    return [{ ...node, children: this.all(node.children) }];
  }

  #absolute(href: string): string {
    return new URL(href, this.#address).href;
  }

  /** KaTeX writes a formula twice, and its source a third time; what needs no styles is the MathML. */
  #formula(node: Element): Element {
    const math = select('math', node)!;
    return { ...math, children: selectAll(':scope > semantics > :not(annotation)', math) };
  }

  /** Notes stand beside a paragraph in the page; here they follow it. */
  #paragraph(node: Element): ElementContent[] {
    const notes = selectAll(':scope > .note', node);
    const rest = node.children.filter((child) => !notes.includes(child as Element));
    const paragraph = (children: readonly ElementContent[]) => element('p', {}, ...this.all(children));
    return [
      paragraph(rest),
      ...notes.map(({ children }) =>
        paragraph([{ type: 'text', value: '(' }, ...children, { type: 'text', value: ')' }]),
      ),
    ];
  }

  /** A figure as its still, with its caption and the way to where it runs; tables that belong to it follow. */
  #figure(node: Element): ElementContent[] {
    const id = String(node.properties.id);
    const still = this.#stills[id];
    const title = select('.widget-title', node);
    const caption = select(':scope > figcaption', node);
    const link = element('a', { href: this.#absolute(`#${id}`) }, title ? 'Run it in the page' : 'See it in the page');
    const image =
      still &&
      element('img', {
        src: this.#absolute(stillAddress(id)),
        alt: still.alt,
        // It is drawn twice as fine as it is shown.
        width: still.width / 2,
        height: still.height / 2,
      });
    return [
      element(
        'figure',
        {},
        ...(image ? [image] : []),
        element(
          'figcaption',
          {},
          ...(title ? [element('strong', {}, textOf(title)), '. '] : []),
          ...(caption ? this.all(caption.children) : []),
          ' ',
          link,
        ),
      ),
      ...selectAll('.result-chart > .scrolls table', node).flatMap((table) => this.one(table)),
    ];
  }

  /** The question of an exercise, with its choices; whoever wants to answer it goes to the page. */
  #exercise(node: Element): ElementContent[] {
    const prompt = select('.exercise-prompt', node)!;
    const title = textOf(select('.exercise-title', node)!);
    const choices = selectAll('.exercise-options label', node).map((label) => element('li', {}, textOf(label).trim()));
    return [
      element('p', {}, element('strong', {}, title ? `Exercise: ${title}` : 'Exercise')),
      ...this.all(prompt.children),
      ...(choices.length > 0 ? [element('ul', {}, ...choices)] : []),
      element('p', {}, element('a', { href: this.#absolute(`#${prompt.properties.id}`) }, 'Answer it in the page')),
    ];
  }
}

/**
 * The article of a built post as HTML that any reader of feeds shows: every address absolute, formulas as MathML, listings
 * as text, figures as pictures.
 *
 * @param address of the post, absolute.
 * @throws Error if the page has no article.
 */
export function feedArticle(page: Root, address: URL, stills: Stills): string {
  const article = select('article', page);
  if (!article) throw new Error(`${address} has no article.`);
  const translated = new Translation(address, stills).all(article.children);
  return toHtml(sanitize({ type: 'root', children: translated }, ALLOWED));
}
