/** What a bibliography says of a post. */
export interface Cited {
  /** The post's name in its address; it makes the key. */
  readonly id: string;
  readonly title: string;
  /** First names, then the family name. */
  readonly author: string;
  readonly blog: string;
  readonly published: Date;
  readonly url: string;
}

/** Characters that TeX reads as commands, and how it prints them. */
const TEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '%': '\\%',
  '#': '\\#',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  // The old BibTeX reads bytes, and knows the apostrophe only as this one.
  '’': "'",
};

const tex = (text: string): string => text.replace(/[\\{}$&%#_~^’]/g, (character) => TEX[character]!);

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;

/** The entry of a post for BibTeX and biblatex. The title is in braces twice, so that no style takes its capitals away. */
export function bibtex({ id, title, author, blog, published, url }: Cited): string {
  const names = author.split(' ');
  const family = names.pop()!;
  const year = published.getUTCFullYear();
  const fields = {
    author: `{${tex(family)}, ${tex(names.join(' '))}}`,
    title: `{{${tex(title)}}}`,
    // Biblatex prints it before the address, and BibTeX's own styles print it where they know no url.
    howpublished: `{${tex(blog)}}`,
    year: `{${year}}`,
    month: MONTHS[published.getUTCMonth()]!,
    url: `{${url}}`,
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name.padEnd(12)} = ${value},`);
  return `@misc{${family.toLowerCase()}${year}${id.toLowerCase()},\n${lines.join('\n')}\n}`;
}
