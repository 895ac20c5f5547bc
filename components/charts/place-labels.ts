/** A point, or where the middle of its label is, in pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

const ANGLES = [0, -45, 45, -90, 90, -135, 135, 180];

/**
 * Where labels of one size go, so that none covers another one or a point: as near to its own point as there is room.
 * @param radius of a label; @param box that none of them leaves.
 */
export function placeLabels(
  points: readonly Spot[],
  radius: number,
  box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
): Spot[] {
  const placed: Spot[] = [];
  const isInside = ({ x, y }: Spot) =>
    x - radius >= box.left && x + radius <= box.right && y - radius >= box.top && y + radius <= box.bottom;
  const apart = (a: Spot, b: Spot) => Math.hypot(a.x - b.x, a.y - b.y);
  for (const point of points) {
    const free = candidates(point, radius).find(
      (spot) =>
        isInside(spot) &&
        placed.every((other) => apart(spot, other) >= 2 * radius + 1) &&
        points.every((other) => apart(spot, other) >= radius + 4),
    );
    placed.push(free ?? { x: point.x + 2 * radius, y: point.y });
  }
  return placed;
}

/** Around a point, the near ones first. */
const candidates = ({ x, y }: Spot, radius: number): Spot[] =>
  [1, 2, 3, 4, 5, 6, 7, 8].flatMap((ring) => {
    const reach = radius * (0.6 + ring);
    return ANGLES.map((angle) => {
      const turn = (angle * Math.PI) / 180;
      return { x: x + reach * Math.cos(turn), y: y + reach * Math.sin(turn) };
    });
  });
