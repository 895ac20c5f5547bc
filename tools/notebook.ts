/** What the makemore notebooks train on, for the tests that hold engines against PyTorch’s values. */
import { existsSync, readFileSync } from 'node:fs';
import type { Examples } from '../src/engines/engine.ts';
import { PythonRandom, TorchGenerator } from '../src/random/index.ts';
import { BESIDE } from './word-lists.ts';

export const hasMakemore = existsSync(BESIDE);
if (!hasMakemore) console.log(`Skipped what is checked against ${BESIDE.pathname}: there is no such file.`);

/** The fixtures were drawn by the C library’s logarithm and sine, as the notebooks’ own digits were. */
export class NotebookGenerator extends TorchGenerator {
  override randn(n: number): Float32Array {
    return super.randn(n, { arithmetic: 'libm' });
  }
}

/** The train and dev splits, symbol 0 being “.”: each row a context and the symbol that follows it. */
export function notebookSplits(block: number): { train: number[][]; dev: number[][] } {
  const words = readFileSync(BESIDE, 'utf8').trimEnd().split('\n');
  new PythonRandom(42).shuffle(words);
  const rowsOf = (part: string[]) =>
    part.flatMap((word) => {
      const symbols = [...Array(block).fill(0), ...[...word].map((letter) => letter.charCodeAt(0) - 96), 0];
      return symbols.slice(block).map((_, i) => symbols.slice(i, i + block + 1));
    });
  const [first, second] = [0.8, 0.9].map((share) => Math.floor(share * words.length));
  return { train: rowsOf(words.slice(0, first)), dev: rowsOf(words.slice(first, second)) };
}

export const examplesOf = (rows: readonly number[][], block: number): Examples => ({
  contexts: Int32Array.from(rows.flatMap((row) => row.slice(0, block))),
  targets: Int32Array.from(rows, (row) => row[block]!),
});

/** `X[ix]` and `Y[ix]` for the next `count` numbers of `torch.randint`. */
export const drawExamples = (rows: readonly number[][], generator: TorchGenerator, count: number, block: number) =>
  examplesOf(
    [...generator.randint(0, rows.length, count)].map((i) => rows[i]!),
    block,
  );
