import type { Value } from './value.ts';

/**
 * All values that `end` was computed from, and `end` itself, each after its own inputs. Without recursion, so that a long
 * sum does not exhaust the call stack.
 */
export function topologicalOrder(end: Value): Value[] {
  const order: Value[] = [];
  const seen = new Set<Value>([end]);
  const stack: { value: Value; next: number }[] = [{ value: end, next: 0 }];
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    const input = top.value.inputs[top.next];
    top.next += 1;
    if (input === undefined) {
      order.push(top.value);
      stack.pop();
    } else if (!seen.has(input)) {
      seen.add(input);
      stack.push({ value: input, next: 0 });
    }
  }
  return order;
}

/** The values at which the backward pass does something, in its order: `end` first, and no leaves. */
export function backwardSteps(end: Value): Value[] {
  return topologicalOrder(end)
    .filter((value) => value.inputs.length > 0)
    .reverse();
}

/**
 * Sets every gradient to what it is after the first `count` steps of the backward pass from `end`: after 0 steps, only
 * `end` has one, d(end)/d(end) = 1.
 */
export function backwardUpTo(end: Value, count: number): void {
  for (const value of topologicalOrder(end)) value.grad = 0;
  end.grad = 1;
  for (const value of backwardSteps(end).slice(0, count)) value.propagate();
}
