/**
 * Straight lines from point to point, as the `d` of a path. What is no number leaves a gap, and a point between two gaps is
 * a dot. d3-shape does the same at four times the weight of the charts that are drawn before anyone presses a button.
 */
export function polyline<T>(points: readonly T[], x: (point: T) => number, y: (point: T) => number): string {
  let path = '';
  let inRow = 0;
  const lift = () => {
    if (inRow === 1) path += 'Z'; // A path of one point is drawn where it is closed.
    inRow = 0;
  };
  for (const point of points) {
    const [left, top] = [x(point), y(point)];
    if (Number.isNaN(left) || Number.isNaN(top)) {
      lift();
      continue;
    }
    path += `${inRow === 0 ? 'M' : 'L'}${round(left)},${round(top)}`;
    inRow += 1;
  }
  lift();
  return path;
}

/** A tenth of a pixel cannot be seen. */
const round = (place: number): number => Math.round(10 * place) / 10;
