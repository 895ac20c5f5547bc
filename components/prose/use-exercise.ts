import { useLayoutEffect, useState } from 'preact/hooks';
import { open, type Verdict } from './judge.ts';
import { forget, recall, remember } from './progress.ts';

/** A reader's attempt at one exercise. */
export interface Attempt {
  readonly answer: string;
  /** About `answer` as it was when it was checked; a changed answer has none. */
  readonly verdict: Verdict;
  /** Whether the exercise was ever solved, on this visit or an earlier one. */
  readonly solved: boolean;
  change(answer: string): void;
  check(): void;
  /** Forgets the answer, and that the exercise was solved. */
  clear(): void;
}

const UNCHECKED = open('');

/**
 * The state of one exercise, kept between visits.
 * @param id unique on the whole site.
 */
export function useExercise(id: string, judge: (answer: string) => Verdict): Attempt {
  const [answer, setAnswer] = useState('');
  const [verdict, setVerdict] = useState(UNCHECKED);
  const [solved, setSolved] = useState(false);

  // Not in the first render, which must be the server's. A right answer comes back without its sentence: nobody asked
  // for it to be read aloud, and it would push down the text below.
  useLayoutEffect(() => {
    const past = recall(id);
    if (!past) return;
    setAnswer(past.answer);
    setSolved(past.solved);
    if (judge(past.answer).state === 'right') setVerdict({ state: 'right', sentence: '' });
  }, [id]);

  return {
    answer,
    verdict,
    solved,
    change(changed) {
      setAnswer(changed);
      setVerdict(UNCHECKED);
    },
    check() {
      const found = judge(answer);
      setVerdict(found);
      if (found.state === 'open') return;
      const ever = solved || found.state === 'right';
      setSolved(ever);
      remember(id, { answer, solved: ever });
    },
    clear() {
      setAnswer('');
      setVerdict(UNCHECKED);
      setSolved(false);
      forget(id);
    },
  };
}
