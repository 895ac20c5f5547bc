/** Serves the built site as a host does: compressed files as they are, with the headers of _headers. `node tools/serve.ts [--port N] [--dir DIST]` */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sirv from 'sirv';
import { headersFor, readHeaders } from './site/headers.ts';

/** A server of a built site; it listens when told to. */
export function serverOf(dist: string): Server {
  const rules = readHeaders(readFileSync(join(dist, '_headers'), 'utf8'));
  const notFound = readFileSync(join(dist, '404.html'));
  const serve = sirv(dist, {
    brotli: true,
    gzip: true,
    etag: true,
    extensions: ['html'],
    setHeaders: (response, path) => {
      for (const [name, value] of Object.entries(headersFor(rules, path))) response.setHeader(name, value);
    },
  });
  return createServer((request, response) => {
    const path = new URL(request.url!, 'http://localhost').pathname;
    serve(request, response, () => {
      const headers = headersFor(rules, '/404.html');
      response.writeHead(404, { ...headers, 'Content-Type': 'text/html; charset=utf-8' });
      response.end(path.endsWith('/_headers') ? undefined : notFound);
    });
  });
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '4321' }, dir: { type: 'string', default: 'dist' } },
  });
  const port = Number(values.port);
  serverOf(values.dir)
    .on('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? `port ${port} is in use; choose another with --port` : error.message;
      console.error(`The site cannot be served: ${reason}.`);
      process.exitCode = 1;
    })
    .listen(port, () => console.log(`The site is at http://localhost:${port}/ (Ctrl+C ends it)`));
}
