/*
 * The largest and the smallest x, log2(e), 1.5 * 2^23, ln 2 in two parts, and the coefficients, highest power first; loaded
 * from memory for the reason that tanh.ts gives.
 */
const CONSTANTS = memory.data<f32>([
  // biome-ignore lint/suspicious/noApproximativeNumericConstant: a static segment takes literals only.
  87, -87, 1.442695, 12582912, 0.693359375, -2.1219444e-4, 1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3,
  4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
]);

/**
 * exp of four numbers, to about one unit in the last place: x = n ln 2 + r, exp(r) by a polynomial of degree 5 for |r| <=
 * ln(2) / 2, and 2^n by adding n to the exponent’s bits. ln 2 is taken off in two parts, so that r is exact. What would
 * overflow or underflow is held at ±87.
 * Source: S. Moshier, Cephes Math Library, expf.c.
 */
export function exponential(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, v128.load_splat<f32>(CONSTANTS)), v128.load_splat<f32>(CONSTANTS, 4));
  // Added to 1.5 * 2^23 a number is rounded to a whole one, which is then what the lowest bits hold.
  const shifter = v128.load_splat<f32>(CONSTANTS, 12);
  const shifted = f32x4.add(f32x4.mul(bounded, v128.load_splat<f32>(CONSTANTS, 8)), shifter);
  const n = f32x4.sub(shifted, shifter);
  let r = f32x4.sub(bounded, f32x4.mul(n, v128.load_splat<f32>(CONSTANTS, 16)));
  r = f32x4.sub(r, f32x4.mul(n, v128.load_splat<f32>(CONSTANTS, 20)));
  let p = v128.load_splat<f32>(CONSTANTS, 24);
  p = f32x4.add(f32x4.mul(p, r), v128.load_splat<f32>(CONSTANTS, 28));
  p = f32x4.add(f32x4.mul(p, r), v128.load_splat<f32>(CONSTANTS, 32));
  p = f32x4.add(f32x4.mul(p, r), v128.load_splat<f32>(CONSTANTS, 36));
  p = f32x4.add(f32x4.mul(p, r), v128.load_splat<f32>(CONSTANTS, 40));
  p = f32x4.add(f32x4.mul(p, r), v128.load_splat<f32>(CONSTANTS, 44));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  return i32x4.add(p, i32x4.shl(shifted, 23));
}
