// An expression as data, and what can be wrong with one. Apart from the parser, so that a program that comes from elsewhere
// is computed without it.

/** A stretch of the source, in UTF-16 units, `end` excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Node =
  | { readonly kind: 'number'; readonly data: number; readonly span: Span }
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'negate'; readonly operand: Node; readonly span: Span }
  | { readonly kind: 'power'; readonly base: Node; readonly exponent: Node; readonly span: Span }
  | { readonly kind: 'call'; readonly name: string; readonly argument: Node; readonly span: Span }
  | {
      readonly kind: 'binary';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: Node;
      readonly right: Node;
      readonly span: Span;
    };

export interface Statement {
  /** What the value is called from here on; absent in a bare expression. */
  readonly name?: { readonly text: string; readonly span: Span };
  readonly value: Node;
}

/** Statements in order; the last one's value is the result. */
export type Program = readonly Statement[];

/** What is wrong with an expression, as a sentence for its author, and where. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  readonly span: Span;

  constructor(message: string, span: Span) {
    super(message);
    this.span = span;
  }
}
