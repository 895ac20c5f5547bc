import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

/** Exits with 1 where there is no torch. To import it would take seconds. */
const HAS_TORCH = "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)";

/**
 * For tests: a Python interpreter that has PyTorch, which is that of the environment variable PYTHON or else python3.
 * @returns undefined where it has none, which is printed.
 */
export function pythonWithTorch(): string | undefined {
  const python = process.env.PYTHON ?? 'python3';
  const { status } = spawnSync(python, ['-c', HAS_TORCH]);
  if (status === 0) return python;
  console.log(`Skipped what is checked against PyTorch: ${python} has no torch. PYTHON can name another Python.`);
  return undefined;
}

/** Runs a Python program. @returns what it printed. @throws Error with what it wrote to stderr where it fails. */
export async function runPython(python: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(python, args);
  return stdout;
}
