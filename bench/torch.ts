import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { LEAD_IN_SECONDS, type Runner } from './contenders.ts';

/** PyTorch at the other end of a pipe. */
export interface Torch {
  readonly version: string;
  /** The widest vectors that it uses. */
  readonly capability: string;
  readonly runner: Runner;
}

/** The interpreter at PYTHON, else python3. @returns the reason where it cannot be had. */
export async function openTorch(): Promise<Torch | { readonly refused: string }> {
  const interpreter = process.env.PYTHON || 'python3';
  const script = fileURLToPath(new URL('torch_eager.py', import.meta.url));
  const child = spawn(interpreter, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let exists = true;
  child.on('error', () => {
    exists = false;
  });
  child.stdin.on('error', () => {}); // The end of the process is told by its output.
  const read = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('The interpreter ended.');
    return JSON.parse(value);
  };
  const ask = (request: { network: string; batch: number; seconds: number }) => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return read();
  };

  const hello = await read().catch(() => ({
    refused: exists
      ? `${interpreter} ended before it answered.`
      : `There is no interpreter ${interpreter}; set PYTHON to one with torch.`,
  }));
  if (hello.refused) return { refused: hello.refused };
  return {
    version: hello.torch,
    capability: hello.capability,
    runner: {
      async open(network, batch) {
        await ask({ network, batch, seconds: 0 }); // One step.
        return { isEmulated: false };
      },
      async run(network, batch, seconds) {
        await ask({ network, batch, seconds: LEAD_IN_SECONDS });
        return ask({ network, batch, seconds });
      },
      async close() {
        child.kill();
      },
    },
  };
}
