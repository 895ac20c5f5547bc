/** Gets a Chromium for the browser tests, where there is none yet: Playwright’s download, or as root on Debian its package. */
import { spawnSync } from 'node:child_process';
import { findChromium } from './chromium.ts';

const ATTEMPTS: readonly (readonly [command: string, ...rest: string[]])[] = [
  ['npx', 'playwright', 'install', 'chromium'],
  ['apt-get', 'update'],
  ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
];

for (const [command, ...rest] of ATTEMPTS) {
  if (findChromium()) break;
  console.log(`No Chromium yet: ${command} ${rest.join(' ')}`);
  spawnSync(command, rest, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

const found = findChromium();
if (!found) {
  console.error('There is no Chromium for the browser tests. Install Chromium or Chrome, or set CHROMIUM_PATH to one.');
  process.exit(1);
}
console.log(`Chromium: ${found}`);
