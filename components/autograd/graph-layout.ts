import { Graph, layout } from '@dagrejs/dagre';

export const NODE_HEIGHT = 64;

export interface PlacedNode {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface PlacedEdge {
  readonly from: number;
  readonly to: number;
  /** Which input of `to` the edge is. */
  readonly slot: number;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/**
 * Places a graph from top (inputs) to bottom (result).
 * @param inputs the nodes that node i is computed from, by index.
 * @param widths the width of each node.
 */
export function layoutGraph(inputs: readonly (readonly number[])[], widths: readonly number[]): GraphLayout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 22, ranksep: 40, marginx: 4, marginy: 4 });
  graph.setDefaultEdgeLabel(() => ({}));
  inputs.forEach((_, i) => {
    graph.setNode(String(i), { width: widths[i]!, height: NODE_HEIGHT });
  });
  inputs.forEach((from, to) => {
    from.forEach((input, slot) => {
      graph.setEdge(String(input), String(to), {}, String(slot));
    });
  });
  layout(graph);
  const size = graph.graph() as { width: number; height: number };
  return {
    width: size.width,
    height: size.height,
    nodes: inputs.map((_, i) => {
      const { x, y } = graph.node(String(i)) as PlacedNode;
      return { x, y, width: widths[i]! };
    }),
    edges: graph.edges().map((edge) => {
      const { points } = graph.edge(edge) as Pick<PlacedEdge, 'points'>;
      return { from: Number(edge.v), to: Number(edge.w), slot: Number(edge.name), points };
    }),
  };
}
