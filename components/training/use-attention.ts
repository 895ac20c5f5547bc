import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

interface Attentive {
  sleep(): unknown;
  wake(): unknown;
}

/** A figure may scroll by without stopping its run; after this long out of sight it pauses. */
const OUT_OF_SIGHT_MS = 3000;

/** Pauses a run when its figure has been off the screen for a while or the tab is hidden, and lets it go on after. */
export function useAttention(figure: RefObject<HTMLElement>, run: Attentive): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let seen = true;
    const attend = () => {
      clearTimeout(timer);
      if (document.hidden) run.sleep();
      else if (seen) run.wake();
      else timer = setTimeout(() => run.sleep(), OUT_OF_SIGHT_MS);
    };
    const observer = new IntersectionObserver(([entry]) => {
      seen = entry!.isIntersecting;
      attend();
    });
    observer.observe(figure.current!);
    document.addEventListener('visibilitychange', attend);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener('visibilitychange', attend);
    };
  }, [figure, run]);
}
