import { expect, test } from '@playwright/test';
import { build, type Rollup } from 'vite';
import cpython from '../reference/fixtures/python-random.json' with { type: 'json' };
import torch from '../reference/fixtures/torch-random.json' with { type: 'json' };

/** src/random as one script that a bare page can run. */
async function bundle(): Promise<string> {
  const output = (await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry: 'src/random/index.ts', name: 'random', formats: ['iife'] } },
  })) as Rollup.RollupOutput[];
  return (Array.isArray(output) ? output : [output])[0]!.output[0].code;
}

interface Random {
  TorchGenerator: typeof import('../src/random/index.ts').TorchGenerator;
  PythonRandom: typeof import('../src/random/index.ts').PythonRandom;
}

test('the random streams are PyTorch’s and CPython’s bit for bit in this browser, too', async ({ page }) => {
  await page.goto('about:blank');
  await page.addScriptTag({ content: `${await bundle()}; globalThis.random = random;` });
  const drawn = await page.evaluate(
    ({ seed, probabilities }) => {
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
    },
    { seed: torch.seed, probabilities: torch.multinomial_probs },
  );
  const floats = (values: number[]) => [...Float32Array.from(values)];
  expect(drawn.rand).toEqual(floats(torch.rand20));
  expect(drawn.small).toEqual(floats(torch.randn_small['15']));
  expect(drawn.large).toEqual(floats(torch.randn_fill_avx2['27x10']));
  expect(drawn.randint).toEqual(torch.randint_182625_x32);
  expect(drawn.many).toEqual(torch.multinomial_20_replacement);
  expect(drawn.single).toEqual(torch.multinomial_1_replacement_x20);
  expect(drawn.python).toEqual(cpython.random5);
});
