import { expect } from 'vitest';
import { settingsOf } from '../addresses.ts';
import type { Browser } from './browser.ts';

type Json = string | number | boolean | undefined | { readonly [name: string]: Json } | readonly Json[];

/** How long a page may take for anything, on a busy machine. */
export const PATIENCE = { timeout: 30_000, interval: 50 };

/** Keys by their names, as both protocols want them. */
const KEYS = { Tab: '\uE004', Enter: '\uE007' } as const;

/** What a reader does with a page, and what there is to be seen. */
export class Page {
  readonly browser: Browser;
  readonly site: string;

  constructor(browser: Browser, site: string) {
    this.browser = browser;
    this.site = site;
  }

  async open(path: string): Promise<void> {
    await this.browser.open(this.site + path);
  }

  /** Runs a function in the page. It refers to nothing outside of itself; what goes in and comes out is JSON. */
  async run<Given extends readonly Json[], Result>(
    action: (...given: Given) => Result | Promise<Result>,
    ...given: Given
  ): Promise<Result> {
    const told = await this.browser.evaluate(
      `(async () => JSON.stringify({ result: await (${action})(...${JSON.stringify(given)}) }))()`,
    );
    return (JSON.parse(told) as { result: Result }).result;
  }

  /** What went wrong in this page since it was opened. */
  faults(): Promise<string[]> {
    return this.run(() => (globalThis as unknown as { faults: string[] }).faults);
  }

  async press(key: keyof typeof KEYS): Promise<void> {
    const value = KEYS[key];
    const actions = [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ];
    await this.browser.perform([{ type: 'key', id: 'keyboard', actions }]);
  }

  async click({ x, y }: { x: number; y: number }): Promise<void> {
    const actions = [
      { type: 'pointerMove', x: Math.round(x), y: Math.round(y), origin: 'viewport' },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await this.browser.perform([{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }]);
  }

  /** The figure of a widget, on screen and hydrated, on a page whose address has these settings of it. */
  async openWidget(path: string, id: string, settings: Readonly<Record<string, string | number>> = {}) {
    await this.open(`${path}?${settingsOf(id, settings)}`);
    return this.widget(id);
  }

  async widget(id: string): Promise<Figure> {
    const figure = new Figure(this, id);
    await figure.hydrated();
    return figure;
  }
}

export class Figure {
  readonly page: Page;
  readonly id: string;
  readonly #selector: string;

  constructor(page: Page, id: string) {
    this.page = page;
    this.id = id;
    this.#selector = `[data-widget="${id}"]`;
  }

  async hydrated(): Promise<void> {
    const inertIslands = () =>
      this.page.run((selector) => {
        const figure = document.querySelector(selector);
        figure!.scrollIntoView({ block: 'center', behavior: 'instant' });
        return figure!.closest('astro-island')!.hasAttribute('ssr');
      }, this.#selector);
    await expect.poll(inertIslands, { ...PATIENCE, message: `${this.id} hydrates` }).toBe(false);
  }

  attribute(name: string): Promise<string | null> {
    return this.page.run(
      (selector, name) => document.querySelector(selector)!.getAttribute(name),
      this.#selector,
      name,
    );
  }

  async number(name: 'data-step' | 'data-loss' | 'data-dev-loss'): Promise<number> {
    return Number((await this.attribute(name)) ?? 'NaN');
  }

  /** Waits for an attribute to have a value. What the figure says of a failure ends the wait. */
  async reaches(name: 'data-state' | 'data-step', value: string): Promise<void> {
    const isThere = async () =>
      (await this.attribute(name)) === value || (await this.attribute('data-state')) === 'error';
    await expect.poll(isThere, { ...PATIENCE, message: `${this.id} has ${name} ${value}` }).toBe(true);
    expect((await this.text('.widget-failure')) || (await this.attribute(name)), name).toBe(value);
  }

  /** The texts of all that a selector finds in the figure. */
  texts(selector: string): Promise<string[]> {
    return this.page.run(
      (figure, selector) =>
        [...document.querySelector(figure)!.querySelectorAll(selector)].map((found) =>
          (found.getAttribute('aria-label') ?? found.textContent ?? '').trim(),
        ),
      this.#selector,
      selector,
    );
  }

  /** All that a selector finds in the figure, as one text. */
  async text(selector: string): Promise<string> {
    return (await this.texts(selector)).join(' ');
  }

  /** Clicks a button or a field by its name, where the pointer would: what covers it is clicked instead. */
  async click(name: string): Promise<void> {
    const place = () =>
      this.page.run(
        (figure, name) => {
          const named = [...document.querySelectorAll<HTMLElement>(`${figure} :is(button, input)`)].find((element) => {
            const label = (element as HTMLInputElement).labels?.[0];
            return (element.getAttribute('aria-label') ?? (label ?? element).textContent)?.trim() === name;
          });
          if (!named) return null;
          named.scrollIntoView({ block: 'center', behavior: 'instant' });
          const { left, top, width, height } = named.getBoundingClientRect();
          return { x: left + width / 2, y: top + height / 2 };
        },
        this.#selector,
        name,
      );
    await expect.poll(place, { ...PATIENCE, message: `${this.id} has ${name}` }).not.toBeNull();
    await this.page.click((await place())!);
  }

  async choose(label: string, value: string): Promise<void> {
    await this.page.run(
      (figure, label, value) => {
        const select = [...document.querySelectorAll<HTMLSelectElement>(`${figure} select`)].find((one) =>
          (one.getAttribute('aria-label') ?? one.labels[0]?.textContent)?.trim().startsWith(label),
        )!;
        select.value = value;
        select.dispatchEvent(new Event('input', { bubbles: true }));
        select.dispatchEvent(new Event('change', { bubbles: true }));
      },
      this.#selector,
      label,
      value,
    );
  }

  /** Plays the run to its end. */
  async play(): Promise<{ step: number; loss: number; devLoss: number }> {
    await this.click('Play');
    await this.reaches('data-state', 'done');
    return {
      step: await this.number('data-step'),
      loss: await this.number('data-loss'),
      devLoss: await this.number('data-dev-loss'),
    };
  }
}
