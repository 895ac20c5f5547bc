/*
 * The most single-precision operations that a processor does by WebAssembly’s vectors: multiplications and additions in
 * twelve chains that do not wait for each other, and nothing else. Chains in which an addition waits for a product, as in a
 * dot product with few sums, measure the delay of the operations instead of their rate.
 */

/** Operations of one turn of the loop: twelve vectors of four numbers. */
export const OPERATIONS: i32 = 48;

/**
 * Six chains m = m * m and six a = a + a. Called with ones and zeros nothing overflows and nothing becomes denormal; as
 * parameters of their own, no two chains can be taken for the same one, and none for a constant.
 */
export function chains(
  turns: i32,
  one0: f32,
  one1: f32,
  one2: f32,
  one3: f32,
  one4: f32,
  one5: f32,
  zero0: f32,
  zero1: f32,
  zero2: f32,
  zero3: f32,
  zero4: f32,
  zero5: f32,
): f32 {
  let m0 = f32x4.splat(one0);
  let m1 = f32x4.splat(one1);
  let m2 = f32x4.splat(one2);
  let m3 = f32x4.splat(one3);
  let m4 = f32x4.splat(one4);
  let m5 = f32x4.splat(one5);
  let a0 = f32x4.splat(zero0);
  let a1 = f32x4.splat(zero1);
  let a2 = f32x4.splat(zero2);
  let a3 = f32x4.splat(zero3);
  let a4 = f32x4.splat(zero4);
  let a5 = f32x4.splat(zero5);
  for (let turn = 0; turn < turns; turn++) {
    m0 = f32x4.mul(m0, m0);
    a0 = f32x4.add(a0, a0);
    m1 = f32x4.mul(m1, m1);
    a1 = f32x4.add(a1, a1);
    m2 = f32x4.mul(m2, m2);
    a2 = f32x4.add(a2, a2);
    m3 = f32x4.mul(m3, m3);
    a3 = f32x4.add(a3, a3);
    m4 = f32x4.mul(m4, m4);
    a4 = f32x4.add(a4, a4);
    m5 = f32x4.mul(m5, m5);
    a5 = f32x4.add(a5, a5);
  }
  // What is asked for must be computed.
  const products = f32x4.add(f32x4.add(f32x4.add(m0, m1), f32x4.add(m2, m3)), f32x4.add(m4, m5));
  const sums = f32x4.add(f32x4.add(f32x4.add(a0, a1), f32x4.add(a2, a3)), f32x4.add(a4, a5));
  return f32x4.extract_lane(f32x4.add(products, sums), 0);
}
