import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** As much of the browser's storage as is used here. */
class FakeStorage {
  text: string | null = null;
  getItem = () => this.text;
  setItem = (_key: string, text: string) => {
    this.text = text;
  };
}

const refuse = (): never => {
  throw new DOMException('refused', 'SecurityError');
};

let storage: FakeStorage;
/** The module as a newly opened page has it: with nothing in memory. */
const visit = () => {
  vi.resetModules();
  return import('./progress.ts');
};

beforeEach(() => {
  storage = new FakeStorage();
  vi.stubGlobal('localStorage', storage);
});
afterEach(() => vi.unstubAllGlobals());

test('what is remembered is there on the next visit, until it is forgotten', async () => {
  const first = await visit();
  first.remember('slope', { answer: '3', solved: true });
  first.remember('order', { answer: 'a; b', solved: false });
  const second = await visit();
  expect(second.recall('slope')).toEqual({ answer: '3', solved: true });
  second.forget('slope');
  expect((await visit()).recall('slope')).toBeUndefined();
  expect((await visit()).recall('order')).toEqual({ answer: 'a; b', solved: false });
});

test('an exercise may have any name', async () => {
  const { remember, recall } = await visit();
  expect(recall('constructor')).toBeUndefined();
  remember('__proto__', { answer: '1', solved: true });
  expect(recall('__proto__')).toEqual({ answer: '1', solved: true });
});

test.for(['', 'null', '7', '[1]', '{"slope":', '{"slope":null}', '{"slope":{"answer":3,"solved":true}}'])(
  'the corrupt entry %j counts as none and can be written over',
  async (text) => {
    storage.text = text;
    const { recall, remember } = await visit();
    expect(recall('slope')).toBeUndefined();
    remember('slope', { answer: '3', solved: true });
    expect((await visit()).recall('slope')?.answer).toBe('3');
  },
);

test.for([
  ['blocked', { getItem: refuse, setItem: refuse }],
  ['full', { getItem: (): string | null => null, setItem: refuse }],
] as const)('with storage %s, progress lasts as long as the page', async ([, broken]) => {
  vi.stubGlobal('localStorage', broken);
  const { recall, remember, forget } = await visit();
  remember('slope', { answer: '3', solved: true });
  expect(recall('slope')?.answer).toBe('3');
  forget('slope');
  expect(recall('slope')).toBeUndefined();
  expect((await visit()).recall('slope')).toBeUndefined();
});
