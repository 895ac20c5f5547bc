/** All that `npm run images` draws, and from what. */
import { readFileSync } from 'node:fs';
import { select } from 'hast-util-select';
import { toString as textOf } from 'hast-util-to-string';
import { FRONT } from '../../src/sharing/images.ts';
import { site } from '../../src/site.ts';
import { postAddresses, readPage } from './built-site.ts';
import { CARDS, type Card } from './cards.ts';
import { alternativeText, cardInWords, figuresOf, fingerprint } from './picture.ts';

export const STILL_STYLE = readFileSync('tools/sharing/stills.css', 'utf8');
export const CARD_STYLE = readFileSync('tools/sharing/cards.css', 'utf8');

interface Drawable {
  /** Of the file, without .png. */
  readonly name: string;
  /** Where in the site it is drawn. */
  readonly page: string;
  readonly drawnFrom: string;
  readonly alt: string;
}

export interface Still extends Drawable {
  /** Of the figure. */
  readonly id: string;
}

export interface ShareImage extends Drawable {
  readonly blog: string;
  readonly title: string;
  readonly eyebrow: string;
  readonly card: Card;
}

export function stills(): Still[] {
  return postAddresses().flatMap((page) =>
    figuresOf(readPage(page)).map((figure) => {
      const id = String(figure.properties.id);
      return { id, name: id, page, drawnFrom: fingerprint(figure, STILL_STYLE), alt: alternativeText(figure) };
    }),
  );
}

/** @throws Error if a card shows a figure that its page does not have. */
export function shareImages(): ShareImage[] {
  return Object.entries(CARDS).map(([name, card]) => {
    const page = readPage(card.page);
    const figure = figuresOf(page).find(({ properties }) => properties.id === card.figure);
    if (!figure) throw new Error(`${card.page} has no figure ${card.figure}, which the card ${name} shows.`);
    const own = name === FRONT ? readPage('/') : page;
    const title = textOf(select('h1', own)!);
    const eyebrow = select('.eyebrow', own);
    const canonical = select('link[rel=canonical]', own)!.properties.href;
    const words = { blog: site.title, title, eyebrow: eyebrow ? textOf(eyebrow) : new URL(String(canonical)).host };
    return {
      name,
      page: card.page,
      ...words,
      card,
      drawnFrom: fingerprint(figure, CARD_STYLE, JSON.stringify([words, card])),
      alt: cardInWords([title], figure, [card.parts, card.told].filter(Boolean).join(', ')),
    };
  });
}
