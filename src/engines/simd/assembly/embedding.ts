import { at, panelSize, row, WIDTH } from './panels';

/**
 * out (m, n): row i is the row of `table` (symbols, n) that symbol i names.
 * @param names m whole numbers of four bytes.
 */
export function embed(table: usize, names: usize, out: usize, symbols: i32, m: i32, n: i32): void {
  for (let j = 0; j < n; j += WIDTH) {
    for (let i = 0; i < m; i++) {
      const from = row(table, load<i32>(names + ((<usize>i) << 2)));
      const to = row(out, i);
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
    }
    table += panelSize(symbols);
    out += panelSize(m);
  }
}

/** The way back: each row of byOut (m, n), times `rate`, is taken off the row that was read; a row read twice gets both. */
export function subtractEmbedded(
  target: usize,
  names: usize,
  byOut: usize,
  symbols: i32,
  m: i32,
  n: i32,
  rate: f32,
): void {
  const rates = f32x4.splat(rate);
  for (let j = 0; j < n; j += WIDTH) {
    for (let i = 0; i < m; i++) {
      const to = row(target, load<i32>(names + ((<usize>i) << 2)));
      const from = row(byOut, i);
      v128.store(to, f32x4.sub(v128.load(to), f32x4.mul(rates, v128.load(from))));
      v128.store(to, f32x4.sub(v128.load(to, 16), f32x4.mul(rates, v128.load(from, 16))), 16);
    }
    target += panelSize(symbols);
    byOut += panelSize(m);
  }
}

/**
 * Joins every `positions` consecutive rows: input (m positions, n) becomes out (m, positions n). With `back` the other way
 * round: from out to input, for the gradient. Whole panels are moved where n fills them, single numbers elsewhere.
 */
export function flattenConsecutive(input: usize, out: usize, m: i32, positions: i32, n: i32, back: bool): void {
  const rows = m * positions;
  const step: i32 = (n & 7) === 0 ? WIDTH : 1;
  for (let position = 0; position < positions; position++) {
    for (let j = 0; j < n; j += step) {
      let apart = at(input, rows, position, j);
      let joined = at(out, m, 0, position * n + j);
      for (let i = 0; i < m; i++) {
        const from = back ? joined : apart;
        const to = back ? apart : joined;
        if (step === 1) store<f32>(to, load<f32>(from));
        else {
          v128.store(to, v128.load(from));
          v128.store(to, v128.load(from, 16), 16);
        }
        apart = row(apart, positions);
        joined = row(joined, 1);
      }
    }
  }
}
