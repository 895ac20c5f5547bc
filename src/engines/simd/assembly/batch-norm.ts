import { inside, panelSize, ROW, row, WIDTH } from './panels';

/*
 * Batch normalization of a matrix (m, n): each column over all rows, which are the examples or, of a 3-D input, the
 * positions of all examples. Four columns lie in one vector, so a sum over rows adds vectors and never across one. Beyond
 * the last column the factor is made 0: a spread of 0, divided by, would be an infinity there.
 */

/** Bytes of as many rows as are summed up at once; the sums of 16 rows each are added up then, which loses fewer digits. */
const PART: usize = 16 * ROW;

/**
 * Forward in training: normalized = (input - mean) / sqrt(variance + eps), out = gamma normalized + beta, with the unbiased
 * variance. `inverse` keeps 1 / sqrt(variance + eps) for the backward pass. The running statistics go the share `momentum`
 * of the way to those of this minibatch: the mean, and the variance or, where `keepsDeviation`, its root.
 */
export function batchNormForward(
  input: usize,
  normalized: usize,
  out: usize,
  gamma: usize,
  beta: usize,
  inverse: usize,
  runningMean: usize,
  runningSpread: usize,
  m: i32,
  n: i32,
  eps: f32,
  momentum: f32,
  keepsDeviation: bool,
): void {
  const panel = panelSize(m);
  for (let j = 0; j < n; j += 4) {
    const offset = columnOffset(j, panel);
    const end = row(input, m) + offset;
    let sum = f32x4.splat(0);
    for (let x = input + offset; x < end; ) {
      const partEnd = min(end, x + PART);
      let part = f32x4.splat(0);
      for (; x < partEnd; x += ROW) part = f32x4.add(part, v128.load(x));
      sum = f32x4.add(sum, part);
    }
    const mean = f32x4.mul(sum, f32x4.splat(<f32>1 / <f32>m));
    let squares = f32x4.splat(0);
    for (let x = input + offset; x < end; ) {
      const partEnd = min(end, x + PART);
      let part = f32x4.splat(0);
      for (; x < partEnd; x += ROW) {
        const deviation = f32x4.sub(v128.load(x), mean);
        part = f32x4.add(part, f32x4.mul(deviation, deviation));
      }
      squares = f32x4.add(squares, part);
    }
    const variance = f32x4.mul(squares, f32x4.splat(<f32>1 / <f32>(m - 1)));
    const spread = f32x4.sqrt(f32x4.add(variance, f32x4.splat(eps)));
    const factor = v128.and(f32x4.div(f32x4.splat(1), spread), inside(j, n));

    const place = (<usize>j) << 2;
    v128.store(inverse + place, factor);
    approach(runningMean + place, mean, momentum);
    approach(runningSpread + place, keepsDeviation ? f32x4.sqrt(variance) : variance, momentum);
    const scale = v128.load(gamma + place);
    const shift = v128.load(beta + place);
    let y = normalized + offset;
    let z = out + offset;
    for (let x = input + offset; x < end; x += ROW) {
      const value = f32x4.mul(f32x4.sub(v128.load(x), mean), factor);
      v128.store(y, value);
      v128.store(z, f32x4.add(f32x4.mul(scale, value), shift));
      y += ROW;
      z += ROW;
    }
  }
}

/** Forward in evaluation: the running statistics stand in for the minibatch’s. */
export function batchNormEvaluate(
  input: usize,
  out: usize,
  gamma: usize,
  beta: usize,
  runningMean: usize,
  runningSpread: usize,
  m: i32,
  n: i32,
  eps: f32,
  keepsDeviation: bool,
): void {
  const panel = panelSize(m);
  for (let j = 0; j < n; j += 4) {
    const offset = columnOffset(j, panel);
    const place = (<usize>j) << 2;
    const mean = v128.load(runningMean + place);
    let spread = v128.load(runningSpread + place);
    if (!keepsDeviation) spread = f32x4.sqrt(f32x4.add(spread, f32x4.splat(eps)));
    const scale = v128.and(f32x4.div(v128.load(gamma + place), spread), inside(j, n));
    const shift = v128.load(beta + place);
    const end = row(input, m) + offset;
    let z = out + offset;
    for (let x = input + offset; x < end; x += ROW) {
      v128.store(z, f32x4.add(f32x4.mul(f32x4.sub(v128.load(x), mean), scale), shift));
      z += ROW;
    }
  }
}

/**
 * Backward: byInput = gamma inverse (byOut - sum(byOut) / m - normalized sum(byOut normalized) / (m - 1)). The two sums are
 * the gradients of beta and gamma and are taken off their targets, times `rate`; gamma is read before.
 */
export function batchNormBackward(
  normalized: usize,
  byOut: usize,
  byInput: usize,
  gamma: usize,
  inverse: usize,
  gammaTarget: usize,
  betaTarget: usize,
  m: i32,
  n: i32,
  rate: f32,
): void {
  const panel = panelSize(m);
  const rates = f32x4.splat(rate);
  for (let j = 0; j < n; j += 4) {
    const offset = columnOffset(j, panel);
    const end = row(byOut, m) + offset;
    let sum = f32x4.splat(0);
    let along = f32x4.splat(0);
    let x = normalized + offset;
    for (let d = byOut + offset; d < end; ) {
      const partEnd = min(end, d + PART);
      let partSum = f32x4.splat(0);
      let partAlong = f32x4.splat(0);
      for (; d < partEnd; d += ROW) {
        const gradient = v128.load(d);
        partSum = f32x4.add(partSum, gradient);
        partAlong = f32x4.add(partAlong, f32x4.mul(gradient, v128.load(x)));
        x += ROW;
      }
      sum = f32x4.add(sum, partSum);
      along = f32x4.add(along, partAlong);
    }
    const place = (<usize>j) << 2;
    const factor = f32x4.mul(v128.load(gamma + place), v128.load(inverse + place));
    const mean = f32x4.mul(sum, f32x4.splat(<f32>1 / <f32>m));
    const slope = f32x4.mul(along, f32x4.splat(<f32>1 / <f32>(m - 1)));
    x = normalized + offset;
    let z = byInput + offset;
    for (let d = byOut + offset; d < end; d += ROW) {
      const rest = f32x4.sub(f32x4.sub(v128.load(d), mean), f32x4.mul(v128.load(x), slope));
      v128.store(z, f32x4.mul(factor, rest));
      x += ROW;
      z += ROW;
    }
    subtract(gammaTarget + place, f32x4.mul(rates, along));
    subtract(betaTarget + place, f32x4.mul(rates, sum));
  }
}

/** From the address of a matrix to that of its columns j to j + 3, which are half a panel. */
function columnOffset(j: i32, panel: usize): usize {
  return <usize>(j >> 3) * panel + ((<usize>(j & (WIDTH - 1))) << 2);
}

/** Moves the four numbers at `address` the share `momentum` of the way to `now`. */
function approach(address: usize, now: v128, momentum: f32): void {
  const kept = f32x4.mul(f32x4.splat(1 - momentum), v128.load(address));
  v128.store(address, f32x4.add(kept, f32x4.mul(f32x4.splat(momentum), now)));
}

function subtract(address: usize, amount: v128): void {
  v128.store(address, f32x4.sub(v128.load(address), amount));
}
