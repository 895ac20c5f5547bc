import { exponential } from './exponential';
import { at, inside, panelSize, row, WIDTH } from './panels';

/**
 * Softmax and negative log-likelihood of the rows of logits (m, n) in one. The largest logit of a row is taken off first, so
 * that no exponential overflows, and the logarithm is that of their sum, so that none meets a 0.
 * `byLogits` becomes (softmax - one-hot) / m, the gradient of the mean loss.
 * @param targets m whole numbers of four bytes.
 * @returns the mean loss in nats, summed in double precision.
 */
export function crossEntropy(logits: usize, targets: usize, byLogits: usize, m: i32, n: i32): f64 {
  const panel = panelSize(m);
  const share = <f32>1 / <f32>m;
  let total: f64 = 0;
  for (let i = 0; i < m; i++) {
    let x = row(logits, i);
    let most = v128.load_splat<f32>(x);
    for (let j = 0; j < n; j += WIDTH) {
      most = f32x4.pmax(most, v128.bitselect(v128.load(x), most, inside(j, n)));
      most = f32x4.pmax(most, v128.bitselect(v128.load(x, 16), most, inside(j + 4, n)));
      x += panel;
    }
    const largest = max(
      max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
      max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
    );

    const largests = f32x4.splat(largest);
    let sums = f32x4.splat(0);
    x = row(logits, i);
    let y = row(byLogits, i);
    for (let j = 0; j < n; j += WIDTH) {
      const first = v128.and(exponential(f32x4.sub(v128.load(x), largests)), inside(j, n));
      const second = v128.and(exponential(f32x4.sub(v128.load(x, 16), largests)), inside(j + 4, n));
      sums = f32x4.add(sums, f32x4.add(first, second));
      v128.store(y, first);
      v128.store(y, second, 16);
      x += panel;
      y += panel;
    }
    const sum =
      f32x4.extract_lane(sums, 0) +
      f32x4.extract_lane(sums, 1) +
      f32x4.extract_lane(sums, 2) +
      f32x4.extract_lane(sums, 3);
    const target = load<i32>(targets + ((<usize>i) << 2));
    total += Math.log(<f64>sum) + (<f64>largest - <f64>load<f32>(at(logits, m, i, target)));

    const factor = f32x4.splat(share / sum);
    y = row(byLogits, i);
    for (let j = 0; j < n; j += WIDTH) {
      v128.store(y, f32x4.mul(v128.load(y), factor));
      v128.store(y, f32x4.mul(v128.load(y, 16), factor), 16);
      y += panel;
    }
    const own = at(byLogits, m, i, target);
    store<f32>(own, load<f32>(own) - share);
  }
  return total / <f64>m;
}
