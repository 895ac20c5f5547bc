import type { Scope } from '../../backprop/language/evaluate.ts';
import { type Beginning, backwardPass, forwardPass } from '../../backprop/passes.ts';
import type { Tensor } from '../../backprop/tensor.ts';
import { TorchGenerator } from '../../random/torch-generator.ts';
import { drawMinibatches, type LanguageData } from '../language-model/data.ts';

/** The seed and the sizes of the notebook. */
const SEED = 2147483647;
const N = 32;
export const BLOCK = 3;
const EMBEDDING = 10;
const HIDDEN = 64;

/** The numbers that lines are judged on. */
export interface ExerciseCase {
  readonly forward: Scope;
  /** The gradient of the loss by each tensor. */
  readonly gradients: ReadonlyMap<string, Tensor>;
}

/**
 * The network of makemore’s fourth notebook before its first step, on a minibatch of a list: biases and gains are drawn
 * small instead of 0 and 1, so that no mistake hides behind them.
 */
export function notebookCase(data: LanguageData): ExerciseCase {
  const generator = new TorchGenerator(SEED);
  const draw = (shape: readonly number[], f: (x: number) => number): Tensor => {
    const size = shape.reduce((product, length) => product * length, 1);
    return { shape, data: Float64Array.from(generator.randn(size), f) };
  };
  const fanIn = BLOCK * EMBEDDING;
  const K = data.symbols.length;
  const small = (x: number) => 0.1 * x;
  const parameters: Beginning['parameters'] = {
    C: draw([K, EMBEDDING], (x) => x),
    W1: draw([fanIn, HIDDEN], (x) => (x * 5) / 3 / Math.sqrt(fanIn)),
    b1: draw([HIDDEN], small),
    W2: draw([HIDDEN, K], small),
    b2: draw([K], small),
    bngain: draw([1, HIDDEN], (x) => 1 + small(x)),
    bnbias: draw([1, HIDDEN], small),
  };
  const { contexts, targets } = drawMinibatches(data.train, generator, 1, N);
  const forward = forwardPass({
    parameters,
    X: { shape: [N, BLOCK], data: Float64Array.from(contexts) },
    Y: { shape: [N], data: Float64Array.from(targets) },
  });
  return { forward, gradients: backwardPass(forward) };
}
