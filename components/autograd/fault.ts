import { ExpressionError, type Span } from '../../src/autograd/expression/program.ts';

/** What is wrong with the reader’s expression, as a sentence, and where. */
export interface Fault {
  readonly message: string;
  readonly span: Span;
}

export const isFault = (result: object): result is Fault => 'message' in result;

/** What an expression gives, or what is wrong with it. */
export function orFault<T>(compute: () => T): T | Fault {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ExpressionError) return { message: error.message, span: error.span };
    throw error;
  }
}
