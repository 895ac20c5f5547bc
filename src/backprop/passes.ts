import { evaluateLine, type Scope } from './language/evaluate.ts';
import { parseLine } from './language/parse.ts';
import { type FusedStep, type PARAMETERS, STEPS } from './steps.ts';
import { givenGradients, type Task } from './tasks.ts';
import { oneHot, scalar, type Tensor } from './tensor.ts';

/** What a pass begins with. */
export interface Beginning {
  /** By their names in `PARAMETERS`; bngain and bnbias have the shape (1, H). */
  readonly parameters: Readonly<Record<(typeof PARAMETERS)[number], Tensor>>;
  /** Contexts, (n, T). */
  readonly X: Tensor;
  /** Targets, (n). */
  readonly Y: Tensor;
}

/** Every tensor of the forward pass by its name, with X, Y and the lengths that shapes are made of. */
export function forwardPass({ parameters, X, Y }: Beginning): Scope {
  const scope = new Map<string, Tensor>([
    ...Object.entries(parameters),
    ['X', X],
    ['Y', Y],
    ['n', scalar(Y.shape[0]!)],
    ['K', scalar(parameters.C.shape[0]!)],
    ['T', scalar(X.shape[1]!)],
    ['D', scalar(parameters.C.shape[1]!)],
    ['H', scalar(parameters.W1.shape[1]!)],
  ]);
  for (const { name, forward } of STEPS.toReversed())
    if (forward) scope.set(name, evaluateLine(parseLine(forward), scope));
  return scope;
}

/** The mean negative log-likelihood in nats. */
export function lossOf(scope: Scope): number {
  const logprobs = scope.get('logprobs')!;
  const picked = oneHot(scope.get('Y')!, scope.get('K')!.data[0]!);
  return -picked.data.reduce((sum, one, i) => sum + (one === 1 ? logprobs.data[i]! : 0), 0) / picked.shape[0]!;
}

/** The gradient of the loss by each tensor of `STEPS`, by hand, under its own name. */
export function backwardPass(forward: Scope): ReadonlyMap<string, Tensor> {
  const scope = new Map(forward);
  const gradients = new Map<string, Tensor>();
  for (const { name, backward } of STEPS) {
    const gradient = evaluateLine(parseLine(backward), scope);
    gradients.set(name, gradient);
    scope.set(`d${name}`, gradient);
  }
  return gradients;
}

/** What a line may name: the forward pass, and those gradients. */
export function scopeOf(task: Task, forward: Scope, gradients: ReadonlyMap<string, Tensor>): Scope {
  const visible = task.kind === 'fused' ? upTo(task.step, forward) : [...forward];
  return new Map([...visible, ...givenGradients(task).map((name) => [`d${name}`, gradients.get(name)!] as const)]);
}

/** Of the logits in one line, what comes after them in the forward pass is of no use; BatchNorm in one line has its own. */
function upTo({ name }: FusedStep, forward: Scope): [string, Tensor][] {
  const after = STEPS.slice(
    0,
    STEPS.findIndex((step) => step.name === (name === 'logits' ? 'logits' : 'hpreact')),
  );
  return [...forward].filter(([each]) => !after.some((step) => step.name === each && step.forward));
}
