import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

/** Nobody can listen to more than a sentence in this time. */
const BETWEEN_MS = 4000;

interface Props {
  /** What there is to say now. */
  readonly children: string;
}

/**
 * A live region for something that may change often. A change is said at once where nothing was said just now, and else
 * after a while, the last one alone; what stands there when the page opens is not said.
 */
export function Spoken({ children: text }: Props) {
  const said = useSignal('');
  const before = useRef(text);
  const lastTime = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (text === before.current) return undefined;
    const say = () => {
      lastTime.current = performance.now();
      before.current = text;
      said.value = text;
    };
    const wait = lastTime.current + BETWEEN_MS - performance.now();
    if (wait <= 0) return say();
    const timer = setTimeout(say, wait);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <span class="visually-hidden" role="status">
      {said}
    </span>
  );
}
