import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { MAKEMORE } from '../../src/training/corpus.ts';
import { serverOf } from '../../tools/serve.ts';
import { MAKEMORE_FILE } from '../addresses.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the site is, without a slash at its end. */
    site: string;
  }
}

const MAKEMORE_PATH = '/makemore-names.txt';
const FAULTS_PATH = '/faults.js';

/**
 * Notes in `globalThis.faults` what goes wrong in a page from its first script on. It stands in each page as a script of
 * its own: WebDriver tells nothing of a page’s console, and WebKit’s driver knows no other way to be there before the page.
 */
function noteFaults(): void {
  const faults: string[] = [];
  Object.assign(globalThis, { faults });
  const { error } = console;
  console.error = (...told) => {
    faults.push(`console: ${told.map(String).join(' ')}`);
    error(...told);
  };
  addEventListener(
    'error',
    (event) => {
      const { target } = event;
      // A preload ends with its page; what it was for tells of itself.
      if (target instanceof HTMLLinkElement && target.rel === 'modulepreload') return;
      if (target instanceof Element) faults.push(`not loaded: ${target.outerHTML.slice(0, 200)}`);
      else faults.push(`uncaught: ${event.message} (${event.filename}:${event.lineno})`);
    },
    true,
  );
  addEventListener('unhandledrejection', ({ reason }) => faults.push(`unhandled rejection: ${reason}`));
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
    faults.push(`content security policy: ${violatedDirective} forbids ${blockedURI} (${sourceFile})`),
  );
}

/** The site with two things changed on the way: each page notes its faults, and the makemore list is found here. */
async function answer(site: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === FAULTS_PATH) {
    response.setHeader('content-type', 'text/javascript').end(`(${noteFaults})()`);
    return;
  }
  if (request.url === MAKEMORE_PATH) {
    createReadStream(MAKEMORE_FILE).pipe(response.setHeader('content-type', 'text/plain'));
    return;
  }
  const original = await fetch(site + request.url, { headers: { 'accept-encoding': 'identity' } });
  response.statusCode = original.status;
  for (const [name, value] of original.headers)
    if (!['content-length', 'content-encoding', 'transfer-encoding', 'connection', 'etag'].includes(name))
      response.setHeader(name, value);
  const type = original.headers.get('content-type') ?? '';
  if (type.includes('html')) {
    response.end((await original.text()).replace('<head>', `<head><script src="${FAULTS_PATH}"></script>`));
  } else if (type.includes('javascript') && existsSync(MAKEMORE_FILE)) {
    response.end((await original.text()).replaceAll(MAKEMORE.url, MAKEMORE_PATH));
  } else {
    response.end(Buffer.from(await original.arrayBuffer()));
  }
}

/** What Vitest calls before all tests; what this gives back, it calls after them. */
export default async function setup(project: TestProject): Promise<() => void> {
  const site = serverOf('dist');
  const address = await listen(site);
  const server = createServer((request, response) => {
    answer(address, request, response).catch((error) => {
      response.statusCode = 502;
      response.end(String(error));
    });
  });
  project.provide('site', await listen(server));
  return () => {
    for (const each of [server, site]) {
      each.close();
      each.closeAllConnections();
    }
  };
}

/** @returns the address, without a slash at its end. */
async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
