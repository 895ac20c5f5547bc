import { at, panelSize, panels, row, WIDTH } from './panels';

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

/**
 * The way back: target (symbols, n) -= rate * the gradient of the table, which is the sum of the rows of byOut (m, n) that
 * were read from each of its rows. It is added up in `gradient` first: taken off one by one, many small numbers would each
 * be rounded to the last digit of a large one.
 * @param gradient room for (symbols, n).
 */
export function subtractEmbedded(
  target: usize,
  names: usize,
  byOut: usize,
  gradient: usize,
  symbols: i32,
  m: i32,
  n: i32,
  rate: f32,
): void {
  const size = <usize>panels(n) * panelSize(symbols);
  memory.fill(gradient, 0, size);
  let sums = gradient;
  for (let j = 0; j < n; j += WIDTH) {
    for (let i = 0; i < m; i++) {
      const to = row(sums, load<i32>(names + ((<usize>i) << 2)));
      const from = row(byOut, i);
      v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
      v128.store(to, f32x4.add(v128.load(to, 16), v128.load(from, 16)), 16);
    }
    sums += panelSize(symbols);
    byOut += panelSize(m);
  }
  const rates = f32x4.splat(rate);
  for (let k: usize = 0; k < size; k += 16) {
    v128.store(target + k, f32x4.sub(v128.load(target + k), f32x4.mul(rates, v128.load(gradient + k))));
  }
}

/**
 * Joins every `positions` consecutive rows: input (m positions, n) becomes out (m, positions n). With `back` the other way
 * round: from out to input, for the gradient. Whole rows of panels are moved where n fills them; elsewhere pairs of numbers,
 * which no panel parts where n is even, or single ones.
 */
export function flattenConsecutive(input: usize, out: usize, m: i32, positions: i32, n: i32, back: bool): void {
  const rows = m * positions;
  const step: i32 = (n & 7) === 0 ? WIDTH : (n & 1) === 0 ? 2 : 1;
  for (let position = 0; position < positions; position++) {
    for (let j = 0; j < n; j += step) {
      let apart = at(input, rows, position, j);
      let joined = at(out, m, 0, position * n + j);
      for (let i = 0; i < m; i++) {
        const from = back ? joined : apart;
        const to = back ? apart : joined;
        if (step === 1) store<f32>(to, load<f32>(from));
        else if (step === 2) store<u64>(to, load<u64>(from));
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
