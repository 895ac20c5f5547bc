import type { TinyNetworkSaved } from './run.ts';
import type { TinyNetworkSettings } from './settings.ts';

/** Whether something that was stored can be what a run with these settings saved. */
export function isSaved(stored: unknown, { hidden }: TinyNetworkSettings): stored is TinyNetworkSaved {
  const { step, losses, accuracies, parameters, gradients } = (stored ?? {}) as Partial<TinyNetworkSaved>;
  const sizes = [2, ...hidden, 1];
  const count = sizes.slice(1).reduce((sum, width, i) => sum + width * (sizes[i]! + 1), 0);
  const numbers = (list: unknown, length: number | undefined): boolean =>
    (Array.isArray(list) || list instanceof Float64Array) &&
    list.length === length &&
    Array.from(list).every(Number.isFinite);
  return (
    Number.isInteger(step) &&
    numbers(losses, (step ?? 0) + 1) &&
    numbers(accuracies, (step ?? 0) + 1) &&
    numbers(parameters, count) &&
    numbers(gradients, count)
  );
}
