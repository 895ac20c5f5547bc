import { div, exp, log, max, mul, type Scalar, sub, sum, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { oneHotRows } from './one-hot.ts';

/**
 * Softmax and negative log-likelihood in one, so that no exponential overflows and no logarithm meets a zero: the largest
 * logit of each row is taken off first.
 * @returns the mean over the rows, and its gradient by the logits: (softmax - one-hot) / n.
 */
export function crossEntropy(logits: Tensor2D, targets: Tensor1D): { loss: Scalar; gradient: () => Tensor2D } {
  const [n, classes] = logits.shape;
  const expected = oneHotRows(targets, classes);
  const shifted = sub<Tensor2D>(logits, max(logits, 1, true));
  const exponentials = exp(shifted);
  const totals = sum<Tensor2D>(exponentials, 1, true);
  const logLikelihoods = sub<Tensor2D>(sum(mul(shifted, expected), 1, true), log(totals));
  return {
    loss: mul(sum<Scalar>(logLikelihoods), -1 / n),
    gradient: () => mul(sub<Tensor2D>(div(exponentials, totals), expected), 1 / n),
  };
}
