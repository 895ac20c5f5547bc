// Listings in a post are cut out of the source files at build time, so that the text cannot show code that is not there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

export interface SourceListing {
  /** The file, relative to the project's root. */
  readonly path: string;
  /** The declarations with their comments, dedented, a blank line between them. */
  readonly code: string;
  /** Where they stand: `line 7`, `lines 3-9`, `lines 3-9, 20-24`. */
  readonly lines: string;
}

/** Lines of a file, counted from 1, both ends included. */
interface Range {
  readonly first: number;
  readonly last: number;
}

interface Declaration {
  /** `Value`, or `Value.mul` for a member. */
  readonly name: string;
  readonly node: ts.Node;
}

/**
 * Reads one or several declarations of one source file.
 * @param of `path` for the whole file, or `path#name` with the name of a function, class, const, type, or of a member (`Value.mul`).
 * @param root the folder that paths are relative to.
 * @throws Error with a sentence that lists what there is, if the file or the name does not exist.
 */
export function sourceListing(of: string | readonly string[], root = process.cwd()): SourceListing {
  const references = [of].flat().map((reference) => {
    const hash = reference.indexOf('#');
    return hash < 0 ? { path: reference } : { path: reference.slice(0, hash), name: reference.slice(hash + 1) };
  });
  const path = references[0]?.path;
  if (!path) throw new Error('A listing needs a file, as in of="src/autograd/value.ts#Value.mul".');
  const other = references.find((reference) => reference.path !== path);
  if (other) throw new Error(`A listing shows one file, and this one asks for ${path} and for ${other.path}.`);

  const text = read(root, path);
  const lines = text.trimEnd().split(/\r?\n/);
  const ranges = joinAdjacent(
    references.flatMap(({ name }) => (name === undefined ? { first: 1, last: lines.length } : find(path, text, name))),
  );
  return {
    path,
    code: ranges.map(({ first, last }) => dedent(lines.slice(first - 1, last))).join('\n\n'),
    lines: nameLines(ranges),
  };
}

function read(root: string, path: string): string {
  const file = join(root, path);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const folder = dirname(path);
  const files = existsSync(join(root, folder)) ? readdirSync(join(root, folder)).join(', ') : undefined;
  throw new Error(
    `There is no file ${path} to list. ${files === undefined ? `There is no folder ${folder} either.` : `${folder} has: ${files}.`}`,
  );
}

/** More than one range where a name is declared more than once, as an overloaded function is. */
function find(path: string, text: string, name: string): Range[] {
  if (!/\.[cm]?[jt]sx?$/.test(path)) {
    throw new Error(`“${name}” cannot be looked up in ${path}: names are found in TypeScript and JavaScript only.`);
  }
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const all = [...declarations(file)];
  const found = all.filter((declaration) => declaration.name === name);
  if (found.length === 0) {
    const names = [...new Set(all.map((declaration) => declaration.name))];
    throw new Error(`${path} has no “${name}”. It has: ${names.join(', ')}.`);
  }
  const lineOf = (position: number) => file.getLineAndCharacterOfPosition(position).line + 1;
  return found.map(({ node }) => ({ first: lineOf(startWithComments(file, node)), last: lineOf(node.end) }));
}

function* declarations(file: ts.SourceFile): Generator<Declaration> {
  for (const node of file.statements) {
    if (ts.isVariableStatement(node)) {
      for (const { name } of node.declarationList.declarations) yield { name: name.getText(file), node };
    } else if (ts.isFunctionDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
      if (node.name) yield { name: node.name.text, node };
    } else if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)) {
      const owner = node.name?.text ?? 'default';
      yield { name: owner, node };
      for (const member of node.members) {
        const name = ts.isConstructorDeclaration(member) ? 'constructor' : member.name?.getText(file);
        if (name) yield { name: `${owner}.${name}`, node: member };
      }
    }
  }
}

/** A comment belongs to what follows it unless a blank line parts them. */
function startWithComments(file: ts.SourceFile, node: ts.Node): number {
  let start = node.getStart(file);
  for (const comment of (ts.getLeadingCommentRanges(file.text, node.pos) ?? []).reverse()) {
    if (/\n\s*\n/.test(file.text.slice(comment.end, start))) break;
    start = comment.pos;
  }
  return start;
}

/** Ranges without even a blank line between them, such as the signatures of an overload, stay together. */
function joinAdjacent(ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const range of ranges) {
    const previous = joined.at(-1);
    if (previous && previous.last + 1 === range.first) joined[joined.length - 1] = { ...previous, last: range.last };
    else joined.push(range);
  }
  return joined;
}

function dedent(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join('\n');
}

function nameLines(ranges: readonly Range[]): string {
  const single = ranges.length === 1 && ranges[0]!.first === ranges[0]!.last;
  const places = ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
  return `${single ? 'line' : 'lines'} ${places.join(', ')}`;
}
