import type { Element, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { select, selectAll } from 'hast-util-select';
import { toString as textOf } from 'hast-util-to-string';
import { renderToString } from 'katex';
import { describe, expect, test } from 'vitest';
import { feedArticle } from './article.ts';

const STILL = { drawnFrom: '', alt: 'Loss falls.', width: 960, height: 500 };

/** What the feed makes of an article. */
function feed(html: string): Root {
  const page = fromHtml(`<main><article>${html}</article></main>`);
  const address = new URL('https://omagrawal.tech/blog/WaveNet.html');
  return fromHtml(feedArticle(page, address, { 'wavenet-training': STILL }), { fragment: true });
}

const texts = (tree: Root, selector: string) => selectAll(selector, tree).map((element) => textOf(element));
const attribute = (tree: Root, selector: string, name: string) => select(selector, tree)?.properties[name];

test.for([
  ['BigramLM.html', 'https://omagrawal.tech/blog/BigramLM.html'],
  ['/blog.html?a=1#b', 'https://omagrawal.tech/blog.html?a=1#b'],
  ['#loss', 'https://omagrawal.tech/blog/WaveNet.html#loss'],
  ['https://arxiv.org/abs/1609.03499', 'https://arxiv.org/abs/1609.03499'],
] as const)('the link %s leads to %s', ([href, absolute]) => {
  expect(attribute(feed(`<p><a href="${href}">x</a></p>`), 'a', 'href')).toBe(absolute);
});

test('a formula is MathML alone', () => {
  const tree = feed(`<p>So ${renderToString('\\bar{x}^2')} grows.</p>`);
  expect(selectAll('math', tree)).toHaveLength(1);
  expect(textOf(tree)).toBe('So xˉ2 grows.');
  expect(selectAll('span, annotation, [style], [class]', tree)).toEqual([]);
});

test('a listing is text in pre and code, with its lines', () => {
  const tree = feed(
    '<figure class="listing"><figcaption><code>a.ts</code>, line 1</figcaption><pre class="astro-code" style="--x:#fff" tabindex="0"><code><span class="line"><span style="--shiki-light:#000">let</span> a;</span>\n<span class="line">a &lt; b;</span></code></pre></figure>',
  );
  expect(texts(tree, 'pre > code')).toEqual(['let a;\na < b;']);
  expect(texts(tree, 'figcaption')).toEqual(['a.ts, line 1']);
  expect(selectAll('[style], [class], [tabindex], span', tree)).toEqual([]);
});

test('a side note follows its paragraph in parentheses, and its mark is gone', () => {
  const tree = feed(
    '<p>One.<sup class="mark"></sup><span class="note" role="note">A <em>note</em>.</span> Two.</p><p>x<sup>2</sup></p>',
  );
  expect(texts(tree, 'p')).toEqual(['One. Two.', '(A note.)', 'x2']);
  expect(texts(tree, 'sup')).toEqual(['2']);
});

describe('a widget', () => {
  const tree = feed(
    '<astro-island props="{}"><figure id="wavenet-training" class="widget" data-widget="wavenet-training"><p class="widget-title">A network</p><svg aria-label="Loss"></svg><div class="needs-script"><button>Play</button><input></div><noscript>Recorded.</noscript><figcaption>Look at <code>W</code>.</figcaption></figure></astro-island>',
  );

  test('is its still, at an absolute address, in words, and at half the size it is drawn in', () => {
    expect(select('img', tree)?.properties).toEqual({
      src: 'https://omagrawal.tech/images/figures/wavenet-training.png',
      alt: 'Loss falls.',
      width: 480,
      height: 250,
    });
  });

  test('keeps title and caption, and leads to where it runs', () => {
    expect(texts(tree, 'figcaption')).toEqual(['A network. Look at W. Run it in the page']);
    expect(attribute(tree, 'a', 'href')).toBe('https://omagrawal.tech/blog/WaveNet.html#wavenet-training');
  });

  test('has nothing left to press', () => {
    expect(selectAll('button, input, noscript, astro-island, svg', tree)).toEqual([]);
    expect(textOf(tree)).not.toMatch(/Play|Recorded/);
  });
});

test('a chart keeps the table that belongs to it', () => {
  const tree = feed(
    '<figure id="results" class="result-chart"><svg></svg><div class="scrolls"><table><tbody><tr><td>1</td></tr></tbody></table></div><figcaption>All.</figcaption></figure>',
  );
  expect(texts(tree, 'td')).toEqual(['1']);
  expect(texts(tree, 'figcaption')).toEqual(['All. See it in the page']);
});

test('an exercise is its question and its choices; its answer is in the page', () => {
  const tree = feed(
    '<section class="exercise" data-exercise="rows"><p class="exercise-title"></p><div id="rows-prompt" class="exercise-prompt"><astro-slot><p>Which rows?</p></astro-slot></div><form class="needs-script"><fieldset class="exercise-options"><label><input type="radio"><span>All</span></label><label><input type="radio"><span>None</span></label></fieldset><button>Check</button></form><details><summary>Show the answer</summary><div>None.</div></details></section>',
  );
  expect(texts(tree, 'p')).toEqual(['Exercise', 'Which rows?', 'Answer it in the page']);
  expect(texts(tree, 'li')).toEqual(['All', 'None']);
  expect(attribute(tree, 'a', 'href')).toBe('https://omagrawal.tech/blog/WaveNet.html#rows-prompt');
  expect(selectAll('form, input, button, details, fieldset', tree)).toEqual([]);
});

test('scripts and styles are gone with what is in them', () => {
  const tree = feed('<style>p { color: red }</style><script>alert(1)</script><p onclick="x()">Text</p>');
  expect(textOf(tree)).toBe('Text');
  expect((select('p', tree) as Element).properties).toEqual({});
});
