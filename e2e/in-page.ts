// What runs inside a page, whichever browser has it: these functions refer to nothing outside of themselves.

/** The step at which the run of a widget was put aside; undefined where none was. */
export const keptStepInPage = (id: string): Promise<number | undefined> =>
  new Promise<number | undefined>((resolve) => {
    const opening = indexedDB.open('keyval-store');
    opening.onupgradeneeded = () => opening.result.createObjectStore('keyval');
    opening.onsuccess = () => {
      const reading = opening.result.transaction('keyval').objectStore('keyval').get(`run:${id}`);
      reading.onsuccess = () => {
        opening.result.close();
        resolve(reading.result?.saved?.step);
      };
    };
  });

/** How wide a page is that should not scroll sideways, and what sticks out of the screen. */
export function sidewaysInPage(): { page: number; wide: string[] } {
  const wide = [...document.querySelectorAll('body *')].filter((element) => {
    const { right, width } = element.getBoundingClientRect();
    const clipped = element.closest(
      'pre, .katex-display, .katex, svg, table, .visually-hidden, .expression-graph-drawing',
    );
    return width > 0 && right > innerWidth + 0.5 && !clipped;
  });
  return {
    page: document.documentElement.scrollWidth,
    wide: wide.map((element) => element.outerHTML.slice(0, 120)),
  };
}
