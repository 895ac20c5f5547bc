import { build, type Rolldown } from 'vite';
import cpython from '../reference/fixtures/python-random.json' with { type: 'json' };
import torch from '../reference/fixtures/torch-random.json' with { type: 'json' };

/** src/random as one script that a bare page can run, and that leaves it as the global `random`. */
export async function bundleRandom(): Promise<string> {
  const output = (await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry: 'src/random/index.ts', name: 'random', formats: ['iife'] } },
  })) as Rolldown.RolldownOutput[];
  const [chunk] = (Array.isArray(output) ? output : [output])[0]!.output;
  return `${chunk.code}; globalThis.random = random;`;
}

type Random = typeof import('../src/random/index.ts');

/** What a page draws that has run `bundleRandom()`. It runs inside the page and refers to nothing outside of itself. */
export function drawInPage({ seed, probabilities }: { seed: number; probabilities: number[] }) {
  const { TorchGenerator, PythonRandom } = (globalThis as unknown as { random: Random }).random;
  const fresh = () => new TorchGenerator(seed);
  const one = fresh();
  const python = (action: (g: InstanceType<typeof PythonRandom>) => number) => {
    const generator = new PythonRandom(42);
    return Array.from({ length: 5 }, () => action(generator));
  };
  return {
    rand: [...fresh().rand(20)],
    small: [...fresh().randn(15)],
    large: [...fresh().randn(270)],
    randint: [...fresh().randint(0, 182625, 32)],
    many: [...fresh().multinomial(probabilities, 20)],
    single: Array.from({ length: 20 }, () => one.multinomial(probabilities, 1)[0]!),
    python: python((generator) => generator.random()),
  };
}

export const DRAWN_FROM = { seed: torch.seed, probabilities: torch.multinomial_probs };

const floats = (values: number[]) => [...Float32Array.from(values)];

/** What PyTorch and CPython drew. */
export const DRAWN: ReturnType<typeof drawInPage> = {
  rand: floats(torch.rand20),
  small: floats(torch.randn_small['15']),
  large: floats(torch.randn_fill_avx2['27x10']),
  randint: torch.randint_182625_x32,
  many: torch.multinomial_20_replacement,
  single: torch.multinomial_1_replacement_x20,
  python: cpython.random5,
};
