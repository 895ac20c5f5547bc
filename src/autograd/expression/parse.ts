import { SyntaxError as GrammarError, parse as parseGrammar } from './grammar.peggy';
import { ExpressionError, type Node, type Program, type Span } from './program.ts';

export { ExpressionError, type Node, type Program, type Span, type Statement } from './program.ts';

export const FUNCTIONS = ['tanh', 'exp', 'log', 'relu'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];
export const isFunction = (name: string): name is FunctionName => (FUNCTIONS as readonly string[]).includes(name);

const MAX_LENGTH = 2000;
/** A longer name would not fit into a node of the drawn graph. */
const MAX_NAME = 10;

/**
 * Reads an expression such as `e = a + b; e * e`. Operators are + - * / ** (or ^), functions those of `Value`.
 * @throws ExpressionError with a sentence and the span that it is about.
 */
export function parse(source: string): Program {
  if (source.trim() === '') {
    throw new ExpressionError('The expression is empty. Try a*b + c.', { start: 0, end: source.length });
  }
  if (source.length > MAX_LENGTH) {
    const length = source.length.toLocaleString('en-US');
    throw new ExpressionError(
      `The expression has ${length} characters; this figure reads up to ${MAX_LENGTH.toLocaleString('en-US')}.`,
      { start: MAX_LENGTH, end: source.length },
    );
  }
  const program = grammarParse(source);
  for (const { name, value } of program) {
    if (name) checkName(name.text, name.span);
    checkNames(value);
  }
  return program;
}

function grammarParse(source: string): Program {
  try {
    return parseGrammar(source) as Program;
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    const { start, end } = error.location;
    throw new ExpressionError(sentence(error, source), { start: start.offset, end: end.offset });
  }
}

/** The parser's list of what it would have accepted, turned into one sentence. */
function sentence({ message, expected, found, location }: GrammarError, source: string): string {
  if (expected === null) return message; // raised by the grammar itself, in words
  const wantsOperand = expected.some((e) => e.type === 'other' && e.description === 'number');
  if (found === null) {
    if (wantsOperand) return 'The expression ends where a number or a name should follow.';
    return 'The expression ends too early: a “)” is missing.';
  }
  const rest = source.slice(location.start.offset);
  if (found === ')' && !wantsOperand) return 'This “)” closes nothing: no “(” is open here.';
  if (found === ')') return 'Before this “)” a number or a name is missing.';
  if (found === '=') return 'Only a name can stand before “=”, as in e = a + b.';
  if (found === ',') return 'Functions here take one number, so there is nothing to separate by “,”.';
  if (/^[\p{L}\p{Nd}_.(]/u.test(rest)) return `An operator is missing before “${found}”: write * to multiply.`;
  if (/^[-+*/^;]/.test(found)) return `Before this “${found}” a number or a name is missing.`;
  return `The character “${found}” means nothing here. Use names, numbers, + - * / ** ( ) and ${FUNCTIONS.join(', ')}.`;
}

function checkNames(root: Node): void {
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.kind === 'name') checkName(node.name, node.span);
    else if (node.kind === 'negate') pending.push(node.operand);
    else if (node.kind === 'power') pending.push(node.exponent, node.base);
    else if (node.kind === 'binary') pending.push(node.right, node.left);
    else if (node.kind === 'call') {
      if (!isFunction(node.name)) {
        throw new ExpressionError(`There is no function “${node.name}”. There are ${FUNCTIONS.join(', ')}.`, node.span);
      }
      pending.push(node.argument);
    }
  }
}

function checkName(name: string, span: Span): void {
  if (isFunction(name)) {
    throw new ExpressionError(`“${name}” is a function: give it a number, as in ${name}(a).`, span);
  }
  if (name.length > MAX_NAME) {
    throw new ExpressionError(`The name “${name}” is too long: up to ${MAX_NAME} letters fit in a node.`, span);
  }
}
