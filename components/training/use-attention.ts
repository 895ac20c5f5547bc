import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** A figure may scroll by without stopping its run; after this long out of sight it pauses. */
const OUT_OF_SIGHT_MS = 3000;

/** Tells whether anyone can see a figure: not while the tab is hidden, nor when it has been off the screen for a while. */
export function useAttention(figure: RefObject<HTMLElement>, attend: (seen: boolean) => void): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let onScreen = true;
    const update = () => {
      clearTimeout(timer);
      if (document.hidden) attend(false);
      else if (onScreen) attend(true);
      else timer = setTimeout(() => attend(false), OUT_OF_SIGHT_MS);
    };
    const observer = new IntersectionObserver((entries) => {
      onScreen = entries.at(-1)!.isIntersecting;
      update();
    });
    observer.observe(figure.current!);
    document.addEventListener('visibilitychange', update);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener('visibilitychange', update);
    };
  }, [figure, attend]);
}
