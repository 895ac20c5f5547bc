/**
 * The roles that have a color throughout the site: a value that flows forward and a gradient that flows back.
 * `\val{x}` and `\grad{x}` carry a class instead of a color, so that light, dark and print each choose their own.
 * @type {import('katex').KatexOptions}
 */
export const katexOptions = {
  macros: { '\\val': '\\htmlClass{value}{#1}', '\\grad': '\\htmlClass{gradient}{#1}' },
  trust: (context) => context.command === '\\htmlClass',
  strict: (code) => (code === 'htmlExtension' ? 'ignore' : 'error'),
  throwOnError: true,
};

/** A longer formula may break between its parts, and has to. */
const SHORT_FORMULA_PARTS = 2;

/** Rehype plugin: keeps a short formula and the punctuation that follows it on one line. */
export function rehypeFormulaEnds() {
  return (/** @type {import('hast').Root} */ tree) => {
    visitParents(tree, (children) => {
      for (let i = children.length - 2; i >= 0; i--) {
        const [formula, text] = [children[i], children[i + 1]];
        if (formula?.type !== 'element' || text?.type !== 'text' || !hasClass(formula, 'katex')) continue;
        const end = text.value.match(/^[.,:;!?)]+/)?.[0];
        if (!end || count(formula, 'base') > SHORT_FORMULA_PARTS) continue;
        text.value = text.value.slice(end.length);
        children[i] = {
          type: 'element',
          tagName: 'span',
          properties: { className: ['formula-end'] },
          children: [formula, { type: 'text', value: end }],
        };
      }
    });
  };
}

/** @type {(node: import('hast').Element, name: string) => boolean} */
const hasClass = ({ properties: { className } }, name) => Array.isArray(className) && className.includes(name);

/** @type {(node: import('hast').Element, name: string) => number} */
const count = (node, name) =>
  node.children.reduce(
    (sum, child) => sum + (child.type === 'element' ? count(child, name) : 0),
    hasClass(node, name) ? 1 : 0,
  );

/** @type {(node: import('hast').Parent, visit: (children: import('hast').ElementContent[]) => void) => void} */
function visitParents(node, visit) {
  for (const child of node.children) {
    if ('children' in child && !(child.type === 'element' && hasClass(child, 'katex'))) visitParents(child, visit);
  }
  visit(/** @type {import('hast').ElementContent[]} */ (node.children));
}

/** Rehype plugin: rehype-katex reports bad TeX as a message and leaves red text in the page; here it ends the build. */
export function rehypeKatexErrors() {
  return (/** @type {unknown} */ _tree, /** @type {import('vfile').VFile} */ file) => {
    const fault = file.messages.find((message) => message.source === 'rehype-katex');
    if (fault) throw new Error(`${file.path}:${fault.line ?? '?'}: ${fault.message} ${fault.cause ?? ''}`);
  };
}
