import { clone, customGrad, keep, type Tensor } from '@tensorflow/tfjs-core';

/**
 * The same numbers, at a place where the gradient that comes back is read off: the sum over all uses of what is returned.
 * @param take is given the gradient, of the shape of `x`, when the backward pass comes by. It is kept: no tidy disposes of it.
 */
export function tap<T extends Tensor>(x: T, take: (gradient: T) => void): T {
  const identity = customGrad((input) => ({
    value: clone(input as T),
    gradFunc: (gradient: T) => {
      take(keep(clone(gradient)));
      return gradient;
    },
  }));
  return identity(x);
}
