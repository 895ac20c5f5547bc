import { expect, test } from 'vitest';
import { dropCheckpoint, loadCheckpoint, saveCheckpoint } from './checkpoint.ts';

// Node has no IndexedDB: asking for it throws at once, as it does in a browser that forbids it.
test('where storage is forbidden, nothing is kept, and nothing breaks', async () => {
  expect(() => indexedDB).toThrow();
  expect(await saveCheckpoint('net', { seed: '1' }, { step: 1 })).toBe(false);
  expect(await loadCheckpoint('net')).toBeUndefined();
  await expect(dropCheckpoint('net')).resolves.toBeUndefined();
});
