// What draws a run other than the recorded one, whose picture comes with the page.
export { pointsOf } from '../../src/training/tiny-network/points-of.ts';
export { contourPaths } from '../charts/contour-paths.ts';
