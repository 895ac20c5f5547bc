/** Which of its optional slots an exercise has. An island has to be told, since Astro hands it the empty ones too. */
export interface FilledSlots {
  readonly hint: boolean;
  readonly solution: boolean;
}

/**
 * @param slots `Astro.slots` of the exercise.
 * @throws Error if there is no solution. Most often there is one, and MDX took it for a part of the prompt.
 */
export function requireSolution(id: string, slots: { has(name: string): boolean }): FilledSlots {
  if (slots.has('solution')) return filledSlots(slots);
  throw new Error(
    `The exercise “${id}” has no solution. Write <Fragment slot="solution">…</Fragment> in it, with a blank line before.`,
  );
}

export function filledSlots(slots: { has(name: string): boolean }): FilledSlots {
  return { hint: slots.has('hint'), solution: slots.has('solution') };
}
