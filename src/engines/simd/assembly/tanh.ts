import { panelSize, panels } from './panels';

/*
 * Bounds and coefficients, highest power first. They are loaded from memory, each by one instruction that fills all four
 * lanes; a vector written into the code takes today’s compilers four or five, every time.
 */
const ODD = memory.data<f32>([
  -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-8, 1.48572235717979e-5,
  6.37261928875436e-4, 4.89352455891786e-3,
]);
const BOUND = memory.data<f32>([7.905311, -7.905311]);
const EVEN = memory.data<f32>([1.19825839466702e-6, 1.18534705686654e-4, 2.268434632439e-3, 4.89352518554385e-3]);

/**
 * tanh of four numbers, to a few units in the last place: an odd polynomial of degree 13 over an even one of degree 6. One
 * division and no exponential, and small numbers keep all their digits.
 * Source: Eigen, MathFunctionsImpl.h, generic_fast_tanh_float.
 */
function tanhOfFour(x: v128): v128 {
  const bound = v128.load_splat<f32>(BOUND);
  // pmin and pmax are one instruction each, and a NaN passes them.
  const bounded = f32x4.pmax(f32x4.pmin(x, bound), v128.load_splat<f32>(BOUND, 4));
  const square = f32x4.mul(bounded, bounded);
  let p = v128.load_splat<f32>(ODD);
  p = f32x4.add(f32x4.mul(p, square), v128.load_splat<f32>(ODD, 4));
  p = f32x4.add(f32x4.mul(p, square), v128.load_splat<f32>(ODD, 8));
  p = f32x4.add(f32x4.mul(p, square), v128.load_splat<f32>(ODD, 12));
  p = f32x4.add(f32x4.mul(p, square), v128.load_splat<f32>(ODD, 16));
  p = f32x4.add(f32x4.mul(p, square), v128.load_splat<f32>(ODD, 20));
  p = f32x4.add(f32x4.mul(p, square), v128.load_splat<f32>(ODD, 24));
  let q = v128.load_splat<f32>(EVEN);
  q = f32x4.add(f32x4.mul(q, square), v128.load_splat<f32>(EVEN, 4));
  q = f32x4.add(f32x4.mul(q, square), v128.load_splat<f32>(EVEN, 8));
  q = f32x4.add(f32x4.mul(q, square), v128.load_splat<f32>(EVEN, 12));
  return f32x4.div(f32x4.mul(bounded, p), q);
}

/** out = tanh(input), both (m, n). Two vectors at a time share the coefficients. */
export function tanhForward(input: usize, out: usize, m: i32, n: i32): void {
  const end = input + <usize>panels(n) * panelSize(m);
  while (input < end) {
    const first = tanhOfFour(v128.load(input));
    const second = tanhOfFour(v128.load(input, 16));
    v128.store(out, first);
    v128.store(out, second, 16);
    input += 32;
    out += 32;
  }
}

/** byInput = byOut (1 - out²), all (m, n): the slope of tanh from its own value. */
export function tanhBackward(out: usize, byOut: usize, byInput: usize, m: i32, n: i32): void {
  const one = f32x4.splat(1);
  const end = out + <usize>panels(n) * panelSize(m);
  while (out < end) {
    const value = v128.load(out);
    v128.store(byInput, f32x4.mul(v128.load(byOut), f32x4.sub(one, f32x4.mul(value, value))));
    out += 16;
    byOut += 16;
    byInput += 16;
  }
}
