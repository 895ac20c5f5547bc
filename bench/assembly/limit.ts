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

/** Operations of one turn of `fusedChains`: ten vectors of four numbers, multiplied and added to. */
export const FUSED_OPERATIONS: i32 = 80;

/** Ten chains c = c * one + zero in one instruction each; 0 where the module is compiled without relaxed SIMD. */
export function fusedChains(turns: i32, one: f32, zero: f32): f32 {
  if (!ASC_FEATURE_RELAXED_SIMD) return 0;
  const factor = f32x4.splat(one);
  const summand = f32x4.splat(zero);
  let c0 = factor;
  let c1 = f32x4.splat(one + one);
  let c2 = f32x4.splat(one + one + one);
  let c3 = f32x4.add(c1, c1);
  let c4 = f32x4.add(c1, c2);
  let c5 = f32x4.add(c2, c2);
  let c6 = f32x4.add(c3, c2);
  let c7 = f32x4.add(c3, c3);
  let c8 = f32x4.add(c4, c3);
  let c9 = f32x4.add(c4, c4);
  for (let turn = 0; turn < turns; turn++) {
    c0 = f32x4.relaxed_madd(c0, factor, summand);
    c1 = f32x4.relaxed_madd(c1, factor, summand);
    c2 = f32x4.relaxed_madd(c2, factor, summand);
    c3 = f32x4.relaxed_madd(c3, factor, summand);
    c4 = f32x4.relaxed_madd(c4, factor, summand);
    c5 = f32x4.relaxed_madd(c5, factor, summand);
    c6 = f32x4.relaxed_madd(c6, factor, summand);
    c7 = f32x4.relaxed_madd(c7, factor, summand);
    c8 = f32x4.relaxed_madd(c8, factor, summand);
    c9 = f32x4.relaxed_madd(c9, factor, summand);
  }
  const first = f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3));
  const second = f32x4.add(f32x4.add(c4, c5), f32x4.add(f32x4.add(c6, c7), f32x4.add(c8, c9)));
  return f32x4.extract_lane(f32x4.add(first, second), 0);
}
