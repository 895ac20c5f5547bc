import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { MAKEMORE } from '../../src/training/corpus.ts';
import { BESIDE } from '../word-lists.ts';
import { makemoreOfBuild } from './makemore.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** A server in place of the public address. */
async function serve(status: number, body: string | Uint8Array): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status).end(body));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/names.txt`;
}

const LIST = 'emma\nolivia\n';
const HASH = createHash('sha256').update(LIST).digest('hex');
const ask = (from: string, sha256 = HASH) => makemoreOfBuild({ MAKEMORE: 'include', MAKEMORE_FROM: from }, sha256);

test('a build brings the list along only when it is asked to', async () => {
  expect(await makemoreOfBuild({})).toBeUndefined();
  expect(await makemoreOfBuild({ MAKEMORE: '' })).toBeUndefined();
  await expect(makemoreOfBuild({ MAKEMORE: 'yes' })).rejects.toThrow('MAKEMORE is “yes”');
});

test('the list that was fetched stands under an address with its hash', async () => {
  const { address, bytes } = (await ask(await serve(200, LIST)))!;
  expect(new TextDecoder().decode(bytes)).toBe(LIST);
  expect(address).toBe(`/_astro/makemore.${HASH.slice(0, 8)}.txt`);
});

test('an altered list ends the build', async () => {
  await expect(ask(await serve(200, 'emma\nOlivia\n'))).rejects.toThrow(
    /not the makemore list: its SHA-256 is .*Nothing/,
  );
});

test('a server that has no list, or none that answers, ends the build', async () => {
  await expect(ask(await serve(404, 'no'))).rejects.toThrow(/could not be fetched from .*: the server answered 404/);
  const address = await serve(200, LIST);
  for (const server of servers.splice(0)) server.close();
  await expect(ask(address)).rejects.toThrow(/could not be fetched from http:\/\/127.* Nothing was built/);
});

if (!existsSync(BESIDE)) console.log(`Skipped: ${BESIDE.pathname} is not there.`);
test.skipIf(!existsSync(BESIDE))('the published list has the hash that the build asks for', async () => {
  const published = readFileSync(BESIDE);
  const list = await ask(await serve(200, published), MAKEMORE.sha256);
  expect(list?.address).toBe('/_astro/makemore.0a30b555.txt');
  await expect(ask(await serve(200, published.subarray(1)), MAKEMORE.sha256)).rejects.toThrow('not the makemore list');
});

test('readers get it from this site where the build has it, else from its public address', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    return new Response('altered');
  });
  const load = async () => (await import('../../src/training/corpus.ts')).loadCorpus({ kind: 'makemore' });
  await expect(load()).rejects.toThrow('SHA-256');
  vi.stubGlobal('MAKEMORE_LIST', '/_astro/makemore.0a30b555.txt');
  await expect(load()).rejects.toThrow('SHA-256');
  expect(asked).toEqual([MAKEMORE.url, '/_astro/makemore.0a30b555.txt']);
});
