import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NOTICES, notices } from './notices.ts';

test('the notices that ship are those of the packages installed; else run npm run notices', () => {
  expect(readFileSync(NOTICES, 'utf8')).toBe(notices());
});
