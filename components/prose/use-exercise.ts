import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import * as faults from '../../src/faults.ts';
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
  check(): Promise<void>;
  /** Forgets the answer, and that the exercise was solved. */
  clear(): void;
}

const UNCHECKED = open('');

/** A judge that is fetched when it is first needed may not come. */
async function orFault(judge: (answer: string) => Verdict | Promise<Verdict>, answer: string): Promise<Verdict> {
  try {
    return await judge(answer);
  } catch {
    return open(`${faults.partNotFetched} ${faults.answerKept}`);
  }
}

/**
 * The state of one exercise, kept between visits.
 * @param id unique on the whole site.
 */
export function useExercise(id: string, judge: (answer: string) => Verdict | Promise<Verdict>): Attempt {
  const [answer, setAnswer] = useState('');
  const [verdict, setVerdict] = useState(UNCHECKED);
  const [solved, setSolved] = useState(false);
  const latest = useRef('');

  // Not in the first render, which must be the server's. A right answer comes back without its sentence: nobody asked
  // for it to be read aloud, and it would push down the text below.
  useLayoutEffect(() => {
    const past = recall(id);
    if (!past) return;
    latest.current = past.answer;
    setAnswer(past.answer);
    setSolved(past.solved);
    if (past.solved)
      orFault(judge, past.answer).then(({ state }) => {
        if (state === 'right' && latest.current === past.answer) setVerdict({ state, sentence: '' });
      });
  }, [id]);

  return {
    answer,
    verdict,
    solved,
    change(changed) {
      latest.current = changed;
      setAnswer(changed);
      setVerdict(UNCHECKED);
    },
    async check() {
      const found = await orFault(judge, answer);
      if (latest.current !== answer) return; // Meanwhile it was changed.
      setVerdict(found);
      if (found.state === 'open') return;
      const ever = solved || found.state === 'right';
      setSolved(ever);
      remember(id, { answer, solved: ever });
    },
    clear() {
      latest.current = '';
      setAnswer('');
      setVerdict(UNCHECKED);
      setSolved(false);
      forget(id);
    },
  };
}
