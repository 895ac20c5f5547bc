/**
 * Straight lines from point to point, as the `d` of a path. What is no number leaves a gap, and a point between two gaps is
 * a dot. From one point to the next it says how far, which in a page weighs half of where. d3-shape does the same at four
 * times the weight of the charts that are drawn before anyone presses a button.
 */
export function polyline<T>(points: readonly T[], x: (point: T) => number, y: (point: T) => number): string {
  let path = '';
  let inRow = 0;
  let last: readonly [number, number] = [0, 0];
  const lift = () => {
    if (inRow === 1) path += 'Z'; // A path of one point is drawn where it is closed.
    inRow = 0;
  };
  for (const point of points) {
    const [left, top] = [tenths(x(point)), tenths(y(point))];
    if (Number.isNaN(left) || Number.isNaN(top)) {
      lift();
      continue;
    }
    path += inRow === 0 ? `M${pair(left, top)}` : `l${pair(left - last[0], top - last[1])}`;
    last = [left, top];
    inRow += 1;
  }
  lift();
  return path;
}

/** Less than a tenth of a pixel cannot be seen. Whole numbers, so that steps add up to where the line has come. */
const tenths = (place: number): number => Math.round(10 * place);

/** A minus sign divides two numbers as well as a comma. */
const pair = (x: number, y: number): string => `${x / 10}${y < 0 ? '' : ','}${y / 10}`;
