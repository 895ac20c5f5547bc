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

/** Rehype plugin: rehype-katex reports bad TeX as a message and leaves red text in the page; here it ends the build. */
export function rehypeKatexErrors() {
  return (/** @type {unknown} */ _tree, /** @type {import('vfile').VFile} */ file) => {
    const fault = file.messages.find((message) => message.source === 'rehype-katex');
    if (fault) throw new Error(`${file.path}:${fault.line ?? '?'}: ${fault.message} ${fault.cause ?? ''}`);
  };
}
