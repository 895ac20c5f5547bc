import { expect, type Page } from '@playwright/test';

/** Where the focus is, as a reader would tell it. */
export interface Stop {
  readonly name: string;
  /** The figure, exercise or part of the page that it is in. */
  readonly place: string;
}

/** A reader with a keyboard alone. Wherever the focus goes, it can be seen, and forwards it goes in the order of the page. */
export class Keyboard {
  readonly stops: Stop[] = [];
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Replaces what stands in the field, and lets it count. */
  async type(text: string): Promise<void> {
    await this.press('ControlOrMeta+a');
    await this.page.keyboard.type(text);
    await this.press('Enter');
  }

  async tab(direction: 1 | -1 = 1): Promise<Stop> {
    await this.press(direction > 0 ? 'Tab' : 'Shift+Tab');
    const { faults, ...stop } = await this.page.evaluate(lookAtFocus, direction);
    expect(faults, `${stop.place}: ${stop.name}`).toEqual([]);
    this.stops.push(stop);
    return stop;
  }

  /** Goes on, or back, until the focus is on what has this name. */
  async to(place: string, name: string | RegExp, direction: 1 | -1 = 1): Promise<void> {
    const passed: string[] = [];
    for (let i = 0; i < 80; i++) {
      const stop = await this.tab(direction);
      if (stop.place === place && (typeof name === 'string' ? stop.name === name : name.test(stop.name))) return;
      passed.push(`${stop.place}: ${stop.name}`);
    }
    throw new Error(`There is no ${name} in ${place} on the way. Passed: ${passed.join('; ')}`);
  }

  /** Opens what is closed under the focus, looks at it, and closes it. */
  async openAndClose(look: () => Promise<void>): Promise<void> {
    await this.press('Enter');
    await look();
    await this.press('Space');
  }
}

/** Runs in the page: what has the focus, and what is wrong with that. */
async function lookAtFocus(direction: number): Promise<Stop & { faults: string[] }> {
  const memory = globalThis as unknown as { lastFocus?: Element };
  const element = document.activeElement as HTMLElement;
  // A figure comes alive when it comes into view.
  while (element.closest('astro-island[ssr]')) await new Promise((resolve) => requestAnimationFrame(resolve));
  const faults: string[] = [];
  if (element === document.body) return { name: '(nothing)', place: '(nothing)', faults };

  const focusColor = () => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = 'var(--focus)';
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
  const style = getComputedStyle(element);
  const hasOutline = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
  const hasRing = [...element.querySelectorAll('rect, circle')].some((shape) => {
    const { stroke, strokeWidth } = getComputedStyle(shape);
    return stroke === focusColor() && Number.parseFloat(strokeWidth) >= 2;
  });
  if (!hasOutline && !hasRing) faults.push('the focus cannot be seen');

  const box = element.getBoundingClientRect();
  const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];
  const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
  if (right - left < 2 || bottom - top < Math.min(20, box.height)) faults.push('it is not on the screen');
  else {
    // A link may go over two lines, with nothing of it in their middle.
    const boxes = [...element.getClientRects(), { left, right, top, bottom }];
    const isOnTop = boxes.some((part) => {
      const hit = document.elementFromPoint((part.left + part.right) / 2, (part.top + part.bottom) / 2);
      return hit && (element.contains(hit) || hit.contains(element));
    });
    if (!isOnTop) faults.push('something covers it');
  }

  const { lastFocus } = memory;
  if (lastFocus?.isConnected && lastFocus !== element) {
    const isAfter = lastFocus.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (Boolean(isAfter) !== direction > 0) faults.push('it is out of order');
  }
  memory.lastFocus = element;

  const labels = (element as HTMLInputElement).labels;
  const name = element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent ?? '';
  const part = element.closest<HTMLElement>('[data-widget], [data-exercise]');
  const place =
    part?.dataset.widget ?? part?.dataset.exercise ?? element.closest('.toc, article, header, footer, nav, body')!;
  return {
    name: name.replace(/\s+/g, ' ').trim().slice(0, 80),
    place: typeof place === 'string' ? place : place.className.split(' ')[0] || place.tagName.toLowerCase(),
    faults,
  };
}
