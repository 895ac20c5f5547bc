import { EXTENT } from '../../src/training/tiny-network/own-points.ts';

/** The score at the sample of the surface that is nearest. */
export function scoreNear(surface: ArrayLike<number>, x: number, y: number): number {
  const last = Math.round(Math.sqrt(surface.length)) - 1;
  const at = (z: number) => Math.min(last, Math.max(0, Math.round(((z + EXTENT) / (2 * EXTENT)) * last)));
  return surface[at(y) * (last + 1) + at(x)] ?? Number.NaN;
}
