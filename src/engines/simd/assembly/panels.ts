/*
 * How every matrix lies in the linear memory: in panels of eight columns. A panel is its rows, one after another, eight
 * numbers (32 bytes) each; the next eight columns follow as the next panel. So whatever walks along the rows of a panel, or
 * along the columns of one row of a block, reads memory in order, in steps known beforehand, and eight numbers are two
 * vectors: that is what the products live on.
 *
 * A panel has room for a multiple of eight rows and for two more, so that the panels of a row do not all meet in the same
 * few lines of the cache, as they would at a power of two. A vector is one row without such room: its numbers in order.
 *
 * What lies beyond the last column is 0, and every kernel keeps it 0, as long as all numbers are finite; a NaN that gets
 * there stays there, as nothing is added across columns. What lies beyond the last row is 0 in parameters and means nothing
 * in activations: no sum runs over it.
 */

/** Columns of a panel. */
export const WIDTH: i32 = 8;
/** Bytes from one row of a panel to the next. */
export const ROW: usize = 32;
/** Bytes of eight rows of a panel. */
export const SQUARE: usize = 256;

/** How many panels a matrix of so many columns has. */
export function panels(columns: i32): i32 {
  return (columns + 7) >> 3;
}

/** Bytes from one panel to the next, in a matrix of so many rows. */
export function panelSize(rows: i32): usize {
  return ((<usize>((rows + 7) & ~7)) << 5) + 2 * ROW;
}

/** The address of row i of the panel at `address`. */
export function row(address: usize, i: i32): usize {
  return address + ((<usize>i) << 5);
}

/** All bits of each lane whose column, of four from j on, is one of n, and none beyond. */
export function inside(j: i32, n: i32): v128 {
  const columns = i32x4.add(i32x4.splat(j), i32x4(0, 1, 2, 3));
  return i32x4.lt_s(columns, i32x4.splat(n));
}

/** The address of one number of a matrix. */
export function at(matrix: usize, rows: i32, i: i32, j: i32): usize {
  return row(matrix + <usize>(j >> 3) * panelSize(rows), i) + ((<usize>(j & 7)) << 2);
}
