// What the page says to an answer. Answers are the text that the reader gave; no rule here knows a page.
import type { Span } from '../../src/autograd/expression/program.ts';

export interface Verdict {
  /** `open` until there is an answer that can be judged: nothing given, or nothing that can be read. */
  readonly state: 'open' | 'right' | 'wrong';
  /** What to tell the reader; empty while nothing was checked. */
  readonly sentence: string;
  /** The part of the answer that the sentence is about. */
  readonly span?: Span;
}

export interface Option {
  readonly text: string;
  readonly right?: boolean;
  /** Said when the option is chosen: why it is right, or what makes it wrong. */
  readonly why: string;
}

/** One node of a graph that the reader puts into an order. */
export interface Step {
  /** What stands for the node in a sentence: its name, or else the operation itself. */
  readonly name: string;
  /** The operation with its name, if it has one: `e = a + b`. */
  readonly text: string;
  /** The names of the steps that take this one's value as an input. */
  readonly users: readonly string[];
}

export const right = (sentence: string): Verdict => ({ state: 'right', sentence });
export const wrong = (sentence: string, span?: Span): Verdict => ({ state: 'wrong', sentence, span });
export const open = (sentence: string, span?: Span): Verdict => ({ state: 'open', sentence, span });

/** A number for a sentence, to `digits` significant digits, with a true minus sign; whole numbers in full. */
export const show = (x: number, digits = 4): string => {
  const text =
    Number.isInteger(x) && Math.abs(x) < 1e9 ? x.toLocaleString('en-US') : String(Number(x.toPrecision(digits)));
  return text.replaceAll('-', '−');
};

const DECIMAL = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i;

/**
 * Reads a number as people write it: `-0.5`, `−0.5`, `0,5`, `1e-3`, `1/3`.
 * @returns the number, or a sentence that says what is wrong with it.
 */
export function readNumber(text: string): number | string {
  const answer = text.trim().replaceAll('−', '-');
  if (answer === '') return 'Type a number first.';
  const parts = answer.split('/').map((part) => part.trim().replace(/^([+-])\s+/, '$1'));
  if (parts.length > 2 || !parts.every((part) => DECIMAL.test(part))) {
    return `“${text.trim()}” is not a number. Write it as 0.5, -2, 1e-3 or 1/3.`;
  }
  const thousands = parts.find((part) => /^[+-]?[1-9]\d{0,2},\d{3}$/.test(part));
  if (thousands) {
    const [whole, rest] = thousands.split(',');
    return `“${thousands}” can mean ${whole}${rest} or ${whole}.${rest}. Write it without the comma.`;
  }
  const [numerator, denominator = 1] = parts.map((part) => Number(part.replace(',', '.')));
  if (denominator === 0) return 'A fraction cannot have 0 below the line.';
  const number = numerator! / denominator;
  return Number.isFinite(number) ? number : `“${text.trim()}” is larger than a double can be (about 1.8e308).`;
}

/** @param tolerance how far the answer may be from the expected number, in its own units. */
export function judgeNumber(answer: string, expected: number, tolerance: number): Verdict {
  // Where thousands are expected, a comma before three digits can only group them.
  const number = readNumber(Math.abs(expected) >= 1000 ? answer.replace(/(\d),(?=\d{3}\b)/g, '$1') : answer);
  if (typeof number === 'string') return open(number);
  // 0.3 is 0.30000000000000004 away from 0 in doubles: the last digits are not the reader's.
  const allowed = tolerance + 1e-12 * Math.abs(expected);
  const distance = Math.abs(number - expected);
  if (distance <= allowed) return right(`Right: ${show(expected)}.`);
  if (Math.abs(number + expected) <= allowed) return wrong('Not yet: the size is right, but the sign is not.');
  if (distance <= 10 * allowed)
    return wrong('Not yet, but close: give more digits, or look for a rounding on the way.');
  return wrong(`Not yet: ${show(number)} is too ${number > expected ? 'large' : 'small'}.`);
}

/** @param answer the text of the chosen option. */
export function judgeChoice(answer: string, options: readonly Option[]): Verdict {
  const chosen = options.find(({ text }) => text === answer);
  if (!chosen) return open('Choose one of the answers first.');
  return chosen.right ? right(`Right. ${chosen.why}`) : wrong(`Not quite. ${chosen.why}`);
}

/** The steps that an answer names, in its order; what is no step, or is named again, is left out. */
export function readOrder(answer: string, steps: readonly Step[]): Step[] {
  const names = new Set(answer.split(';').map((name) => name.trim()));
  return [...names].flatMap((name) => steps.find((step) => step.name === name) ?? []);
}

export const writeOrder = (order: readonly Step[]): string => order.map(({ name }) => name).join('; ');

/**
 * Whether the backward pass may visit the steps in this order: a value's gradient is complete, and may be passed on,
 * once everything that uses the value has passed its own on.
 * @param answer names of steps, parted by “;”.
 */
export function judgeOrder(answer: string, steps: readonly Step[]): Verdict {
  const order = readOrder(answer, steps);
  const missing = steps.length - order.length;
  if (missing > 0)
    return open(`Place all ${steps.length} operations first: ${missing} ${missing === 1 ? 'is' : 'are'} missing.`);
  for (const [place, step] of order.entries()) {
    const visited = order.slice(0, place).map(({ name }) => name);
    const user = step.users.find((name) => !visited.includes(name));
    if (user) return wrong(`Not yet: ${step.name} cannot come before ${user}, which uses it.`);
  }
  return right('Right: every value comes after all that use it.');
}
