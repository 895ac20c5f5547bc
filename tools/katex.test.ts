import { unified } from '@astrojs/markdown-remark';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import { expect, test } from 'vitest';
import { katexOptions, rehypeFormulaEnds, rehypeKatexErrors } from './katex.mjs';

async function render(markdown: string): Promise<string> {
  const processor = unified({
    remarkPlugins: [remarkMath],
    rehypePlugins: [[rehypeKatex, katexOptions], rehypeKatexErrors, rehypeFormulaEnds],
  });
  const renderer = await processor.createRenderer({} as never);
  return (await renderer.render(markdown, {} as never)).code;
}

test('a formula is rendered, and its roles are classes', async () => {
  const html = await render('So $\\grad{a} = \\val{b}$ holds.');
  expect(html).toContain('enclosing gradient');
  expect(html).toContain('enclosing value');
});

test.for(['$\\frac{1$', '$\\nosuchmacro$', '$a^b^c$'])('the bad TeX %s ends the build', async (markdown) => {
  await expect(render(`Text ${markdown} text.`)).rejects.toThrow(/KaTeX|math/i);
});

test('a short formula keeps its punctuation, a long one may break', async () => {
  expect(await render('See $h$: more.')).toMatch(/<span class="formula-end">.*<\/span>:<\/span> more/);
  expect(await render('See $a = b = c = d$: more.')).not.toContain('formula-end');
});
