import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Names of files as the build writes them, with a hash before the ending. */
const NAME = /[\w.@-]+\.(?:js|css|wasm|txt|safetensors|svg|json|woff2)/g;
/** Fonts of often used characters are smaller than this; for the rest a system’s own font stands in. */
const SMALL_FONT = 13_000;
/**
 * WebAssembly without SIMD is for old browsers, which do without when there is no network. The makemore list is kept once a
 * reader has asked for it, wherever it comes from.
 */
const LEFT_OUT = /^tfjs-backend-wasm[-.](?!simd)|^makemore\./;

/** For each page a list, /offline/NAME.json, of the files that it and its figures may ask for. */
export async function writeOfflineLists(dist: string): Promise<void> {
  const assets = join(dist, '_astro');
  const files = await readdir(assets);
  const sizes = await Promise.all(files.map(async (name) => (await stat(join(assets, name))).size));
  const names = new Set(files.filter((name, i) => !name.endsWith('.woff2') || sizes[i]! < SMALL_FONT));
  const uses = new Map<string, readonly string[]>();
  const mentionedIn = (text: string) =>
    (text.match(NAME) ?? []).filter((name) => names.has(name) && !LEFT_OUT.test(name));
  for (const name of names) {
    if (/\.(?:js|css)$/.test(name)) uses.set(name, mentionedIn(await readFile(join(assets, name), 'utf8')));
  }
  const reachable = (from: readonly string[]): ReadonlySet<string> => {
    const found = new Set<string>();
    const waiting = [...from];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (found.has(name)) continue;
      found.add(name);
      waiting.push(...(uses.get(name) ?? []));
    }
    return found;
  };

  await mkdir(join(dist, 'offline'), { recursive: true });
  const pages = (await readdir(dist, { recursive: true })).filter((file) => file.endsWith('.html'));
  for (const page of pages) {
    const html = await readFile(join(dist, page), 'utf8');
    const urls = [...reachable(mentionedIn(html))].sort().map((name) => `/_astro/${name}`);
    // The formulas of the manual backward pass are asked for by their address.
    if (html.includes('data-widget="backprop-stepper"')) urls.push('/formulas/backward-pass.json');
    await writeFile(
      join(dist, 'offline', `${basename(page, '.html')}.json`),
      JSON.stringify(['/theme.js', '/icon.svg', ...urls]),
    );
  }
}
