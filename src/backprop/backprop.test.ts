import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import tiny from '../../reference/fixtures/backprop_tiny.json' with { type: 'json' };
import { isRight, judgeLine } from './judge.ts';
import { evaluateLine } from './language/evaluate.ts';
import { FUNCTIONS } from './language/functions.ts';
import { LineError, parseLine } from './language/parse.ts';
import { MISTAKES } from './mistakes.ts';
import { type Beginning, backwardPass, forwardPass, lossOf, scopeOf } from './passes.ts';
import { STEPS } from './steps.ts';
import { idOf, TASKS } from './tasks.ts';
import type { Tensor } from './tensor.ts';

type Nested = number | readonly Nested[];

/** A tensor of a fixture’s nested lists. */
function tensorOf(nested: Nested): Tensor {
  const shape: number[] = [];
  for (let level: Nested = nested; Array.isArray(level); level = level[0]!) shape.push(level.length);
  return { shape, data: Float64Array.from([nested].flat(9) as number[]) };
}

const beginning: Beginning = {
  parameters: Object.fromEntries(
    Object.entries(tiny.params).map(([name, values]) => [name, tensorOf(values as Nested)]),
  ) as Beginning['parameters'],
  X: tensorOf(tiny.X),
  Y: tensorOf(tiny.Y),
};
const forward = forwardPass(beginning);
const gradients = backwardPass(forward);

function expectEqual(actual: Tensor, expected: Nested, tolerance = 1e-12): void {
  const { shape, data } = tensorOf(expected);
  expect(actual.shape).toEqual(shape);
  for (const [i, x] of data.entries()) expect(Math.abs(actual.data[i]! - x)).toBeLessThanOrEqual(tolerance);
}

describe('the 26 steps, in double precision', () => {
  test('are PyTorch’s, in its order', () => {
    expect(STEPS.map(({ name }) => name).toSorted()).toEqual(Object.keys(tiny.grad).toSorted());
  });

  test('forward', () => {
    expect(lossOf(forward)).toBeCloseTo(tiny.loss, 12);
    for (const [name, values] of Object.entries(tiny.forward)) expectEqual(forward.get(name)!, values as Nested);
  });

  test.for(Object.entries(tiny.grad))('d%s', ([name, values]) => {
    expectEqual(gradients.get(name)!, values as Nested);
  });

  test('the two long lines are the gradients that PyTorch takes many steps to', () => {
    for (const task of TASKS.filter(({ kind }) => kind === 'fused')) {
      const scope = scopeOf(task, forward, gradients);
      expectEqual(
        evaluateLine(parseLine(task.step.backward), scope),
        tiny.grad[task.step.name as keyof typeof tiny.grad] as Nested,
      );
    }
  });
});

describe.for(TASKS.map((task) => [idOf(task), task] as const))('%s', ([, task]) => {
  test('the model answer is right, with and without its name', () => {
    expect(judgeLine(task.step.backward, task, forward, gradients)).toEqual({ kind: 'exact' });
    expect(judgeLine(`d${task.step.name} = ${task.step.backward};`, task, forward, gradients).kind).toBe('exact');
  });

  test('three mistakes or more are wrong, each with its own sentence', () => {
    expect(MISTAKES[idOf(task)]!.length).toBeGreaterThanOrEqual(3);
    for (const { line, why } of MISTAKES[idOf(task)]!) {
      const verdict = judgeLine(line, task, forward, gradients);
      expect(isRight(verdict), line).toBe(false);
      expect('sentence' in verdict && verdict.sentence, line).toContain(why);
    }
  });

  test('every tensor that it names is there', () => {
    const scope = scopeOf(task, forward, gradients);
    expect(scope.has(`d${task.step.name}`)).toBe(false);
  });
});

describe('a right answer in another form is right', () => {
  const answers: Readonly<Record<string, readonly string[]>> = {
    dlogprobs: ['oneHot(Y, K) / -n', '-(1 / n) * F.one_hot(Y, num_classes=K)', '-oneHot(Y, K) * n**-1'],
    dprobs: ['(1.0 / probs) * dlogprobs', 'dlogprobs * probs**-1', 'dlogprobs * counts_sum / counts'],
    dcounts_sum_inv: ['sum(counts * dprobs, 1, true)', '(counts * dprobs).sum(-1, keepdim=True)'],
    dcounts_sum: ['-dcounts_sum_inv / counts_sum**2', '-(counts_sum_inv * counts_sum_inv) * dcounts_sum_inv'],
    dcounts: ['counts_sum_inv * dprobs + onesLike(counts) * dcounts_sum', 'dprobs / counts_sum + dcounts_sum'],
    dnorm_logits: ['dcounts * exp(norm_logits)', 'norm_logits.exp() * dcounts'],
    dlogits: ['oneHot(logits.argmax(1), K) * dlogit_maxes + dnorm_logits', '(softmax(logits, 1) - oneHot(Y, K)) / n'],
    dh: ['matMul(dlogits, transpose(W2))', 'dlogits.matMul(transpose(W2))', '(W2 @ dlogits.T).T'],
    dW2: ['transpose(h) @ dlogits', '(dlogits.T @ h).T'],
    db2: ['sum(dlogits, 0)', 'dlogits.sum(dim=0)', 'dlogits.mean(0) * n'],
    dhpreact: ['dh - dh * h**2', '(1.0 - tanh(hpreact) ** 2) * dh', 'dh * (1 - h) * (1 + h)'],
    dbnvar: ['-0.5 * bnvar_inv**3 * dbnvar_inv', '-(bnvar + 0.00001)**(-3/2) * dbnvar_inv / 2'],
    dbndiff2: ['onesLike(bndiff) / (n - 1) * dbnvar', 'zerosLike(bndiff2) + dbnvar / (n - 1)'],
    dC: ['oneHot(X, K).reshape(-1, K).T @ dembcat.reshape(8, 2)', 'X.view(-1).one_hot(K).T @ demb.view(-1, 2)'],
    demb: ['reshape(dembcat, emb.shape)', 'dembcat.view(n, 2, 2)', 'dembcat.reshape([n, 2, -1])'],
    'dlogits in one line': [
      'exp(logits) / exp(logits).sum(1, keepdim=True) / n - oneHot(Y, K) / n',
      'softmax(logits, 1) / n - oneHot(Y, K) / n',
    ],
    'dhprebn in one line': [
      'bngain * bnvar_inv * (dhpreact - dhpreact.mean(0) - bnraw * (dhpreact * bnraw).sum(0) / (n - 1))',
    ],
  };
  test.for(Object.entries(answers).flatMap(([id, lines]) => lines.map((line) => [id, line] as const)))(
    '%s: %s',
    ([id, line]) => {
      const task = TASKS.find((each) => idOf(each) === id)!;
      const verdict = judgeLine(line, task, forward, gradients);
      expect(isRight(verdict), 'sentence' in verdict ? verdict.sentence : '').toBe(true);
    },
  );
});

describe('what is wrong in a line is said', () => {
  const scope = scopeOf(TASKS[8]!, forward, gradients);
  const cases: readonly (readonly [string, string])[] = [
    ['dlogit @ W2.T', 'There is no tensor “dlogit” here. Did you mean dlogits?'],
    [
      'dlogits @ W2',
      'dlogits and W2: (4, 5) @ (3, 5) does not fit: the 5 columns of the first meet 3 rows of the second.',
    ],
    [
      'dlogits + h',
      'dlogits has the shape (4, 5) and h (4, 3), and these do not broadcast: from the right, two lengths have to be equal, or one of them 1.',
    ],
    ['dlogits.summ(1)', 'There is no function “summ”. Did you mean sum?'],
    ['dlogits.sum(2)', 'There is no axis 2 in the shape (4, 5): its axes are 0 to 1, or from the end −1 to −2.'],
    ['2×n − \u200b', 'An invisible character stands here.'],
    ['sum', '“sum” is a function: it is written sum(x, axis, keepdim).'],
    ['dlogits @', 'The line ends where a number or a tensor should follow.'],
    ['(dlogits', 'The line ends too early: a “)” or “]” is missing.'],
    ['dlogits W2', 'An operator is missing before “W”: * multiplies element by element, @ matrices.'],
    [
      'dlogits[0]',
      'There are no indices in brackets here: gather(table, indices) reads rows, oneHot(Y, K) marks places.',
    ],
    ['dlogits.view(7, -1)', '20 numbers of shape (4, 5) do not fit the shape (7, -1).'],
    ['oneHot(h, K)', 'is no index of 5 rows'],
    ['True', 'The line is no tensor'],
    ['', 'The line is empty.'],
    ['window', 'There is no tensor “window” here.'],
    ['constructor', 'There is no tensor “constructor” here.'],
    ['h.constructor(1)', 'There is no function “constructor”.'],
    ['oneHot(Y, 1000000000)', 'has 4,000,000,000 numbers, and at most 1,000,000 are taken'],
  ];
  test.for(cases)('%s', ([line, sentence]) => {
    expect(() => evaluateLine(parseLine(line), scope)).toThrow(LineError);
    expect(() => evaluateLine(parseLine(line), scope)).toThrow(sentence);
  });
});

describe('ten thousand random lines', () => {
  const names = ['dlogits', 'h', 'W2', 'b2', 'X', 'Y', 'n', 'K', 'probs', 'counts_sum', 'emb', 'window', 'true'];
  const aLine: fc.Arbitrary<string> = fc.letrec<{ line: string }>((tie) => ({
    line: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...names),
      fc.double({ noNaN: true }).map(String),
      fc.integer({ min: -3, max: 12 }).map(String),
      fc
        .tuple(tie('line'), fc.constantFrom('+', '-', '*', '/', '@', '**'), tie('line'))
        .map(([a, operator, b]) => `${a} ${operator} ${b}`),
      fc
        .tuple(fc.constantFrom(...Object.keys(FUNCTIONS)), fc.array(tie('line'), { maxLength: 3 }))
        .map(([name, given]) => `${name}(${given.join(', ')})`),
      fc
        .tuple(tie('line'), fc.constantFrom('.T', '.sum(1, keepdim=True)', '.view(-1, 5)', '.shape'))
        .map((parts) => parts.join('')),
      tie('line').map((line) => `(${line})`),
      tie('line').map((line) => `-${line}`),
    ),
  })).line;
  const noise = fc.string({ unit: fc.constantFrom(...'dlogits @W2.T()[],+-*/=;1e9\n'), maxLength: 60 });

  test('are computed or refused with a sentence, and what is no number is never right', () => {
    const task = TASKS[8]!;
    fc.assert(
      fc.property(fc.oneof(aLine, noise), (line) => {
        const verdict = judgeLine(line, task, forward, gradients);
        if (verdict.kind === 'error') expect(verdict.sentence.length).toBeGreaterThan(5);
        if (isRight(verdict)) {
          const result = evaluateLine(parseLine(line), scopeOf(task, forward, gradients));
          expectEqual(result, tiny.grad.h as Nested, 1e-9);
        }
      }),
      { numRuns: 10_000 },
    );
  }, 120_000);
});
