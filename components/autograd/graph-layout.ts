import { Graph, layout } from '@dagrejs/dagre';
import { NODE_HEIGHT } from '../charts/GraphView.tsx';

/** What a layout depends on: two graphs of the same shape look alike, whatever their numbers. */
export interface GraphShape {
  /** The nodes that node i is computed from, by index; every node stands after its inputs. */
  readonly inputs: readonly (readonly number[])[];
  readonly widths: readonly number[];
}

interface Place {
  readonly x: number;
  readonly y: number;
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
    readonly points: readonly Place[];
  }[];
}

/** Places a graph from top (inputs) to bottom (result). */
export function layoutGraph({ inputs, widths }: GraphShape): GraphLayout {
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

  const { width, height } = graph.graph() as { width: number; height: number };
  const placed = inputs.map((_, i) => graph.node(String(i)) as Place);
  const mirror = readsBackwards(inputs, placed);
  const place = ({ x, y }: Place): Place => ({ x: round(mirror ? width - x : x), y: round(y) });
  return {
    width: round(width),
    height: round(height),
    nodes: placed.map((node, i) => ({ ...place(node), width: widths[i]! })),
    edges: graph.edges().map((edge) => ({
      from: Number(edge.v),
      to: Number(edge.w),
      slot: Number(edge.name),
      points: (graph.edge(edge) as { points: Place[] }).points.map(place),
    })),
  };
}

/** dagre has no opinion on left and right; a reader expects the first operand on the left. */
function readsBackwards(inputs: GraphShape['inputs'], places: readonly Place[]): boolean {
  let balance = 0;
  for (const operands of inputs) {
    const [first, last] = [operands[0], operands.at(-1)];
    if (first !== undefined) balance += Math.sign(places[last!]!.x - places[first]!.x);
  }
  return balance < 0;
}

const round = (x: number): number => Math.round(10 * x) / 10;
