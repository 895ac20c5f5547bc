/** A point of the plane and the side it belongs to: +1 or -1. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly label: 1 | -1;
}

/** Any generator of normal numbers, such as `PythonRandom`. */
export interface GaussSource {
  gauss(mean: number, standardDeviation: number): number;
}

/** A curve of one side: `t` runs over 0 to 1. */
type Curve = (t: number) => [x: number, y: number];

const scatter = (count: number, label: 1 | -1, noise: number, random: GaussSource, curve: Curve): Point[] =>
  Array.from({ length: count }, (_, i) => {
    const [x, y] = curve(count > 1 ? i / (count - 1) : 0);
    return { x: x + random.gauss(0, noise), y: y + random.gauss(0, noise), label };
  });

/** Two interleaved half circles, centered. The geometry is that of scikit-learn's `make_moons`. */
export function moons(count: number, random: GaussSource, noise = 0.1): Point[] {
  const upper = Math.floor(count / 2);
  return [
    ...scatter(upper, -1, noise, random, (t) => [Math.cos(Math.PI * t) - 0.5, Math.sin(Math.PI * t) - 0.25]),
    ...scatter(count - upper, 1, noise, random, (t) => [0.5 - Math.cos(Math.PI * t), 0.25 - Math.sin(Math.PI * t)]),
  ];
}

/** A circle of radius 0.5 inside one of radius 1.25. */
export function circles(count: number, random: GaussSource, noise = 0.1): Point[] {
  const outer = Math.floor(count / 2);
  const circle = (n: number, radius: number): Curve => {
    const turn = (2 * Math.PI * (n - 1)) / n;
    return (t) => [radius * Math.cos(turn * t), radius * Math.sin(turn * t)];
  };
  return [
    ...scatter(outer, -1, noise, random, circle(outer, 1.25)),
    ...scatter(count - outer, 1, noise, random, circle(count - outer, 0.5)),
  ];
}

/** Two arms, wound once around the origin. */
export function spiral(count: number, random: GaussSource, noise = 0.04): Point[] {
  const first = Math.floor(count / 2);
  const arm = (phase: number): Curve => {
    return (t) => {
      const radius = 0.15 + 1.2 * t;
      const angle = 2 * Math.PI * t + phase;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    };
  };
  return [...scatter(first, -1, noise, random, arm(0)), ...scatter(count - first, 1, noise, random, arm(Math.PI))];
}
