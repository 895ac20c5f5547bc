import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Belongings, type Browser, type BrowserKind, firstOf } from './browser.ts';

const DRIVER = '/usr/bin/WebKitWebDriver';
const XVFB = '/usr/bin/Xvfb';
const findMiniBrowser = () =>
  firstOf(globSync(['/usr/lib/*/webkit2gtk-4.*/MiniBrowser', '/usr/libexec/webkit2gtk-4.*/MiniBrowser']));

/** GTK would not make the window of MiniBrowser narrower than its row of buttons, which is wider than a telephone. */
const NARROW =
  '* { font-size: 1px; padding: 0; margin: 0; border-width: 0; min-width: 0; min-height: 0; outline-width: 0 }';

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

async function start(): Promise<Browser> {
  const belongings = new Belongings();
  try {
    const display = await belongings.start(
      XVFB,
      ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'],
      { sign: /(\d+)\n/, from: 3 },
    );
    const settings = join(belongings.folder, 'gtk-3.0');
    mkdirSync(settings);
    writeFileSync(join(settings, 'gtk.css'), NARROW);

    const port = await freePort();
    // It prints nothing when it is ready: the shell tells that it begins, and the first command is tried until it is heard.
    await belongings.start('/bin/sh', ['-c', `echo begins; exec ${DRIVER} --port=${port}`], {
      sign: /(begins)/,
      from: 1,
      env: { DISPLAY: `:${display}`, XDG_CONFIG_HOME: belongings.folder, GDK_BACKEND: 'x11' },
    });

    // biome-ignore lint/suspicious/noExplicitAny: what comes back is the protocol's, and each command says what it reads.
    const send = async (method: string, path: string, body?: object): Promise<any> => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const { value } = (await response.json()) as { value: { error: string; message: string } };
      if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
      return value;
    };
    for (let tries = 0; ; tries++) {
      try {
        await send('GET', '/status');
        break;
      } catch (error) {
        if (tries === 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }

    // https://www.w3.org/TR/webdriver2
    const { sessionId, capabilities } = await send('POST', '/session', {
      capabilities: {
        alwaysMatch: { 'webkitgtk:browserOptions': { binary: findMiniBrowser()!, args: ['--automation'] } },
      },
    });
    const session = `/session/${sessionId}`;
    // A script that WebKit forgets to answer fails in time for the one who asked to ask again.
    await send('POST', `${session}/timeouts`, { script: 8000 });
    return {
      version: capabilities.browserVersion,
      async open(url) {
        await send('POST', `${session}/url`, { url });
      },
      async evaluate(expression) {
        const { value, thrown } = await send('POST', `${session}/execute/async`, {
          script: `const [done] = arguments; (async () => (${expression}))().then((value) => done({ value }), (error) => done({ thrown: String(error) }));`,
          args: [],
        });
        if (thrown !== undefined) throw new Error(thrown);
        return value;
      },
      async perform(actions) {
        await send('POST', `${session}/actions`, { actions });
      },
      async resize(width, height) {
        await send('POST', `${session}/window/rect`, { x: 0, y: 0, width, height });
      },
      async screenshot() {
        return Buffer.from(await send('GET', `${session}/screenshot`), 'base64');
      },
      async close() {
        await send('DELETE', session).catch(() => {});
        await belongings.clear();
      },
    };
  } catch (error) {
    await belongings.clear();
    throw error;
  }
}

export const webkit: BrowserKind = {
  name: 'WebKit',
  missing: () => {
    if (firstOf([DRIVER]) && findMiniBrowser() && firstOf([XVFB])) return undefined;
    return 'WebKitGTK with its driver, and a display (on Debian the packages webkit2gtk-driver and xvfb)';
  },
  start,
};
