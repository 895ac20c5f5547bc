import type { Refusal } from '../../src/training/settings.ts';

/** Settings that were not taken, each with the sentence that says why. */
export function Refusals({ refusals }: { readonly refusals: readonly Refusal[] }) {
  return (
    <>
      {refusals.map(({ name, sentence }) => (
        <p key={name} class="refusal" role="alert">
          {sentence}
        </p>
      ))}
    </>
  );
}
