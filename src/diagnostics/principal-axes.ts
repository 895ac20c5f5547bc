const ROUNDS = 200;

/**
 * The directions in which points vary most: unit eigenvectors of their covariance, the largest first, by power iteration.
 * @param points (count, dimensions), row after row.
 * @returns `axes` vectors of `dimensions` numbers; where points do not vary any more, zeros.
 */
export function principalAxes(points: ArrayLike<number>, dimensions: number, axes: number): Float64Array[] {
  const centered = center(points, dimensions);
  const found: Float64Array[] = [];
  for (let axis = 0; axis < axes; axis++) {
    // Any start that is not orthogonal to the axis will do; this one is the same every time.
    let direction: Float64Array = Float64Array.from({ length: dimensions }, (_, i) => Math.sin(i + 1 + axis));
    for (let round = 0; round < ROUNDS; round++) direction = normalized(without(found, spread(centered, direction)));
    found.push(direction);
  }
  return found;
}

/** Each point’s place along each axis: (count, axes), row after row. The points’ mean is at 0. */
export function project(points: ArrayLike<number>, dimensions: number, axes: readonly Float64Array[]): Float64Array {
  const centered = center(points, dimensions);
  const count = centered.length / dimensions;
  return Float64Array.from({ length: count * axes.length }, (_, i) => {
    const row = Math.floor(i / axes.length) * dimensions;
    return dot(centered.subarray(row, row + dimensions), axes[i % axes.length]!);
  });
}

function center(points: ArrayLike<number>, dimensions: number): Float64Array {
  const count = points.length / dimensions;
  const mean = new Float64Array(dimensions);
  for (let i = 0; i < points.length; i++) mean[i % dimensions]! += points[i]! / count;
  return Float64Array.from(points, (x, i) => x - mean[i % dimensions]!);
}

/** The covariance (times the count) times a direction. */
function spread(centered: Float64Array, direction: Float64Array): Float64Array {
  const image = new Float64Array(direction.length);
  for (let row = 0; row < centered.length; row += direction.length) {
    const along = dot(centered.subarray(row, row + direction.length), direction);
    for (let i = 0; i < image.length; i++) image[i]! += along * centered[row + i]!;
  }
  return image;
}

/** What is left of a vector when its parts along unit vectors are taken off. */
function without(units: readonly Float64Array[], vector: Float64Array): Float64Array {
  return units.reduce((rest, unit) => {
    const along = dot(rest, unit);
    return rest.map((x, i) => x - along * unit[i]!);
  }, vector);
}

function normalized(vector: Float64Array): Float64Array {
  const length = Math.hypot(...vector);
  return length > 1e-12 ? vector.map((x) => x / length) : new Float64Array(vector.length);
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
