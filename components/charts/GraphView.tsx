import { useId } from 'preact/hooks';
import type { Place } from './edge-path.ts';
import './graph.css';

export interface GraphNode {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly kind: 'leaf' | 'constant' | 'operation';
  readonly name: string;
  /** How the node is computed. */
  readonly formula: string;
  readonly value: string;
  /** Empty where the backward pass has not been yet. */
  readonly gradient: string;
  /** Where the backward pass stands. */
  readonly active: boolean;
}

export interface GraphEdge {
  /** The `d` of its path. */
  readonly path: string;
  /** Where a label stands on it. */
  readonly middle: Place;
  /** What flows back along the edge in the step on screen. */
  readonly contribution?: string | undefined;
}

interface Props {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Three lines of text: name, value, gradient. */
export const NODE_HEIGHT = 64;

/** A graph of computed values, drawn from its inputs above to its result below. */
export function GraphView({ width, height, nodes, edges }: Props) {
  const arrow = useId();
  const description = nodes.map(describe).join('; ');
  return (
    <svg
      class="graph"
      viewBox={`0 0 ${width} ${height}`}
      style={{ maxWidth: `${width * 1.15}px`, minWidth: `${width * 0.9}px` }}
      role="img"
      aria-label={`Graph: ${description}.`}
    >
      {/* Two arrowheads, as no Safari yet paints one in the color of its line. */}
      {[false, true].map((active) => (
        <marker
          key={String(active)}
          id={`${arrow}${active}`}
          class={active ? 'active' : undefined}
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M0 0.5 L8 4 L0 7.5z" />
        </marker>
      ))}
      {edges.map(({ path, contribution }, i) => (
        <path
          key={i}
          class={contribution === undefined ? 'edge' : 'edge active'}
          d={path}
          marker-end={`url(#${arrow}${contribution !== undefined})`}
        />
      ))}
      {nodes.map(({ x, y, width: nodeWidth, kind, name, formula, value, gradient, active }, i) => (
        <g
          key={i}
          class={`node ${kind}${active ? ' active' : ''}`}
          transform={`translate(${x - nodeWidth / 2} ${y - NODE_HEIGHT / 2})`}
        >
          <rect width={nodeWidth} height={NODE_HEIGHT} rx={kind === 'operation' ? 8 : NODE_HEIGHT / 2.6} />
          <text class="node-name" x={nodeWidth / 2} y={kind === 'constant' ? NODE_HEIGHT / 2 + 5 : 18}>
            {name}
            {kind === 'operation' && <tspan class="node-formula">{` = ${formula}`}</tspan>}
          </text>
          {kind !== 'constant' && (
            <>
              <text class="value" x={nodeWidth / 2} y="37">
                {value}
              </text>
              <text class="gradient" x={nodeWidth / 2} y="55">
                {gradient === '' ? '·' : gradient}
              </text>
            </>
          )}
        </g>
      ))}
      {edges.map(({ middle, contribution }, i) => {
        if (contribution === undefined) return null;
        return (
          <text key={i} class="contribution" x={middle.x} y={middle.y + 4}>
            {contribution}
          </text>
        );
      })}
    </svg>
  );
}

function describe({ kind, name, formula, value, gradient }: GraphNode): string {
  if (kind === 'constant') return `the number ${name}`;
  const made = kind === 'operation' ? `${name} = ${formula}` : name;
  return `${made} is ${value}${gradient === '' ? '' : ` with gradient ${gradient}`}`;
}
