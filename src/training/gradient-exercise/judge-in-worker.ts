import { judgeLine, type Verdict } from '../../backprop/judge.ts';
import { STEPS } from '../../backprop/steps.ts';
import { idOf, TASKS } from '../../backprop/tasks.ts';
import type { Tensor } from '../../backprop/tensor.ts';
import type { CorpusSource } from '../corpus.ts';
import { fetchPart } from '../fetch-part.ts';
import { loadData } from '../language-model/data.ts';
import { isReady } from '../life.ts';
import { BLOCK, type ExerciseCase, notebookCase } from './case.ts';

/** A tensor of the forward pass, and the gradient of the loss by it. */
export interface TensorLook {
  readonly value: Tensor;
  readonly gradient: Tensor;
}

/** What the worker of the exercise answers. */
export class Judge {
  private numbers: Promise<ExerciseCase> | undefined;

  readonly ready = isReady;

  /** @param id of the task, as `idOf` gives it. @throws RunError where the list cannot be had. */
  async judge(line: string, id: string, source: CorpusSource): Promise<Verdict> {
    const { forward, gradients } = await this.numbersOf(source);
    return judgeLine(line, TASKS.find((task) => idOf(task) === id)!, forward, gradients);
  }

  /** All tensors with their gradients, to be drawn. @throws RunError where the list cannot be had. */
  async look(source: CorpusSource): Promise<Record<string, TensorLook>> {
    const { forward, gradients } = await this.numbersOf(source);
    return Object.fromEntries(
      STEPS.map(({ name }) => [name, { value: forward.get(name)!, gradient: gradients.get(name)! }]),
    );
  }

  /**
   * The same gradients by TensorFlow.js’s autograd, in single precision, which is fetched for it.
   * @throws RunError where the list cannot be had.
   */
  async autograd(source: CorpusSource): Promise<Record<string, Tensor>> {
    const { forward } = await this.numbersOf(source);
    const { gradientsByAutograd } = await fetchPart(import('./autograd.ts'));
    return gradientsByAutograd(forward);
  }

  private numbersOf(source: CorpusSource): Promise<ExerciseCase> {
    this.numbers ??= loadData(source, BLOCK).then(notebookCase);
    this.numbers.catch(() => {
      this.numbers = undefined; // The list may be there the next time.
    });
    return this.numbers;
  }
}
