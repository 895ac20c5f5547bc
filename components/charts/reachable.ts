let observer: ResizeObserver | undefined;

/**
 * Lets a box that scrolls inside itself be scrolled with the keyboard, too, for as long as it does. Serves as a `ref`, for
 * what a figure draws later than the page.
 */
export function reachable(box: Element | null): void {
  if (!box) return;
  observer ??= new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = target;
      const isHigh = scrollHeight > clientHeight && getComputedStyle(target).overflowY !== 'hidden';
      if (scrollWidth > clientWidth || isHigh) target.setAttribute('tabindex', '0');
      else target.removeAttribute('tabindex');
    }
  });
  observer.observe(box);
}
