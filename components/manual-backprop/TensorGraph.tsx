import { useEffect, useRef } from 'preact/hooks';
import type { TensorGraphLayout } from './tensor-graph-layout.ts';

export const NODE_HEIGHT = 26;

interface Props {
  readonly layout: TensorGraphLayout;
  /** The tensors whose gradients are there. */
  readonly reached: ReadonlySet<string>;
  readonly current: string;
  /** Without it, the graph is a picture. */
  readonly onChoose?: ((name: string) => void) | undefined;
}

/** The tensors of the forward pass from the table above to the loss below, and how far the backward pass has come. */
export function TensorGraph({ layout, reached, current, onChoose }: Props) {
  const { width, height, nodes, edges } = layout;
  const svg = useRef<SVGSVGElement>(null);
  // The graph is higher than its box: where the pass stands comes into the middle of it, and the page stays where it is.
  useEffect(() => {
    const box = svg.current!.parentElement!;
    const { y } = nodes.find(({ name }) => name === current)!;
    box.scrollTop = (y / height) * svg.current!.clientHeight - box.clientHeight / 2;
  }, [current]);
  return (
    <svg
      ref={svg}
      class="tensor-graph"
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label="Tensors of the forward pass"
    >
      {edges.map(({ from, to, path }) => (
        <path key={`${from} ${to}`} class={reached.has(from) ? 'tensor-edge is-reached' : 'tensor-edge'} d={path} />
      ))}
      {nodes.map(({ name, x, y, width: nodeWidth }) => {
        const isLoss = name === 'loss';
        const state = name === current ? ' is-current' : isLoss || reached.has(name) ? ' is-reached' : '';
        return (
          <g
            key={name}
            class={`tensor-node${state}`}
            transform={`translate(${x - nodeWidth / 2} ${y - NODE_HEIGHT / 2})`}
            {...(!isLoss &&
              onChoose && {
                role: 'button',
                // In small letters: what is set on an element of SVG after the page was built keeps its case.
                tabindex: 0,
                'aria-label': `${name}${reached.has(name) ? ', gradient known' : ''}`,
                'aria-current': name === current ? ('step' as const) : undefined,
                onClick: () => onChoose(name),
                onKeyDown: (event: KeyboardEvent) => {
                  if (event.key !== 'Enter' && event.key !== ' ') return;
                  event.preventDefault();
                  onChoose(name);
                },
              })}
          >
            <rect width={nodeWidth} height={NODE_HEIGHT} rx={6} />
            <text x={nodeWidth / 2} y={NODE_HEIGHT / 2 + 4} text-anchor="middle">
              {name}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
