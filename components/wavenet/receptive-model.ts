import { BLOCK, LEVELS } from '../../src/training/wavenet/receptive-field.ts';

/** What the figure draws: one context’s tree, the same context joined at once, or all trees of a word on each other. */
export type View = 'pairs' | 'all' | 'everywhere';

/** Something that is computed from the symbols `from` to `at` of the text; of level 0 are the symbols themselves. */
export interface TreeNode {
  readonly id: string;
  readonly level: number;
  /** The place in the text of the last symbol that it sees, and of the first. */
  readonly at: number;
  readonly from: number;
  /** The nodes that it joins. */
  readonly joins: readonly string[];
}

/** A word after as many dots as a context has places. */
export const textOf = (word: string): string[] => [...'.'.repeat(BLOCK), ...word];

/** How many characters each level’s node sees. */
const reachOf = (view: View, level: number): number => (view === 'all' && level > 0 ? BLOCK : 2 ** level);
const idOf = (level: number, at: number): string => `${level}:${at}`;

function nodeOf(view: View, level: number, at: number): TreeNode {
  const from = at - reachOf(view, level) + 1;
  const half = 2 ** (level - 1);
  const joined =
    level === 0 ? [] : view === 'all' ? Array.from({ length: BLOCK }, (_, i) => from + i) : [at - half, at];
  return { id: idOf(level, at), level, at, from, joins: joined.map((place) => idOf(level - 1, place)) };
}

/**
 * The nodes of a view, the symbols first.
 * @param length of the text.
 * @param end the place of the last symbol of the chosen context.
 */
export function nodesOf(view: View, length: number, end: number): TreeNode[] {
  const nodes: TreeNode[] = [];
  const top = view === 'all' ? 1 : LEVELS;
  for (let level = 0; level <= top; level++) {
    const [first, last, step] =
      view === 'everywhere'
        ? [reachOf(view, level) - 1, length - 1, 1]
        : [end - BLOCK + reachOf(view, level), end, reachOf(view, level)];
    for (let at = first; at <= last; at += step) nodes.push(nodeOf(view, level, at));
  }
  return nodes;
}

/** A node with all that it is computed from, by their ids. */
export function below(nodes: readonly TreeNode[], id: string): Set<string> {
  const found = new Set([id]);
  for (const node of nodes.toReversed()) if (found.has(node.id)) for (const each of node.joins) found.add(each);
  return found;
}

/** A node with all that is computed from it. */
export function above(nodes: readonly TreeNode[], id: string): Set<string> {
  const found = new Set([id]);
  for (const node of nodes) if (node.joins.some((each) => found.has(each))) found.add(node.id);
  return found;
}

/** The last level’s node of a context. */
export const rootOf = (view: View, end: number): string => idOf(view === 'all' ? 1 : LEVELS, end);

/** How many joins a context’s tree has, and how many of them other trees of the same text have too. */
export function sharedJoins(length: number, end: number): { own: number; shared: number } {
  const nodes = nodesOf('everywhere', length, end);
  const joins = (place: number) => [...below(nodes, rootOf('everywhere', place))].filter((id) => !id.startsWith('0:'));
  const others = new Set<string>();
  for (let place = BLOCK - 1; place < length; place++) if (place !== end) for (const id of joins(place)) others.add(id);
  const own = joins(end);
  return { own: own.length, shared: own.filter((id) => others.has(id)).length };
}
