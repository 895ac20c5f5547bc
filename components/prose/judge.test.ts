import { describe, expect, test } from 'vitest';
import { judgeChoice, judgeNumber, judgeOrder, readNumber, type Step, show } from './judge.ts';
import { stepsOf } from './operations.ts';

describe('a number is read as people write it', () => {
  test.for([
    ['-0.5', -0.5],
    ['−0.5', -0.5],
    ['− 0.5', -0.5],
    ['0,5', 0.5],
    ['+.5', 0.5],
    ['5.', 5],
    [' 1e-3 ', 0.001],
    ['1/4', 0.25],
    ['-3 / 8', -0.375],
    ['1,5/3', 0.5],
    ['0,125', 0.125],
    ['12,34', 12.34],
  ] as const)('%j', ([text, number]) => {
    expect(readNumber(text)).toBe(number);
  });

  test.for([
    ['', 'Type a number first.'],
    ['  ', 'Type a number first.'],
    ['half', '“half” is not a number'],
    ['1 2', 'is not a number'],
    ['1.2.3', 'is not a number'],
    ['50%', 'is not a number'],
    ['1/2/3', 'is not a number'],
    ['/2', 'is not a number'],
    ['Infinity', 'is not a number'],
    ['0x10', 'is not a number'],
    ['1/0', 'cannot have 0 below the line'],
    ['12,345', 'can mean 12345 or 12.345'],
    ['1e999', 'larger than a double'],
  ] as const)('%j is refused with a sentence', ([text, sentence]) => {
    expect(readNumber(text)).toContain(sentence);
    expect(judgeNumber(text, 1, 0.1)).toMatchObject({ state: 'open', sentence: readNumber(text) });
  });
});

describe('a number is judged', () => {
  test.for([
    ['3.14', 'right', 'Right: 3.142.'],
    ['22/7', 'right', 'Right'],
    ['3.16', 'wrong', 'close'],
    ['-3.14', 'wrong', 'the sign is not'],
    ['4', 'wrong', '4 is too large'],
    ['-1', 'wrong', '−1 is too small'],
    ['pi', 'open', 'not a number'],
  ] as const)('%s for π within 0.01 is %s', ([answer, state, sentence]) => {
    const verdict = judgeNumber(answer, Math.PI, 0.01);
    expect(verdict.state).toBe(state);
    expect(verdict.sentence).toContain(sentence);
  });

  test('an answer exactly one tolerance away counts, whatever the last bit of the doubles says', () => {
    expect(judgeNumber('0.3', 0.1 + 0.2, 0).state).toBe('right');
    expect(judgeNumber('0.4', 0.3, 0.1).state).toBe('right');
    expect(judgeNumber('0', 0, 0).state).toBe('right');
  });
});

test('a choice is answered by why it is right or wrong', () => {
  const options = [
    { text: 'Yes', right: true, why: 'Gradients add up.' },
    { text: 'No', why: 'That would lose one of them.' },
  ];
  expect(judgeChoice('Yes', options)).toEqual({ state: 'right', sentence: 'Right. Gradients add up.' });
  expect(judgeChoice('No', options)).toMatchObject({
    state: 'wrong',
    sentence: 'Not quite. That would lose one of them.',
  });
  expect(judgeChoice('', options).state).toBe('open');
  expect(judgeChoice('An option of last year', options).state).toBe('open');
});

describe('the operations of an expression', () => {
  const texts = (expression: string) => stepsOf(expression).map(({ text }) => text);

  test('are named as the expression names them, and know who uses them', () => {
    expect(stepsOf('d = a*b; e = a + b; d*e')).toEqual([
      { name: 'd', text: 'd = a*b', users: ['d*e'] },
      { name: 'd*e', text: 'd*e', users: [] },
      { name: 'e', text: 'e = a + b', users: ['d*e'] },
    ]);
  });

  test.for([
    ['a - (b - c)', 'a - (b - c)'],
    ['(a - b) - c', 'a - b - c'],
    ['(a + b)*c', '(a + b)*c'],
    ['a + b*2', 'a + b*2'],
    ['(-a)**2', '(-a)**2'],
    ['-(a**2)', '-a**2'],
    ['a/(b/c)', 'a/(b/c)'],
    ['tanh(a + b)', 'tanh(a + b)'],
  ] as const)('%s keeps the parentheses that it needs', ([expression, text]) => {
    expect(texts(expression)).toContain(text);
  });

  test('that cannot be ordered or told apart end the build', () => {
    expect(() => stepsOf('a + b')).toThrow('too few operations');
    expect(() => stepsOf('a*b + a*b')).toThrow('two operations that read “a*b”');
    expect(() => stepsOf('a +')).toThrow('ends where a number');
  });
});

/** All orders of a list. */
function permutations<T>(list: readonly T[]): T[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((first, i) => permutations(list.toSpliced(i, 1)).map((rest) => [first, ...rest]));
}

describe('an order is judged', () => {
  const steps = stepsOf('d = a*b; e = a + b; d*e');

  test.for([
    ['d*e; d; e', 'right', 'Right'],
    ['d*e; e; d', 'right', 'Right'],
    ['e; d*e; d', 'wrong', 'e cannot come before d*e, which uses it'],
    ['d*e; d', 'open', 'Place all 3 operations first: 1 is missing'],
    ['', 'open', '3 are missing'],
    ['d*e; d; of an older post', 'open', '1 is missing'],
  ] as const)('%s is %s', ([answer, state, sentence]) => {
    const verdict = judgeOrder(answer, steps);
    expect(verdict.state).toBe(state);
    expect(verdict.sentence).toContain(sentence);
  });

  test('of 120 orders of a graph with two paths from a shared value, those pass that were counted by hand', () => {
    // s feeds p and q, p and q feed t, t feeds u. So u, t first and s last; p and q either way: 2 orders.
    const diamond = stepsOf('s = a + b; p = s*2; q = tanh(s); t = p - q; u = exp(t)');
    const passed = permutations<Step>(diamond)
      .map((order) => order.map(({ name }) => name).join('; '))
      .filter((answer) => judgeOrder(answer, diamond).state === 'right');
    expect(passed.sort()).toEqual(['u; t; p; q; s', 'u; t; q; p; s']);
  });
});

test('a number in a sentence has few digits and a true minus sign', () => {
  expect([show(-1 / 3), show(12), show(1e-7), show(123456.7, 6)]).toEqual(['−0.3333', '12', '1e−7', '123457']);
});

test('where thousands are expected, they may be grouped, and the answer is told in full', () => {
  for (const answer of ['21897', '21,897']) {
    expect(judgeNumber(answer, 21897, 0)).toEqual({ state: 'right', sentence: 'Right: 21,897.' });
  }
  expect(judgeNumber('21,9', 21897, 0).state).toBe('wrong');
  expect(judgeNumber('1,500', 1.5, 0).state).toBe('open');
});
