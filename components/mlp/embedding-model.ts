import { principalAxes, project } from '../../src/diagnostics/principal-axes.ts';
import type { LabeledPoint } from '../charts/PointMap.tsx';

const VOWELS = 'aeiou';

/** Two axes for the vectors of an embedding: its own where it has two, the principal ones where it has more. */
export type Axes = readonly Float64Array[] | undefined;

/**
 * The axes to draw an embedding by. An eigenvector may as well point the other way; it is turned so that it goes on where
 * the last ones were, and the map does not flip while it trains.
 * @param embedding (symbols, dimensions), row after row.
 */
export function axesOf(embedding: ArrayLike<number>, dimensions: number, last: Axes): Axes {
  if (dimensions === 2) return undefined;
  return principalAxes(embedding, dimensions, 2).map((axis, i) => {
    const before = last?.[i];
    const turned = before?.length === axis.length && axis.reduce((sum, x, k) => sum + x * before[k]!, 0) < 0;
    return turned ? axis.map((x) => -x) : axis;
  });
}

/** The symbols as points of the plane; the vowels are highlighted. */
export function pointsOf(
  embedding: ArrayLike<number>,
  dimensions: number,
  symbols: readonly string[],
  axes: Axes,
): LabeledPoint[] {
  const places = axes ? project(embedding, dimensions, axes) : embedding;
  return symbols.map((label, i) => ({
    label,
    x: places[2 * i]!,
    y: places[2 * i + 1]!,
    highlighted: VOWELS.includes(label),
  }));
}

/** How far the vowels are from each other on average, and all letters, in the embedding itself; undefined without vowels. */
export function vowelDistances(
  embedding: ArrayLike<number>,
  dimensions: number,
  symbols: readonly string[],
): { readonly vowels: number; readonly letters: number } | undefined {
  const letters = symbols.map((_, i) => i).slice(1); // without the mark of a word’s end
  const vowels = letters.filter((i) => VOWELS.includes(symbols[i]!));
  if (vowels.length < 2) return undefined;
  const mean = (group: readonly number[]) => {
    const pairs = group.flatMap((i, k) => group.slice(k + 1).map((j) => distance(embedding, dimensions, i, j)));
    return pairs.reduce((sum, one) => sum + one, 0) / pairs.length;
  };
  return { vowels: mean(vowels), letters: mean(letters) };
}

function distance(embedding: ArrayLike<number>, dimensions: number, i: number, j: number): number {
  let squares = 0;
  for (let k = 0; k < dimensions; k++) {
    const difference = embedding[i * dimensions + k]! - embedding[j * dimensions + k]!;
    squares += difference * difference;
  }
  return Math.sqrt(squares);
}
