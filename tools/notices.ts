/** `npm run notices`: collects the licenses of everything that reaches a reader into public/third-party-notices.txt. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const NOTICES = 'public/third-party-notices.txt';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const manifest = (path: string): Manifest => JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
const folder = (name: string): string => join('node_modules', name);

/** What packages ask for only in Node, or for their types: the bundler leaves it out. */
const isLeftOut = (name: string): boolean =>
  name === 'node-fetch' || name.startsWith('@types/') || name === '@webgpu/types';

/** The packages under `dependencies`, with theirs, and Astro, whose loader of islands is in every page. */
function shipped(): string[] {
  const names = new Set<string>();
  const visit = (name: string) => {
    if (names.has(name) || isLeftOut(name)) return;
    names.add(name);
    Object.keys(manifest(folder(name)).dependencies ?? {}).forEach(visit);
  };
  Object.keys(manifest('.').dependencies ?? {}).forEach(visit);
  return [...names.add('astro')].sort();
}

/** The comment that a source file begins with. */
const head = (path: string): string =>
  readFileSync(path, 'utf8')
    .match(/^\s*\/\*[\s\S]*?\*\//)![0]
    .trim();

/** Packages without a license file of their own, and where their notice stands instead. */
function noticeElsewhere(name: string): string | undefined {
  if (name === 'seedrandom') return head(join(folder(name), 'seedrandom.js'));
  if (!name.startsWith('@tensorflow/')) return undefined;
  const apache = readFileSync(join(folder('long'), 'LICENSE'), 'utf8').trim();
  return `${head(join(folder(name), 'dist/index.js'))}\n\n${apache}`;
}

function licenseText(name: string): string {
  const file = readdirSync(folder(name)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file) return readFileSync(join(folder(name), file), 'utf8').trim();
  const notice = noticeElsewhere(name);
  if (!notice) throw new Error(`${name} brings no license file; look its license up and say here what it asks for.`);
  return notice;
}

export function notices(): string {
  const parts = shipped().map((name) => {
    const { version, license } = manifest(folder(name));
    return `${name} ${version} (${license})\n\n${licenseText(name)}`;
  });
  const opening = 'This site is made with the following packages. Their licenses ask that these notices go with it.';
  return `${[opening, ...parts].join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
}

if (import.meta.main) writeFileSync(NOTICES, notices());
