import { PythonRandom } from '../random/index.ts';

export interface Split {
  readonly train: string[];
  readonly dev: string[];
  readonly test: string[];
}

/**
 * Shuffles a copy of `words` once and cuts it into 80 % to learn from, 10 % to choose settings by, and 10 % to judge
 * by. Of fewer than 6 words none is left for `dev`.
 *
 * Source: the makemore notebooks, which seed CPython's `random` with 42. (They shuffle in place, so that a notebook
 * whose cell ran twice has another split.)
 *
 * @throws RangeError where the seed is not an integer that a number holds exactly.
 */
export function splitWords(words: readonly string[], seed: number): Split {
  const shuffled = [...words];
  new PythonRandom(seed).shuffle(shuffled);
  const trainEnd = Math.trunc(0.8 * shuffled.length);
  const devEnd = Math.trunc(0.9 * shuffled.length);
  return {
    train: shuffled.slice(0, trainEnd),
    dev: shuffled.slice(trainEnd, devEnd),
    test: shuffled.slice(devEnd),
  };
}
