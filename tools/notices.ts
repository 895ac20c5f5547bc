/** `npm run notices`: collects the licenses of everything that reaches a reader into public/third-party-notices.txt. */
import { writeFileSync } from 'node:fs';
import { thirdParties } from './third-party.ts';

export const NOTICES = 'public/third-party-notices.txt';

export function notices(): string {
  const parts = thirdParties().map(
    ({ name, version, license, notice }) => `${name} ${version} (${license})\n\n${notice}`,
  );
  const opening = 'This site is made with the following packages. Their licenses ask that these notices go with it.';
  return `${[opening, ...parts].join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
}

if (import.meta.main) writeFileSync(NOTICES, notices());
