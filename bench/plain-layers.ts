import type { BatchNorm1d, Embedding, Layer } from '../src/networks/index.ts';

/** What leaves a layer, row after row, and the gradient of the loss by it. */
export interface Signal {
  readonly values: Float32Array;
  readonly gradient: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

export interface PlainLayer {
  readonly out: Signal;
  forward(): void;
  /** Fills the gradient by the input, and takes a step. */
  backward(rate: number): void;
}

/** What belongs to a layer, in the order of `parametersOf` and `buffersOf`. */
interface Own {
  readonly parameters: readonly Float32Array[];
  readonly buffers: readonly Float32Array[];
}

/** A layer between its input, which is the symbols for an Embedding, and its output. */
export function plainLayer(layer: Layer, own: Own, input: Signal | Int32Array, out: Signal): PlainLayer {
  if (layer.kind === 'Embedding') return embedding(layer, own, input as Int32Array, out);
  const signal = input as Signal;
  switch (layer.kind) {
    case 'FlattenConsecutive':
      return flattenConsecutive(signal, out);
    case 'Linear':
      return linear(own, signal, out);
    case 'BatchNorm1d':
      return batchNorm(layer, own, signal, out);
    case 'Tanh':
      return tanh(signal, out);
  }
}

function descend(parameter: Float32Array, gradient: Float32Array, rate: number): void {
  for (let i = 0; i < parameter.length; i++) parameter[i]! -= rate * gradient[i]!;
}

function embedding({ out: columns }: Embedding, { parameters }: Own, symbols: Int32Array, out: Signal): PlainLayer {
  const weight = parameters[0]!;
  const byWeight = new Float32Array(weight.length);
  return {
    out,
    forward() {
      for (let i = 0; i < symbols.length; i++)
        for (let j = 0; j < columns; j++) out.values[i * columns + j] = weight[symbols[i]! * columns + j]!;
    },
    backward(rate) {
      byWeight.fill(0);
      for (let i = 0; i < symbols.length; i++)
        for (let j = 0; j < columns; j++) byWeight[symbols[i]! * columns + j]! += out.gradient[i * columns + j]!;
      descend(weight, byWeight, rate);
    },
  };
}

/** Row after row, joined positions lie as they lay. */
function flattenConsecutive(input: Signal, out: Signal): PlainLayer {
  return {
    out,
    forward: () => out.values.set(input.values),
    backward: () => input.gradient.set(out.gradient),
  };
}

function linear({ parameters: [weight, bias] }: Own, input: Signal, out: Signal): PlainLayer {
  const byWeight = new Float32Array(weight!.length);
  const byBias = new Float32Array(out.columns);
  return {
    out,
    forward: () => product(input, weight!, bias, out),
    backward(rate) {
      byWeight.fill(0);
      byBias.fill(0);
      productBackward(input, weight!, out, byWeight, byBias);
      descend(weight!, byWeight, rate);
      if (bias) descend(bias, byBias, rate);
    },
  };
}

/** y = x w + b, a row of y at a time: along the inner loop, both y and w lie in order. */
function product(
  { values: x, rows: m, columns: k }: Signal,
  w: Float32Array,
  b: Float32Array | undefined,
  { values: y, columns: n }: Signal,
): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) y[i * n + j] = b ? b[j]! : 0;
    for (let p = 0; p < k; p++) {
      const a = x[i * k + p]!;
      for (let j = 0; j < n; j++) y[i * n + j]! += a * w[p * n + j]!;
    }
  }
}

/** In the same order: the gradients by x, by w and by b. */
function productBackward(
  { values: x, gradient: dx, rows: m, columns: k }: Signal,
  w: Float32Array,
  { gradient: dy, columns: n }: Signal,
  dw: Float32Array,
  db: Float32Array,
): void {
  for (let i = 0; i < m; i++) {
    for (let p = 0; p < k; p++) {
      const a = x[i * k + p]!;
      let sum = 0;
      for (let j = 0; j < n; j++) {
        const d = dy[i * n + j]!;
        sum += d * w[p * n + j]!;
        dw[p * n + j]! += a * d;
      }
      dx[i * k + p] = sum;
    }
    for (let j = 0; j < n; j++) db[j]! += dy[i * n + j]!;
  }
}

/** The formulas are those of `batchNormInTraining` in src/engines/tfjs/layers.ts. */
function batchNorm(layer: BatchNorm1d, { parameters, buffers }: Own, input: Signal, out: Signal): PlainLayer {
  const { rows: m, columns: n } = input;
  const [gamma, beta] = parameters as [Float32Array, Float32Array];
  const [runningMean, runningSpread] = buffers as [Float32Array, Float32Array];
  const [normalized, inverse] = [new Float32Array(m * n), new Float32Array(n)];
  const [mean, variance] = [new Float32Array(n), new Float32Array(n)];
  const [byGamma, byBeta] = [new Float32Array(n), new Float32Array(n)];
  return {
    out,
    forward() {
      const x = input.values;
      mean.fill(0);
      variance.fill(0);
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) mean[j]! += x[i * n + j]! / m;
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) variance[j]! += (x[i * n + j]! - mean[j]!) ** 2 / (m - 1);
      for (let j = 0; j < n; j++) {
        inverse[j] = 1 / Math.sqrt(variance[j]! + layer.eps);
        const spread = layer.keeps === 'running_std' ? Math.sqrt(variance[j]!) : variance[j]!;
        runningMean[j]! += layer.momentum * (mean[j]! - runningMean[j]!);
        runningSpread[j]! += layer.momentum * (spread - runningSpread[j]!);
      }
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          normalized[i * n + j] = (x[i * n + j]! - mean[j]!) * inverse[j]!;
          out.values[i * n + j] = gamma[j]! * normalized[i * n + j]! + beta[j]!;
        }
      }
    },
    backward(rate) {
      const [dx, dy] = [input.gradient, out.gradient];
      byGamma.fill(0);
      byBeta.fill(0);
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          byGamma[j]! += dy[i * n + j]! * normalized[i * n + j]!;
          byBeta[j]! += dy[i * n + j]!;
        }
      }
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          const along = (normalized[i * n + j]! * byGamma[j]!) / (m - 1);
          dx[i * n + j] = gamma[j]! * inverse[j]! * (dy[i * n + j]! - byBeta[j]! / m - along);
        }
      }
      descend(gamma, byGamma, rate);
      descend(beta, byBeta, rate);
    },
  };
}

function tanh(input: Signal, out: Signal): PlainLayer {
  return {
    out,
    forward() {
      for (let i = 0; i < out.values.length; i++) out.values[i] = Math.tanh(input.values[i]!);
    },
    backward() {
      for (let i = 0; i < out.values.length; i++) input.gradient[i] = out.gradient[i]! * (1 - out.values[i]! ** 2);
    },
  };
}
