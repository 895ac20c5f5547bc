import { compileKernels } from '../../src/engines/simd/browser-host.ts';
import { instantiate, type Kernels } from '../../src/engines/simd/kernels.ts';
import { LinearMemory, type Matrix } from '../../src/engines/simd/memory.ts';
import { CASES, type ProductShape, productShapes } from '../cases.ts';
import { KINDS, type Kind } from './kinds.ts';

/** One matrix product, called directly. */
export interface Product extends ProductShape {
  readonly kind: Kind;
  readonly gflops: number;
}

const REPEATS = 3;
/** The clock of a page goes in tenths of a millisecond. */
const REPEAT_MS = 15;

let kernels: Promise<Kernels> | undefined;

/** The products of the WaveNet’s linear layers at a minibatch size, each the best of a few repeats. */
export async function measureProducts(batch: number): Promise<Product[]> {
  kernels ??= compileKernels().then(instantiate);
  const k = await kernels;
  const memory = new LinearMemory(k);
  return productShapes(CASES.wavenet, batch).flatMap((shape) => {
    const mark = memory.mark();
    const calls = callsOf(k, memory, shape);
    const measured = KINDS.map((kind) => ({ ...shape, kind, gflops: gflopsOf(calls[kind], shape) }));
    memory.release(mark);
    return measured;
  });
}

/** The calls as `bindLinear` in src/engines/simd/layers.ts makes them; a rate of 0 leaves the weight as it is. */
function callsOf(kernels: Kernels, memory: LinearMemory, { m, k, n }: ProductShape): Record<Kind, () => void> {
  const filled = (rows: number, columns: number): Matrix => {
    const matrix = memory.matrix(rows, columns);
    memory.write(
      matrix,
      Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(i)),
    );
    return matrix;
  };
  const [input, weight, byOut] = [filled(m, k).address, filled(k, n).address, filled(m, n).address];
  const [out, byInput, transposed] = [memory.matrix(m, n), memory.matrix(m, k), memory.matrix(n, k)];
  return {
    forward: () => kernels.product(input, weight, 0, out.address, m, k, n),
    'by the input': () => {
      kernels.transpose(weight, transposed.address, k, n);
      kernels.product(byOut, transposed.address, 0, byInput.address, m, n, k);
    },
    'by the weight': () => kernels.subtractTransposedProduct(input, byOut, weight, m, k, n, 0),
  };
}

function gflopsOf(call: () => void, { m, k, n }: ProductShape): number {
  let [calls, best] = [1, 0];
  for (let repeat = 0; repeat < REPEATS; ) {
    const begin = performance.now();
    for (let i = 0; i < calls; i++) call();
    const elapsed = performance.now() - begin;
    if (elapsed < REPEAT_MS) calls *= 2;
    else {
      best = Math.max(best, (2 * m * k * n * calls) / elapsed / 1e6);
      repeat++;
    }
  }
  return best;
}
