import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { select, selectAll } from 'hast-util-select';
import { expect, test } from 'vitest';
import { alternativeText, cardInWords, fingerprint, pictureOf } from './picture.ts';

const HTML = `<figure id="mlp-training" class="widget" data-step="0" data-astro-cid-abc>
  <p class="widget-title" id="mlp-training-title">A network</p>
  <div class="chart" data-astro-cid-abc><svg aria-label="Loss. 3.3 at 0 steps" aria-labelledby="P1-2"><path d="M0 0L1 1" /></svg></div>
  <p>It falls.</p>
  <div class="needs-script"><button id="P1-0">Play</button></div>
  <details class="numbers"><summary>Numbers</summary></details>
  <figcaption>Press Play.</figcaption>
</figure>`;

const STYLE = 'figure { margin: 0 }';

const figure = (html = HTML): Element => select('figure', fromHtml(html))!;

test('the picture is without what is pressed and what stands beside it', () => {
  const picture = pictureOf(figure());
  expect(selectAll('svg, p', picture)).toHaveLength(2);
  expect(selectAll('button, details, figcaption, .widget-title', picture)).toEqual([]);
});

test('in words it is its title, its drawing and its sentences', () => {
  expect(alternativeText(figure())).toBe('A network. Loss. 3.3 at 0 steps. It falls.');
});

test('a card says what is on it alone', () => {
  expect(cardInWords(['MLP'], figure(), '.chart svg')).toBe('MLP. Loss. 3.3 at 0 steps.');
});

test.for([
  ['a name that the build made up', 'data-astro-cid-abc', 'data-astro-cid-xyz'],
  ['a number that an island got', 'P1-', 'P7-'],
  ['the caption', 'Press Play', 'Press Step'],
  ['a button', '>Play<', '>Go<'],
] as const)('%s does not change the picture', ([, before, after]) => {
  const changed = HTML.replaceAll(before, after);
  expect(changed).not.toBe(HTML);
  expect(fingerprint(figure(changed), STYLE)).toBe(fingerprint(figure(), STYLE));
});

test.for([
  ['a point of a curve', 'M0 0L1 1', 'M0 0L1 2'],
  ['a sentence in it', 'It falls', 'It rises'],
  ['the color of a line', 'class="chart"', 'class="chart tone-bad"'],
] as const)('%s changes the picture', ([, before, after]) => {
  expect(fingerprint(figure(HTML.replace(before, after)), STYLE)).not.toBe(fingerprint(figure(), STYLE));
});

test('the words of a card change it, and so does its style', () => {
  expect(fingerprint(figure(), STYLE, 'WaveNet')).not.toBe(fingerprint(figure(), STYLE, 'BigramLM'));
  expect(fingerprint(figure(), `${STYLE} b {}`, 'WaveNet')).not.toBe(fingerprint(figure(), STYLE, 'WaveNet'));
});
