import { circles, moons, type Point, spiral } from '../../autograd/points.ts';
import { PythonRandom } from '../../random/python-random.ts';
import { decodePoints } from './own-points.ts';
import type { TinyNetworkSettings } from './settings.ts';

const POINTS = 100;

/** The points of a run, and the generator that made them, about to make the weights. */
export function samplePoints(settings: TinyNetworkSettings): { points: Point[]; random: PythonRandom } {
  const random = new PythonRandom(settings.seed);
  if (settings.points === 'own') return { points: decodePoints(settings.own), random };
  return { points: { moons, circles, spiral }[settings.points](POINTS, random), random };
}

/** The points that a run with these settings trains on. */
export const pointsOf = (settings: TinyNetworkSettings): Point[] => samplePoints(settings).points;
