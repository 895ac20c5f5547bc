import { evaluateLine, type Scope } from './language/evaluate.ts';
import { parseLine } from './language/parse.ts';
import { FUSED_STEPS, type FusedStep, type PARAMETERS, STEPS, type Step } from './steps.ts';
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

/** The 26 lines and the two long ones. */
export type Task =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'fused'; readonly step: FusedStep };
export const TASKS: readonly Task[] = [
  ...STEPS.map((step) => ({ kind: 'step', step }) as const),
  ...FUSED_STEPS.map((step) => ({ kind: 'fused', step }) as const),
];

/** What tells a task from the others: dlogits is asked for twice. */
export const idOf = ({ kind, step }: Task): string => (kind === 'step' ? `d${step.name}` : `d${step.name} in one line`);

/** Which gradients a line may be made of: those that came before it. */
export function givenGradients(task: Task): string[] {
  if (task.kind === 'fused') return task.step.from.map((name) => name.slice(1));
  return STEPS.slice(0, STEPS.indexOf(task.step)).map(({ name }) => name);
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

/** The lines of the forward pass in which a tensor is used, as they would be written. */
export function usesOf(name: string): string[] {
  if (name === 'logprobs') return ['loss = -(the mean over i of logprobs[i, Y[i]])'];
  return STEPS.toReversed()
    .filter((step) => inputsOf(step).includes(name))
    .map((step) => `${step.name} = ${step.forward}`);
}

/** The tensors of `STEPS` that one is computed from. */
export function inputsOf({ forward = '' }: Step): string[] {
  return STEPS.map(({ name }) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(forward));
}
