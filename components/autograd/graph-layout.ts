import { Graph, layout } from '@dagrejs/dagre';
import { edgePath, type Place } from '../charts/edge-path.ts';

/** What a layout depends on: two graphs of the same shape look alike, whatever their numbers. */
export interface GraphShape {
  /** The nodes that node i is computed from, by index; every node stands after its inputs. */
  readonly inputs: readonly (readonly number[])[];
  readonly widths: readonly number[];
  /** Of every node. */
  readonly height: number;
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly (Place & { readonly width: number })[];
  /** `slot` tells which input of `to` the edge is. */
  readonly edges: readonly {
    readonly from: number;
    readonly to: number;
    readonly slot: number;
    /** The `d` of its path. */
    readonly path: string;
    readonly middle: Place;
  }[];
}

/** Places a graph from top (inputs) to bottom (result). */
export function layoutGraph({ inputs, widths, height: nodeHeight }: GraphShape): GraphLayout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 22, ranksep: 40, marginx: 4, marginy: 4 });
  graph.setDefaultEdgeLabel(() => ({}));
  // Backwards, because where dagre has no reason to choose it puts last what it met first; a reader expects the first
  // operand on the left.
  for (let i = inputs.length - 1; i >= 0; i--) graph.setNode(String(i), { width: widths[i]!, height: nodeHeight });
  for (let to = inputs.length - 1; to >= 0; to--) {
    for (let slot = inputs[to]!.length - 1; slot >= 0; slot--) {
      graph.setEdge(String(inputs[to]![slot]), String(to), {}, String(slot));
    }
  }
  layout(graph);

  const { width, height } = graph.graph() as { width: number; height: number };
  const place = ({ x, y }: Place): Place => ({ x: round(x), y: round(y) });
  return {
    width: round(width),
    height: round(height),
    nodes: widths.map((nodeWidth, i) => ({ ...place(graph.node(String(i)) as Place), width: nodeWidth })),
    edges: graph.edges().map((edge) => {
      const points = (graph.edge(edge) as { points: Place[] }).points.map(place);
      const middle = points[Math.floor(points.length / 2)]!;
      return { from: Number(edge.v), to: Number(edge.w), slot: Number(edge.name), path: edgePath(points), middle };
    }),
  };
}

const round = (x: number): number => Math.round(10 * x) / 10;
