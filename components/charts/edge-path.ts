import { curveBasis, line } from 'd3-shape';

/** A place in the coordinates of a drawing. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

const smooth = line<Place>(
  ({ x }) => x,
  ({ y }) => y,
)
  .curve(curveBasis)
  .digits(1);

/**
 * The edge of a graph along the points that a layout gave it, as the `d` of a path. It is drawn where graphs are laid out,
 * and not where they are shown: a page that shows one does without d3-shape.
 */
export const edgePath = (points: readonly Place[]): string => smooth([...points]) ?? '';
