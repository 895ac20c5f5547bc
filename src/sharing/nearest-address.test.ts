import { expect, test } from 'vitest';
import { nearestAddress } from './nearest-address.ts';

const EXISTING = ['/', '/blog.html', '/blog/BigramLM.html', '/blog/WaveNet.html'];

test.for([
  ['/blog/wavenet.html', '/blog/WaveNet.html'],
  ['/blog/WAVENET', '/blog/WaveNet.html'],
  ['/blog/wave-net/', '/blog/WaveNet.html'],
  ['/BigramLM.html', '/blog/BigramLM.html'],
  ['/Blog', '/blog.html'],
  ['/blog/', '/blog.html'],
  ['/blog/WaveNet2.html', undefined],
  ['/%E0%A4%A', undefined],
  ['/', undefined],
] as const)('%s is meant for %s', ([path, meant]) => {
  expect(nearestAddress(path, EXISTING)).toBe(meant);
});
