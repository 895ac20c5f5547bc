import { spawn } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { MAKEMORE } from '../../src/training/corpus.ts';
import { MAKEMORE_FILE } from '../addresses.ts';
import { within } from './browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the site is, without a slash at its end. */
    site: string;
  }
}

const PORT = Number(process.env.PORT ?? 4329) + 1;
const MAKEMORE_PATH = '/makemore-names.txt';
const FAULTS_PATH = '/faults.js';

/** The last build, served. */
async function serveBuild(): Promise<{ address: string; close(): void }> {
  const address = `http://localhost:${PORT}`;
  const astro = spawn('astro', ['preview', '--port', `${PORT}`, '--ignore-lock'], { stdio: 'ignore' });
  const isUp = async (): Promise<void> => {
    for (;;) {
      if (astro.exitCode !== null) throw new Error(`astro preview ended with ${astro.exitCode}; is there a build?`);
      if (await fetch(address).catch(() => undefined)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  await within('The site', isUp());
  return { address, close: () => astro.kill() };
}

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
  const { address, close } = await serveBuild();
  const server = createServer((request, response) => {
    answer(address, request, response).catch((error) => {
      response.statusCode = 502;
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  project.provide('site', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return () => {
    server.close();
    server.closeAllConnections();
    close();
  };
}
