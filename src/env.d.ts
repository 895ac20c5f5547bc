/** A grammar, compiled into a parser by tools/peggy.mjs. */
declare module '*.peggy' {
  interface Position {
    readonly offset: number;
    readonly line: number;
    readonly column: number;
  }
  type Expectation =
    | { readonly type: 'literal'; readonly text: string }
    | { readonly type: 'other'; readonly description: string }
    | { readonly type: 'class' | 'any' | 'end' };
  class GrammarError extends Error {
    readonly expected: readonly Expectation[] | null;
    readonly found: string | null;
    readonly location: { readonly start: Position; readonly end: Position };
  }

  export { GrammarError as SyntaxError };
  export function parse(source: string): unknown;
}
