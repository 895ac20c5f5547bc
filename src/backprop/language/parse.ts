import { SyntaxError as GrammarError, parse as parseGrammar } from './grammar.peggy';

/** A stretch of the source, in UTF-16 units, `end` excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What stands between the parentheses of a call; `dlogits.sum(1, keepdim=True)` gives dlogits, 1 and keepdim. */
export interface Given {
  readonly name?: string;
  readonly value: Node;
}

export type Operator = '+' | '-' | '*' | '/' | '@' | '**';

export type Node =
  | { readonly kind: 'number'; readonly data: number; readonly span: Span }
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'negate'; readonly operand: Node; readonly span: Span }
  | { readonly kind: 'list'; readonly items: readonly Node[]; readonly span: Span }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Given[]; readonly span: Span }
  | {
      readonly kind: 'binary';
      readonly operator: Operator;
      readonly left: Node;
      readonly right: Node;
      readonly span: Span;
    };

/** A line such as `dh = dlogits @ W2.T`. */
export interface Line {
  /** What stands before the `=`, if anything. */
  readonly target: { readonly text: string; readonly span: Span } | null;
  readonly value: Node;
}

/** What is wrong with a line, as a sentence for its author, and where. */
export class LineError extends Error {
  override readonly name = 'LineError';
  readonly span: Span;

  constructor(message: string, span: Span) {
    super(message);
    this.span = span;
  }
}

const MAX_LENGTH = 1000;
const MAX_NESTING = 60;

/** @throws LineError with a sentence and the span that it is about. */
export function parseLine(written: string): Line {
  // What a phone or a word processor makes of - and *.
  const source = written.replaceAll('−', '-').replaceAll('×', '*');
  if (source.trim() === '') throw new LineError('The line is empty.', { start: 0, end: source.length });
  if (source.length > MAX_LENGTH)
    throw new LineError(
      `The line has ${source.length.toLocaleString('en-US')} characters, and ${MAX_LENGTH.toLocaleString('en-US')} are read.`,
      { start: MAX_LENGTH, end: source.length },
    );
  checkNesting(source);
  try {
    return parseGrammar(source) as Line;
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    const { start, end } = error.location;
    throw new LineError(sentence(error, source), { start: start.offset, end: end.offset });
  }
}

function checkNesting(source: string): void {
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    if ('(['.includes(source[i]!)) depth += 1;
    if (')]'.includes(source[i]!)) depth -= 1;
    if (depth > MAX_NESTING)
      throw new LineError(`Parentheses are nested more than ${MAX_NESTING} deep.`, { start: i, end: i + 1 });
  }
}

/** The parser’s list of what it would have accepted, turned into one sentence. */
function sentence({ expected, found, location }: GrammarError, source: string): string {
  const wantsOperand = expected?.some((each) => each.type === 'other' && each.description === 'number') ?? false;
  if (found === null)
    return wantsOperand
      ? 'The line ends where a number or a tensor should follow.'
      : 'The line ends too early: a “)” or “]” is missing.';
  const rest = source.slice(location.start.offset);
  if (found === ')' || found === ']')
    return wantsOperand
      ? `Before this “${found}” a number or a tensor is missing.`
      : `This “${found}” closes nothing that is open here.`;
  if (rest.startsWith('=='))
    return 'Numbers cannot be compared here: argmax tells the place of the largest, and oneHot marks it.';
  if (found === '=') return 'Only the tensor that is asked for can stand before “=”.';
  if (found === '[')
    return 'There are no indices in brackets here: gather(table, indices) reads rows, oneHot(Y, K) marks places.';
  if (found === '.') return 'After a “.” the name of a function should follow, as in x.sum(0) or W2.T.';
  if (/^[\w(]/.test(rest))
    return `An operator is missing before “${found}”: * multiplies element by element, @ matrices.`;
  if (/^[-+*/^@,]/.test(rest)) return `Before this “${found}” a number or a tensor is missing.`;
  if (!/^[\p{L}\p{N}\p{P}\p{S}]/u.test(found)) return 'An invisible character stands here.';
  return `The character “${found}” means nothing here.`;
}
