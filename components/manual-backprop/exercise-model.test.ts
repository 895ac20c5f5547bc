import { beforeEach, describe, expect, test, vi } from 'vitest';
import { idOf, TASKS, usesOf } from '../../src/backprop/tasks.ts';
import {
  answersAsText,
  forgetTask,
  givenInWords,
  type Kept,
  keepTask,
  recallTask,
  shapeInWords,
  verdictInWords,
} from './exercise-model.ts';

const task = (id: string) => TASKS.find((each) => idOf(each) === id)!;

describe('a task in words', () => {
  test('its shape, in letters and in numbers', () => {
    expect(shapeInWords(task('dcounts_sum_inv'))).toBe('(n, 1) = (32, 1)');
    expect(shapeInWords(task('dembcat'))).toBe('(n, T·D) = (32, 30)');
    expect(shapeInWords(task('db2'))).toBe('(K) = (27)');
  });

  test('what it may be made of', () => {
    expect(givenInWords(task('dlogprobs'))).toBe('there is no gradient yet to use');
    expect(givenInWords(task('dcounts_sum_inv'))).toBe('of the gradients dlogprobs, dprobs');
    expect(givenInWords(task('dC'))).toBe('of the gradients dlogprobs, dprobs, …, dW1, db1, demb');
    expect(givenInWords(task('dhprebn in one line'))).toBe('of the gradients dhpreact');
  });

  test('where its tensor is used in the forward pass', () => {
    expect(usesOf('counts')).toEqual(['counts_sum = counts.sum(1, keepdim=True)', 'probs = counts * counts_sum_inv']);
    expect(usesOf('h')).toEqual(['logits = h @ W2 + b2']);
    expect(usesOf('logprobs')).toHaveLength(1);
    for (const { step } of TASKS) expect(usesOf(step.name).length, step.name).toBeGreaterThan(0);
  });
});

test('a verdict in words', () => {
  expect(verdictInWords({ kind: 'exact' })).toContain('to the last digit');
  expect(verdictInWords({ kind: 'approximate', difference: 2.2e-16 })).toContain('2e−16');
  expect(verdictInWords({ kind: 'wrong', difference: 1, sentence: 'The sign is missing.' })).toBe(
    'The sign is missing.',
  );
});

describe('what was written', () => {
  const store = new Map<string, string>();
  beforeEach(() => {
    store.clear();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => store.get(key) ?? null,
      setItem: (key: string, value: string) => store.set(key, value),
    });
  });

  test('is kept between visits, each task for itself, until it is cleared', () => {
    keepTask(task('dlogits'), { line: 'dnorm_logits', solved: false });
    keepTask(task('dlogits in one line'), { line: 'softmax(logits, 1)', solved: true });
    expect(recallTask(task('dlogits'))).toEqual({ line: 'dnorm_logits', solved: false });
    expect(recallTask(task('dlogits in one line'))).toEqual({ line: 'softmax(logits, 1)', solved: true });
    forgetTask(task('dlogits'));
    expect(recallTask(task('dlogits'))).toEqual({ line: '', solved: false });
  });

  test('is a file that reads like the notebook’s cell', () => {
    const kept = new Map<string, Kept>(TASKS.map((each) => [idOf(each), { line: '', solved: false }]));
    kept.set('dprobs', { line: ' dlogprobs / probs ', solved: true });
    kept.set('dh', { line: 'dh = dlogits @ W2', solved: false });
    kept.set('dlogits in one line', { line: '(softmax(logits, 1) - oneHot(Y, K)) / n', solved: true });
    expect(answersAsText(kept).split('\n').slice(1)).toEqual([
      'dprobs = dlogprobs / probs',
      'dh = dlogits @ W2  # not right yet',
      'dlogits = (softmax(logits, 1) - oneHot(Y, K)) / n  # in one line',
      '',
    ]);
  });
});
