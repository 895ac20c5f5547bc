import { Belongings, type Browser, type BrowserKind, firstOf, within } from './browser.ts';

const findFirefox = () =>
  firstOf([
    process.env.FIREFOX_PATH,
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ]);

/** https://w3c.github.io/webdriver-bidi: commands and answers, matched by a number. */
class Bidi {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  #sent = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      const { id, result, error, message } = JSON.parse(data as string);
      const one = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) one?.reject(new Error(`${error}: ${message}`));
      else one?.resolve(result);
    };
    socket.onclose = () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Firefox has gone.'));
    };
  }

  static async connect(address: string): Promise<Bidi> {
    const socket = new WebSocket(address);
    await within(
      'A connection to Firefox',
      new Promise((resolve, reject) => {
        socket.onopen = resolve;
        socket.onerror = () => reject(new Error(`Firefox does not answer at ${address}.`));
      }),
    );
    return new Bidi(socket);
  }

  // biome-ignore lint/suspicious/noExplicitAny: what comes back is the protocol's, and each command says what it reads.
  send(method: string, params: object): Promise<any> {
    const id = ++this.#sent;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#socket.send(JSON.stringify({ id, method, params }));
    return within(`Firefox’s answer to ${method}`, answer);
  }

  close(): void {
    this.#socket.close();
  }
}

async function start(): Promise<Browser> {
  const belongings = new Belongings();
  try {
    const address = await belongings.start(
      findFirefox()!,
      ['--headless', '--no-remote', '--profile', belongings.folder, '--remote-debugging-port=0'],
      { sign: /WebDriver BiDi listening on (ws:\S+)/ },
    );
    const bidi = await Bidi.connect(`${address}/session`);
    const { capabilities } = await bidi.send('session.new', { capabilities: {} });
    const { context } = await bidi.send('browsingContext.create', { type: 'tab' });
    return {
      version: capabilities.browserVersion,
      async open(url) {
        await bidi.send('browsingContext.navigate', { context, url, wait: 'complete' });
      },
      async evaluate(expression) {
        const { result, exceptionDetails } = await bidi.send('script.evaluate', {
          expression,
          target: { context },
          awaitPromise: true,
          userActivation: false,
        });
        if (exceptionDetails) throw new Error(exceptionDetails.text);
        return result.value;
      },
      async perform(actions) {
        await bidi.send('input.performActions', { context, actions });
      },
      async resize(width, height) {
        await bidi.send('browsingContext.setViewport', { context, viewport: { width, height } });
      },
      async screenshot() {
        const { data } = await bidi.send('browsingContext.captureScreenshot', { context });
        return Buffer.from(data, 'base64');
      },
      async close() {
        await bidi.send('browser.close', {}).catch(() => {});
        bidi.close();
        await belongings.clear();
      },
    };
  } catch (error) {
    await belongings.clear();
    throw error;
  }
}

export const firefox: BrowserKind = {
  name: 'Firefox',
  missing: () =>
    findFirefox() ? undefined : 'a Firefox (on Debian the package firefox-esr; elsewhere, set FIREFOX_PATH to one)',
  start,
};
