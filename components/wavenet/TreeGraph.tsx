import { useEffect, useRef } from 'preact/hooks';
import { useBox } from '../charts/use-box.ts';
import type { TreeNode, View } from './receptive-model.ts';

interface Props {
  readonly view: View;
  readonly text: readonly string[];
  readonly nodes: readonly TreeNode[];
  /** What is said of each level, from the symbols up. */
  readonly levels: readonly string[];
  /** Nodes that stand out: those of the chosen tree, or what hangs together with the node in hand. */
  readonly lit: ReadonlySet<string>;
  readonly inHand: string | undefined;
  /** Without it, the graph is a picture. */
  readonly onPick?: ((id: string | undefined) => void) | undefined;
  readonly describe: (node: TreeNode) => string;
}

const ROW = 66;
const LEFT = 80;
const BOX = { width: 26, height: 28 };
const TOP = 22;
/** A tree is as wide as the room for it, and its type as large as elsewhere; where there is too little, its box scrolls. */
const ROOM = { width: 464, height: 0 };
const [NARROWEST, WIDEST] = [28, 44];
/** All places of a word stand side by side. */
const EVERYWHERE = 36;

/** Symbols at the bottom, what joins them above. */
export function TreeGraph({ view, text, nodes, levels, lit, inHand, onPick, describe }: Props) {
  const svg = useRef<SVGSVGElement>(null);
  const box = useRef<Element>(null);
  const room = useBox(box, ROOM);
  const first = Math.min(...nodes.map(({ from }) => from));
  const last = Math.max(...nodes.map(({ at }) => at));
  const fitting = (room.width - LEFT - 4) / (last - first + 1);
  const column = view === 'everywhere' ? EVERYWHERE : Math.max(NARROWEST, Math.min(WIDEST, fitting));
  const width = LEFT + (last - first + 1) * column + 4;
  const height = TOP + (levels.length - 1) * ROW + BOX.height / 2 + 8;
  const x = ({ from, at }: TreeNode) => LEFT + ((view === 'everywhere' ? at : (from + at) / 2) - first + 0.5) * column;
  const y = ({ level }: TreeNode) => TOP + (levels.length - 1 - level) * ROW;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  // Where the graph is wider than its box, the chosen context comes into it.
  const end = Math.max(...nodes.filter(({ id, level }) => level > 0 && lit.has(id)).map(({ at }) => at));
  useEffect(() => {
    const { clientWidth } = box.current!;
    if (inHand === undefined) box.current!.scrollLeft = LEFT + (end - first + 1) * column + 24 - clientWidth;
  }, [view, end, room.width]);
  return (
    <svg
      ref={(drawn) => {
        svg.current = drawn;
        box.current = drawn?.parentElement ?? null;
      }}
      class={`tree-graph is-${view}`}
      viewBox={`0 0 ${width} ${height}`}
      style={{ width: `${width}px` }}
      role="group"
      aria-label="What is joined with what"
    >
      {levels.map((label, level) => (
        <text key={label} class="tree-level" x={0} y={TOP + (levels.length - 1 - level) * ROW + 4}>
          {label}
        </text>
      ))}
      {nodes.flatMap((node) =>
        node.joins.map((id) => {
          const from = byId.get(id)!;
          const isLit = lit.has(id) && lit.has(node.id);
          return (
            <line
              key={`${id} ${node.id}`}
              class={isLit ? 'tree-edge is-lit' : 'tree-edge'}
              x1={x(from)}
              y1={y(from) - BOX.height / 2}
              x2={x(node)}
              y2={y(node) + BOX.height / 2}
            />
          );
        }),
      )}
      {nodes.map((node) => {
        const isLeaf = node.level === 0;
        const state = `${lit.has(node.id) ? ' is-lit' : ''}${node.id === inHand ? ' is-in-hand' : ''}`;
        return (
          <g
            key={node.id}
            class={`tree-node${isLeaf ? ' is-leaf' : ''}${state}`}
            transform={`translate(${x(node)} ${y(node)})`}
            {...(onPick && {
              role: 'button',
              tabindex: 0,
              'aria-label': describe(node),
              'aria-pressed': node.id === inHand,
              onPointerEnter: (event: PointerEvent) => event.pointerType === 'mouse' && onPick(node.id),
              onFocus: () => onPick(node.id),
              onClick: () => onPick(node.id),
            })}
          >
            <rect
              x={-BOX.width / 2}
              y={-BOX.height / 2}
              width={BOX.width}
              height={BOX.height}
              rx={isLeaf ? 4 : BOX.height / 2}
            />
            {isLeaf && (
              <text y={5} text-anchor="middle">
                {text[node.at]}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
