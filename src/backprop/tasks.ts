import { FUSED_STEPS, type FusedStep, STEPS, type Step } from './steps.ts';

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
