import { contours } from 'd3-contour';

/**
 * Where a score over a square is at least each threshold, as the `d` of a path.
 * @param scores on a square grid from corner to corner, rows from low y to high y.
 * @param size the side of the square that the paths are drawn in; its y grows downwards.
 */
export function contourPaths(scores: ArrayLike<number>, thresholds: readonly number[], size: number): string[] {
  const side = Math.round(Math.sqrt(scores.length));
  // d3-contour puts the center of sample i at i + 1/2; the first and the last sample lie on the frame.
  const toPlane = (x: number): string => (((x - 0.5) / (side - 1)) * size).toFixed(1);
  const areas = contours()
    .size([side, side])
    .thresholds([...thresholds])(Array.from(scores));
  return areas.map(({ coordinates }) =>
    coordinates
      .flat()
      .map((ring) => `M${ring.map(([x, y]) => `${toPlane(x!)} ${toPlane(side - y!)}`).join('L')}Z`)
      .join(''),
  );
}
