import type { Scope } from '../../backprop/language/evaluate.ts';
import { type Beginning, backwardPass, forwardPass } from '../../backprop/passes.ts';
import type { Tensor } from '../../backprop/tensor.ts';
import { drawManualMlp } from '../../networks/index.ts';
import { TorchGenerator } from '../../random/torch-generator.ts';
import { drawMinibatches, type LanguageData } from '../language-model/data.ts';

/** The seed and the sizes of the notebook. */
const SEED = 2147483647;
const N = 32;
export const BLOCK = 3;

/** The numbers that lines are judged on. */
export interface ExerciseCase {
  readonly forward: Scope;
  /** The gradient of the loss by each tensor. */
  readonly gradients: ReadonlyMap<string, Tensor>;
}

/**
 * The network of makemore’s fourth notebook before its first step, on the first minibatch of a list, in double precision.
 */
export function notebookCase(data: LanguageData): ExerciseCase {
  const generator = new TorchGenerator(SEED);
  const drawn = drawManualMlp(generator, { symbols: data.symbols.length, block: BLOCK });
  const parameters = Object.fromEntries(
    Object.entries(drawn).map(([name, { shape, data: single }]) => [name, { shape, data: Float64Array.from(single) }]),
  ) as Beginning['parameters'];
  const { contexts, targets } = drawMinibatches(data.train, generator, 1, N);
  const forward = forwardPass({
    parameters,
    X: { shape: [N, BLOCK], data: Float64Array.from(contexts) },
    Y: { shape: [N], data: Float64Array.from(targets) },
  });
  return { forward, gradients: backwardPass(forward) };
}
