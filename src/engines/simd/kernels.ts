/**
 * What the WebAssembly module of assembly/ exports, where each kernel says what it computes. Matrices are given by their
 * address in the linear memory; m, k and n are their logical sizes.
 */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  freeMemory(): number;
  embed(table: number, names: number, out: number, symbols: number, m: number, n: number): void;
  subtractEmbedded(
    target: number,
    names: number,
    byOut: number,
    gradient: number,
    symbols: number,
    m: number,
    n: number,
    rate: number,
  ): void;
  flattenConsecutive(input: number, out: number, m: number, positions: number, n: number, back: boolean): void;
  product(a: number, b: number, bias: number, c: number, m: number, k: number, n: number): void;
  subtractTransposedProduct(a: number, d: number, target: number, m: number, k: number, n: number, rate: number): void;
  subtractColumnSums(d: number, target: number, m: number, n: number, rate: number): void;
  transpose(from: number, to: number, m: number, n: number): void;
  batchNormForward(
    input: number,
    normalized: number,
    out: number,
    gamma: number,
    beta: number,
    inverse: number,
    runningMean: number,
    runningSpread: number,
    m: number,
    n: number,
    eps: number,
    momentum: number,
    keepsDeviation: boolean,
  ): void;
  batchNormEvaluate(
    input: number,
    out: number,
    gamma: number,
    beta: number,
    runningMean: number,
    runningSpread: number,
    m: number,
    n: number,
    eps: number,
    keepsDeviation: boolean,
  ): void;
  batchNormBackward(
    normalized: number,
    byOut: number,
    byInput: number,
    gamma: number,
    inverse: number,
    gammaTarget: number,
    betaTarget: number,
    m: number,
    n: number,
    rate: number,
  ): void;
  tanhForward(input: number, out: number, m: number, n: number): void;
  tanhBackward(out: number, byOut: number, byInput: number, m: number, n: number): void;
  crossEntropy(logits: number, targets: number, byLogits: number, m: number, n: number): number;
}

/** The kernels with a memory of their own. The module imports nothing. */
export function instantiate(module: WebAssembly.Module): Kernels {
  return new WebAssembly.Instance(module).exports as unknown as Kernels;
}
