import type { BigramCounts } from '../../text/bigram.ts';

/** Logits as probabilities. The largest is subtracted first, so that no exponential overflows. */
export function softmax(logits: Float64Array): Float64Array {
  const largest = Math.max(...logits);
  const powers = logits.map((z) => Math.exp(z - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The softmax of every row of a square weight. */
export function softmaxRows(weights: Float64Array): Float64Array {
  const size = Math.sqrt(weights.length);
  const table = new Float64Array(weights.length);
  for (let row = 0; row < weights.length; row += size) table.set(softmax(weights.subarray(row, row + size)), row);
  return table;
}

/** One update of all rows of W: each weight moves against its slope, the pull of λ · mean(W²) included. */
export function descend({ counts, size, total }: BigramCounts, weights: Float64Array, rate: number, lambda = 0): void {
  for (let row = 0; row < size; row++) {
    const followers = counts.subarray(row * size, (row + 1) * size);
    const rowTotal = followers.reduce((sum, count) => sum + count, 0);
    const logits = weights.subarray(row * size, (row + 1) * size);
    const p = softmax(logits);
    for (let j = 0; j < size; j++) {
      const slope = (rowTotal * p[j]! - followers[j]!) / total;
      const pull = (2 * lambda * logits[j]!) / weights.length;
      logits[j]! -= rate * (slope + pull);
    }
  }
}
