import type { NumberField } from '../../src/training/settings.ts';

/** A seed from within the bounds of its field. */
export function drawSeed({ min, max }: NumberField): number {
  const [draw] = crypto.getRandomValues(new Uint32Array(1));
  return min + (draw! % (max - min + 1));
}
