import type { MLP } from './mlp.ts';
import type { Point } from './points.ts';
import { Value } from './value.ts';

/** How strongly the loss pulls every parameter towards 0. */
export const ALPHA = 1e-4;

/**
 * The loss of the micrograd notebook: each point asks for a score of at least 1 on its own side (a support vector
 * machine's max-margin loss), and the sum of the squared parameters, times 1e-4, keeps them small.
 * @returns the loss, with its graph, and the share of points on the right side, 0 to 1.
 */
export function classify(net: MLP, points: readonly Point[]): { loss: Value; accuracy: number } {
  let right = 0;
  let hinge = new Value(0);
  for (const { x, y, label } of points) {
    const score = net.forward([x, y])[0]!;
    if (score.data > 0 === label > 0) right += 1;
    hinge = hinge.add(score.mul(-label).add(1).relu());
  }
  let squares = new Value(0);
  for (const parameter of net.parameters()) squares = squares.add(parameter.mul(parameter));
  const loss = hinge.div(points.length).add(squares.mul(ALPHA));
  return { loss, accuracy: right / points.length };
}

/**
 * One update of gradient descent: the backward pass from the loss, and a step of every parameter against its gradient.
 * @param zeroGrad false leaves the gradients of earlier updates in place: the classic mistake, to see what it does.
 */
export function descend(net: MLP, loss: Value, rate: number, zeroGrad = true): void {
  if (zeroGrad) net.zeroGrad();
  loss.backward();
  for (const parameter of net.parameters()) parameter.data -= rate * parameter.grad;
}
