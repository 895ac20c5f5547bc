/** What of other people’s work reaches readers, as the packages that are installed say it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ThirdParty {
  readonly name: string;
  readonly version: string;
  /** As in https://spdx.org/licenses/. */
  readonly license: string;
  /** The text that its license asks to be passed on. */
  readonly notice: string;
  /** Where its source is. */
  readonly source: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly repository?: string | { readonly url: string };
  readonly homepage?: string;
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

/** The repository that a manifest names in one of the ways of https://docs.npmjs.com/cli/configuring-npm/package-json#repository. */
function sourceOf({ name, repository, homepage }: Manifest): string {
  const url = typeof repository === 'object' ? repository.url : repository;
  const [, host, path] = /^(?:git\+)?(?:https?|git|ssh):\/\/(?:git@)?([^/]+)\/(.+?)(?:\.git)?$/.exec(url ?? '') ?? [];
  if (host && path) return `https://${host}/${path}`;
  const [, short] = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(url ?? '') ?? [];
  if (short) return `https://github.com/${short}`;
  if (homepage) return homepage;
  throw new Error(`${name} does not say where its source is; look it up and say it here.`);
}

export const thirdParties = (): ThirdParty[] =>
  shipped().map((name) => {
    const own = manifest(folder(name));
    const { version, license } = own;
    return { name, version, license, notice: licenseText(name), source: sourceOf(own) };
  });
