import { Graph, layout } from '@dagrejs/dagre';
import { STEPS } from '../../src/backprop/steps.ts';
import { inputsOf } from '../../src/backprop/tasks.ts';
import { edgePath, type Place } from '../charts/edge-path.ts';
import { NODE_HEIGHT } from './TensorGraph.tsx';

/** Where the tensors of the forward pass are drawn: the table above, the loss below. */
export interface TensorGraphLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly (Place & { readonly name: string; readonly width: number })[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly path: string }[];
}

const LETTER = 7.2;
const LOSS = 'loss';

/** Placed once, when the page is built: the graph is always the same. */
export function layoutTensors(): TensorGraphLayout {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 12, ranksep: 22, marginx: 2, marginy: 2 });
  graph.setDefaultEdgeLabel(() => ({}));
  const names = [...STEPS.map(({ name }) => name), LOSS];
  for (const name of names.toReversed()) graph.setNode(name, { width: widthOf(name), height: NODE_HEIGHT });
  for (const step of STEPS) for (const input of inputsOf(step)) graph.setEdge(input, step.name);
  graph.setEdge('logprobs', LOSS);
  layout(graph);
  const round = ({ x, y }: Place): Place => ({ x: Math.round(10 * x) / 10, y: Math.round(10 * y) / 10 });
  const { width, height } = graph.graph() as { width: number; height: number };
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    nodes: names.map((name) => ({ name, ...round(graph.node(name) as Place), width: widthOf(name) })),
    edges: graph.edges().map((edge) => ({
      from: edge.v,
      to: edge.w,
      path: edgePath((graph.edge(edge) as { points: Place[] }).points.map(round)),
    })),
  };
}

const widthOf = (name: string): number => Math.round(name.length * LETTER + 16);
