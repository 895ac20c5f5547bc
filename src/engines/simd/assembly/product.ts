import { panelSize, panels, ROW, row, SQUARE, WIDTH } from './panels';

/*
 * The two products hold a block of 4 x 8 results in eight vector registers while they run along the inner dimension: six
 * loads then feed eight multiplications and eight additions, and nothing is stored before the block is done. Both operands
 * are read in order, so a block is as fast from the second-level cache as from the first. The loops are not unrolled:
 * today’s compilers would gather the loads of both halves at the top and run out of registers, at half the speed.
 */

/**
 * Bytes of as many rows of b as are summed up at once: the sums of 32 products each are added up then, which loses fewer
 * digits than one long sum does, as pairwise summation does.
 */
const PART: usize = 32 * ROW;

/**
 * c (m, n) = a (m, k) b (k, n) + bias (n): the forward pass of a linear layer and, with the transposed weight, the gradient
 * by its input. `bias` 0 stands for none.
 */
export function product(a: usize, b: usize, bias: usize, c: usize, m: i32, k: i32, n: i32): void {
  const aPanel = panelSize(m);
  const bPanel = panelSize(k);
  for (let j = 0; j < n; j += WIDTH) {
    const end = row(b, k);
    let start0 = f32x4.splat(0);
    let start1 = start0;
    if (bias) {
      start0 = v128.load(bias);
      start1 = v128.load(bias, 16);
      bias += ROW;
    }
    for (let i = 0; i < m; i += 4) {
      const to = row(c, i);
      for (let r: usize = 0; r < 4 * ROW; r += ROW) {
        v128.store(to + r, start0);
        v128.store(to + r, start1, 16);
      }
      // Four rows of a panel of a meet the eight rows of b that belong to its columns.
      let fourRows = row(a, i);
      let x = b;
      while (x < end) {
        let c00 = f32x4.splat(0),
          c01 = c00,
          c10 = c00,
          c11 = c00,
          c20 = c00,
          c21 = c00,
          c30 = c00,
          c31 = c00;
        const partEnd = min(end, x + PART);
        while (x < partEnd) {
          let y = fourRows;
          const panelEnd = min(end, x + SQUARE);
          do {
            const b0 = v128.load(x);
            const b1 = v128.load(x, 16);
            let ay = v128.load_splat<f32>(y);
            c00 = multiplyAdd(ay, b0, c00);
            c01 = multiplyAdd(ay, b1, c01);
            ay = v128.load_splat<f32>(y, ROW);
            c10 = multiplyAdd(ay, b0, c10);
            c11 = multiplyAdd(ay, b1, c11);
            ay = v128.load_splat<f32>(y, 2 * ROW);
            c20 = multiplyAdd(ay, b0, c20);
            c21 = multiplyAdd(ay, b1, c21);
            ay = v128.load_splat<f32>(y, 3 * ROW);
            c30 = multiplyAdd(ay, b0, c30);
            c31 = multiplyAdd(ay, b1, c31);
            x += ROW;
            y += 4;
          } while (x < panelEnd);
          fourRows += aPanel;
        }
        addRow(to, c00, c01);
        addRow(to + ROW, c10, c11);
        addRow(to + 2 * ROW, c20, c21);
        addRow(to + 3 * ROW, c30, c31);
      }
    }
    b += bPanel;
    c += aPanel;
  }
}

/**
 * target (k, n) -= rate * aᵀ d for a (m, k) and d (m, n): the gradient of a weight, taken off the weight in the same pass.
 * The four columns of a that meet in a block lie side by side, so that nothing is transposed. The sum over the rows is one:
 * in parts, each part would be rounded to the last digit of the weight.
 */
export function subtractTransposedProduct(a: usize, d: usize, target: usize, m: i32, k: i32, n: i32, rate: f32): void {
  const panel = panelSize(m);
  const targetPanel = panelSize(k);
  const rates = f32x4.splat(rate);
  for (let j = 0; j < n; j += WIDTH) {
    for (let i = 0; i < k; i += 4) {
      let c00 = f32x4.splat(0),
        c01 = c00,
        c10 = c00,
        c11 = c00,
        c20 = c00,
        c21 = c00,
        c30 = c00,
        c31 = c00;
      let y = a + <usize>(i >> 3) * panel + ((<usize>(i & 4)) << 2);
      let x = d;
      const end = row(d, m);
      while (x < end) {
        const d0 = v128.load(x);
        const d1 = v128.load(x, 16);
        let ay = v128.load_splat<f32>(y);
        c00 = multiplyAdd(ay, d0, c00);
        c01 = multiplyAdd(ay, d1, c01);
        ay = v128.load_splat<f32>(y, 4);
        c10 = multiplyAdd(ay, d0, c10);
        c11 = multiplyAdd(ay, d1, c11);
        ay = v128.load_splat<f32>(y, 8);
        c20 = multiplyAdd(ay, d0, c20);
        c21 = multiplyAdd(ay, d1, c21);
        ay = v128.load_splat<f32>(y, 12);
        c30 = multiplyAdd(ay, d0, c30);
        c31 = multiplyAdd(ay, d1, c31);
        x += ROW;
        y += ROW;
      }
      const to = row(target, i);
      subtractRow(to, rates, c00, c01);
      subtractRow(to + ROW, rates, c10, c11);
      subtractRow(to + 2 * ROW, rates, c20, c21);
      subtractRow(to + 3 * ROW, rates, c30, c31);
    }
    d += panel;
    target += targetPanel;
  }
}

/** target (n) -= rate * the sum of the rows of d (m, n): the gradient of a bias, taken off the bias. */
export function subtractColumnSums(d: usize, target: usize, m: i32, n: i32, rate: f32): void {
  const panel = panelSize(m);
  const rates = f32x4.splat(rate);
  for (let j = 0; j < n; j += WIDTH) {
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    const end = row(d, m);
    for (let x = d; x < end; x += ROW) {
      sum0 = f32x4.add(sum0, v128.load(x));
      sum1 = f32x4.add(sum1, v128.load(x, 16));
    }
    subtractRow(target, rates, sum0, sum1);
    d += panel;
    target += ROW;
  }
}

/**
 * a b + c. Where the module is compiled with relaxed SIMD it is one instruction, rounded once, on every processor that has
 * it: a third fewer instructions, and they are what limits the products.
 */
function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(c, f32x4.mul(a, b));
}

/** Adds two vectors to the eight numbers at `address`. */
function addRow(address: usize, first: v128, second: v128): void {
  v128.store(address, f32x4.add(v128.load(address), first));
  v128.store(address, f32x4.add(v128.load(address, 16), second), 16);
}

/** The eight numbers at `address` less rate times those of two vectors. */
function subtractRow(address: usize, rates: v128, first: v128, second: v128): void {
  v128.store(address, f32x4.sub(v128.load(address), f32x4.mul(rates, first)));
  v128.store(address, f32x4.sub(v128.load(address, 16), f32x4.mul(rates, second)), 16);
}

/** to (n, m) = from (m, n): squares of 8 x 8, which lie together on both sides. */
export function transpose(from: usize, to: usize, m: i32, n: i32): void {
  for (let q = 0; q < panels(n); q++) {
    for (let p = 0; p < panels(m); p++) {
      const source = from + <usize>q * panelSize(m) + <usize>p * SQUARE;
      const target = to + <usize>p * panelSize(n) + <usize>q * SQUARE;
      transposeFour(source, target);
      transposeFour(source + 16, target + 4 * ROW);
      transposeFour(source + 4 * ROW, target + 16);
      transposeFour(source + 4 * ROW + 16, target + 4 * ROW + 16);
    }
  }
}

/** A square of 4 x 4: pairs of rows are interleaved, then pairs of pairs. */
function transposeFour(from: usize, to: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from, ROW);
  const r2 = v128.load(from, 2 * ROW);
  const r3 = v128.load(from, 3 * ROW);
  const left01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const right01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const left23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const right23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(left01, left23, 0, 1, 4, 5));
  v128.store(to, v128.shuffle<f32>(left01, left23, 2, 3, 6, 7), ROW);
  v128.store(to, v128.shuffle<f32>(right01, right23, 0, 1, 4, 5), 2 * ROW);
  v128.store(to, v128.shuffle<f32>(right01, right23, 2, 3, 6, 7), 3 * ROW);
}
