import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What the core asks of a browser. Firefox answers by WebDriver BiDi and WebKitGTK by WebDriver, both protocols of the W3C
 * that are JSON over what Node has. Of the libraries that speak them none drives both browsers as Debian packages them,
 * and each of the two that would be needed is heavier than the dozen commands in use here.
 */
export interface Browser {
  readonly version: string;
  /** Goes to an address, and comes back when it has loaded. */
  open(address: string): Promise<void>;
  /** Evaluates an expression inside the page, and awaits it. It must give JSON, as a text. @throws what the page throws */
  evaluate(expression: string): Promise<string>;
  /** Input sources with their actions, which both protocols write alike. */
  perform(sources: readonly object[]): Promise<void>;
  /** Gives the page a viewport this wide. */
  resize(width: number, height: number): Promise<void>;
  /** A PNG of the viewport. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

export interface BrowserKind {
  readonly name: string;
  /** What would have to be installed; undefined where all is there. */
  missing(): string | undefined;
  start(): Promise<Browser>;
}

const PATIENCE = 20_000;

/** A promise that gives up with a sentence. */
export async function within<T>(what: string, promise: Promise<T>, ms = PATIENCE): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not come within ${ms / 1000} s.`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The first of some files that exists. */
export const firstOf = (paths: readonly (string | undefined)[]): string | undefined =>
  paths.find((path) => path && existsSync(path));

/** What a browser leaves behind, a folder and processes, so that it can be taken away again. */
export class Belongings {
  readonly folder = mkdtempSync(join(tmpdir(), 'other-browser-'));
  readonly #processes: ChildProcess[] = [];

  /** Starts a program, and comes back with what `sign` finds in what it prints on the channel `from`. */
  async start(
    command: string,
    args: readonly string[],
    { sign, from = 2, env = {} }: { sign: RegExp; from?: 1 | 2 | 3; env?: Record<string, string> },
  ): Promise<string> {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    this.#processes.push(child);
    let told = '';
    for (const stream of [child.stdout, child.stderr]) stream?.resume();
    return within(
      `A sign of life of ${command}`,
      new Promise<string>((resolve, reject) => {
        (child.stdio[from] as NodeJS.ReadableStream).on('data', (bytes) => {
          told += bytes;
          const found = sign.exec(told);
          if (found) resolve(found[1]!);
        });
        child.once('error', reject);
        child.once('exit', (code) => reject(new Error(`${command} ended with ${code}: ${told}`)));
      }),
    );
  }

  async clear(): Promise<void> {
    for (const child of this.#processes.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await within('The end of a browser', gone, 5000).catch(() => child.kill('SIGKILL'));
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
