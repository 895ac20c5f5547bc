import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

export interface Box {
  readonly width: number;
  readonly height: number;
}

/**
 * The size of an element on screen, in CSS pixels; `initial` until it is known, and on paper. A drawing with this view box
 * has type of the same size on every screen. The element’s size must not depend on what is drawn in it.
 */
export function useBox(element: RefObject<Element>, initial: Box): Box {
  const box = useSignal(initial);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      if (width > 0 && height > 0) box.value = { width: Math.round(width), height: Math.round(height) };
    });
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  return box.value;
}
