import type { Page } from '@playwright/test';

/** The rules of axe that the site keeps. */
export const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Drawings that do not say what there is to see, and figures with drawings and no numbers to read instead. */
export const speechless = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const drawings = [...document.querySelectorAll('article :is(svg, canvas)')].filter(
      (drawing) => !drawing.closest('.katex, [aria-hidden="true"]'),
    );
    const words = (drawing: Element) => drawing.getAttribute('aria-label')?.split(/\s+/).length ?? 0;
    // A drawing with parts to walk through says the rest at each part.
    const isSilent = (drawing: Element) => words(drawing) < (drawing.getAttribute('role') === 'group' ? 2 : 3);
    const figures = new Set(drawings.map((drawing) => drawing.closest('figure')!));
    return [
      ...drawings.filter(isSilent).map((drawing) => drawing.outerHTML.slice(0, 120)),
      ...[...figures]
        .filter((figure) => !figure.querySelector('table, details.numbers'))
        .map((figure) => `without a table: ${figure.dataset.widget ?? figure.className}`),
      // Nobody waits for a table that is closed.
      ...[...document.querySelectorAll('details.numbers.needs-script td')]
        .slice(0, 1)
        .map(() => 'a long table is there unopened'),
    ];
  });

/** Type of drawings that is smaller than so many pixels, and labels of one drawing that lie on each other. */
export const unreadable = (page: Page, pixels: number): Promise<string[]> =>
  page.evaluate((pixels) => {
    const faults: string[] = [];
    for (const drawing of document.querySelectorAll<SVGSVGElement>('article svg')) {
      const labels = [...drawing.querySelectorAll('text')].filter((text) => text.getBoundingClientRect().width > 0);
      const about = (text: Element) => `${drawing.parentElement!.className}: ${text.textContent}`;
      for (const text of labels) {
        const { a, b } = text.getScreenCTM()!;
        const size = Number.parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b);
        if (size < pixels - 0.05) faults.push(`${about(text)} is ${size.toFixed(1)} px high`);
      }
      // Points lie where they lie.
      const ticks = labels.filter((text) => !text.closest('.point-map .point, .number-lines, .contribution'));
      const boxes = ticks.map((text) => text.getBoundingClientRect());
      for (const [i, one] of boxes.entries())
        for (const [k, other] of boxes.entries()) {
          const [across, down] = [
            Math.min(one.right, other.right) - Math.max(one.left, other.left),
            Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top),
          ];
          // The box of a letter is higher than the letter.
          if (i < k && across > 1 && down > 0.45 * Math.min(one.height, other.height))
            faults.push(`${about(ticks[i]!)} and ${ticks[k]!.textContent} lie on each other`);
        }
    }
    return faults;
  }, pixels);

/** What is to be pressed and is smaller than 24 px each way, with a neighbor too near to make up for it (WCAG 2.5.8). */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const boxes = [
      ...document.querySelectorAll('a, button, input, select, textarea, summary, [role="button"], [role="slider"]'),
    ]
      // A link in a sentence is as high as its line; the links of a chart stand in its table, too.
      .filter((part) => !(part.matches('a') && (getComputedStyle(part).display === 'inline' || part.closest('svg'))))
      .map((part) => [part, (part.closest('label') ?? part).getBoundingClientRect()] as const)
      .filter(([, { width, height }]) => width > 0 && height > 0);
    const isNear = (a: DOMRect, b: DOMRect) =>
      Math.hypot((a.left + a.right - b.left - b.right) / 2, (a.top + a.bottom - b.top - b.bottom) / 2) < 24;
    return boxes
      .filter(
        ([part, box]) =>
          Math.min(box.width, box.height) < 24 && boxes.some(([other, near]) => other !== part && isNear(box, near)),
      )
      .map(([part]) => part.outerHTML.slice(0, 120));
  });

/** Sets the spacing of letters, words, lines and paragraphs that a reader may set (WCAG 1.4.12). */
export const spaceText = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    // The page’s policy allows no other style element.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      body :not(.katex, .katex *) { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
      p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets.push(sheet);
    // Drawings take the size of their boxes a frame later.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });

/** What sticks out of the screen, and text that its box cuts off. */
export const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const scrolls = (element: Element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
    const isInScroller = (element: Element | null): boolean =>
      element !== null && element !== document.body && (scrolls(element) || isInScroller(element.parentElement));
    const parts = [...document.querySelectorAll('body *')].filter(
      (part) =>
        !part.closest('.katex, svg, .visually-hidden, option, noscript') && part.getBoundingClientRect().width > 0,
    );
    const wide = parts.filter((part) => part.getBoundingClientRect().right > innerWidth + 0.5 && !isInScroller(part));
    const cut = parts.filter((part) => {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(part);
      const hidesX = ['hidden', 'clip'].includes(overflowX) && textOverflow !== 'ellipsis';
      const hidesY = ['hidden', 'clip'].includes(overflowY) && !scrolls(part);
      return (
        part.textContent?.trim() &&
        ((hidesX && part.scrollWidth > part.clientWidth + 1) || (hidesY && part.scrollHeight > part.clientHeight + 2))
      );
    });
    // A button has no scroll bar: what does not fit sticks out of its border.
    const burst = parts.filter((part) => part.matches('button') && part.scrollWidth > part.clientWidth + 1);
    return [...new Set([...wide, ...cut, ...burst])]
      .map((part) => part.outerHTML.slice(0, 120))
      .concat(
        document.documentElement.scrollWidth > innerWidth
          ? `the page is ${document.documentElement.scrollWidth} px wide`
          : [],
      );
  });

/** With the reader’s own colors: marks that cannot be told from the ground, and keys in another color than their lines. */
export const lostInColors = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    const luminance = (color: string): number => {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
      const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((x) =>
        x / 255 <= 0.04045 ? x / 255 / 12.92 : ((x / 255 + 0.055) / 1.055) ** 2.4,
      ) as [number, number, number];
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = luminance(getComputedStyle(document.body).backgroundColor);
    const contrast = (color: string): number => {
      const [low, high] = [ground, luminance(color)].toSorted((a, b) => a - b) as [number, number];
      return (high + 0.05) / (low + 0.05);
    };
    const faults: string[] = [];
    const marks =
      '.line, .mark, .best, .dots, .boundary, .margin, .graph .edge, .node rect, .histogram-area, .tensor-edge, .tensor-node rect, .tree-edge, .tree-node rect, .slope line, .number-lines .axis, .scatter-mark';
    const fills =
      '.bars rect, .heatmap .cell, .cell-filled, .level-positive, .level-negative, .point, .scatter-point, .normalized, svg text';
    for (const [selector, property] of [
      [marks, 'stroke'],
      [fills, 'fill'],
    ] as const)
      for (const part of document.querySelectorAll(`article svg :is(${selector})`)) {
        const style = getComputedStyle(part);
        const own = part.matches('.mark') ? style.fill : style[property];
        if (own !== 'none' && contrast(own) < 3)
          faults.push(`${part.getAttribute('class') ?? part.tagName} in ${own}: ${contrast(own).toFixed(1)}`);
      }
    // Behind a word lies the ground, whatever the button has.
    for (const button of document.querySelectorAll('article button')) {
      const { color, forcedColorAdjust } = getComputedStyle(button);
      if (forcedColorAdjust !== 'none' && contrast(color) < 3)
        faults.push(`the button ${button.textContent} in ${color}`);
    }
    for (const chart of document.querySelectorAll('article .chart:has(> svg path.line)')) {
      const keys = [...chart.querySelectorAll('.key')].map((key) => getComputedStyle(key, '::before'));
      const lines = [...chart.querySelectorAll('path.line')].map((line) => getComputedStyle(line));
      for (const [i, line] of lines.entries())
        if (keys[i]!.borderTopColor !== line.stroke)
          faults.push(`a key in ${keys[i]!.borderTopColor} of a line in ${line.stroke}`);
    }
    return [...new Set(faults)];
  });

/** On paper: what is there to be pressed, drawings that are missing, and a ground that is not white. */
export const wrongOnPaper = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isShown = (part: Element) => part.getBoundingClientRect().height > 0;
    const controls = [
      ...document.querySelectorAll('button, input, select, textarea, .exercise summary, .numbers > summary'),
    ];
    const needed = [
      ...document.querySelectorAll('article figure'),
      ...document.querySelectorAll('article :is(svg, figcaption)'),
    ];
    const link = document.querySelector('article a[href^="http"]');
    const scheme = getComputedStyle(document.documentElement).colorScheme;
    return [
      ...controls.filter(isShown).map((part) => `to press: ${part.outerHTML.slice(0, 80)}`),
      ...needed
        .filter((part) => !isShown(part) && !part.closest('.katex, .needs-script'))
        .map((part) => `missing: ${part.outerHTML.slice(0, 80)}`),
      ...(scheme === 'light' ? [] : [`the scheme is ${scheme}`]),
      ...(!link || getComputedStyle(link, '::after').content.includes('http')
        ? []
        : ['a link does not say where it leads']),
      ...[...document.querySelectorAll('article figure:not(.listing)')]
        .filter(
          (figure) => !figure.parentElement!.closest('figure') && getComputedStyle(figure).breakInside !== 'avoid',
        )
        .map((figure) => `a page may end within: ${figure.outerHTML.slice(0, 80)}`),
    ];
  });

/** Whatever moves by itself. */
export const moving = (page: Page): Promise<string[]> =>
  page.evaluate(() => [
    ...document.getAnimations().map((animation) => `an animation of ${animation.id || 'something'}`),
    ...[document.documentElement, ...document.querySelectorAll('body, main, article, article :not(.katex *)')]
      .filter((part) => getComputedStyle(part).scrollBehavior === 'smooth')
      .map((part) => `${part.tagName} scrolls smoothly`),
  ]);
