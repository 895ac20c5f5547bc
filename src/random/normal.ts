/**
 * Which floating-point recipe turns uniform numbers into normal ones. PyTorch has two, chosen by the processor: `avx2` is
 * made of additions, products and roots alone, so that every JavaScript engine gets PyTorch’s bits; `libm` calls the
 * platform’s log, cos and sin.
 */
export type Arithmetic = 'avx2' | 'libm';

const f = Math.fround;

/**
 * Turns 16 uniform floats into 16 normal ones, in place, by Box and Muller’s method: entry j and entry j + 8 make a pair.
 *
 * Source: PyTorch 2.13, `normal_fill_16` and `normal_fill_16_AVX2` in aten/src/ATen/native/cpu/DistributionTemplates.h,
 * and avx_mathfun.h (after Cephes) for the polynomials.
 */
export function fillNormal(block: Float32Array, arithmetic: Arithmetic): void {
  const transform = arithmetic === 'avx2' ? pairByPolynomials : pairByLibm;
  for (let j = 0; j < 8; j++) {
    const [cosine, sine] = transform(f(1 - block[j]!), block[j + 8]!);
    block[j] = cosine;
    block[j + 8] = sine;
  }
}

function pairByLibm(u1: number, u2: number): [number, number] {
  const radius = f(Math.sqrt(f(-2 * f(Math.log(u1)))));
  const angle = f(2 * Math.PI * u2);
  return [f(radius * f(Math.cos(angle))), f(radius * f(Math.sin(angle)))];
}

function pairByPolynomials(u1: number, u2: number): [number, number] {
  const radius = f(Math.sqrt(f(-2 * log(u1))));
  const [sine, cosine] = sincos(f(f(2 * Math.PI) * u2));
  return [f(radius * cosine), f(radius * sine)];
}

/** a * b + c, rounded once: the product of two floats is exact in double precision. */
const fma = (a: number, b: number, c: number): number => f(a * b + c);

const singles = (...values: number[]): readonly number[] => values.map(f);

const LOG = singles(
  7.0376836292e-2,
  -1.151461031e-1,
  1.167699874e-1,
  -1.2420140846e-1,
  1.4249322787e-1,
  -1.6668057665e-1,
  2.0000714765e-1,
  -2.4999993993e-1,
  3.3333331174e-1,
);
const [LN2_LOW, LN2_HIGH] = singles(-2.1219444e-4, 0.693359375) as [number, number];
const SQRT_HALF = f(0.70710677);

const bits = new DataView(new ArrayBuffer(4));

/** The natural logarithm of a float in (0, 1]. */
function log(value: number): number {
  bits.setFloat32(0, value);
  const word = bits.getUint32(0);
  let exponent = (word >>> 23) - 126;
  bits.setUint32(0, (word & 0x807fffff) | 0x3f000000);
  const mantissa = bits.getFloat32(0); // in [0.5, 1)
  let x = f(mantissa - 1);
  if (mantissa < SQRT_HALF) {
    exponent -= 1;
    x = f(x + mantissa);
  }
  const z = f(x * x);
  let y = LOG[0]!;
  for (const coefficient of LOG.slice(1)) y = fma(y, x, coefficient);
  y = f(y * x);
  y = fma(y, z, f(exponent * LN2_LOW));
  y = fma(z, -0.5, y);
  return fma(exponent, LN2_HIGH, f(x + y));
}

const FOUR_OVER_PI = f(1.27323954473516);
const PI_OVER_FOUR = singles(-0.78515625, -2.4187564849853516e-4, -3.774894977445941e-8);
const COS = singles(2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2) as [number, number, number];
const SIN = singles(-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1) as [number, number, number];

/** Sine and cosine of a float that is not negative. */
function sincos(angle: number): [sine: number, cosine: number] {
  const octant = (Math.trunc(f(angle * FOUR_OVER_PI)) + 1) & ~1;
  let x = angle;
  for (const part of PI_OVER_FOUR) x = fma(octant, part, x); // three steps, for more digits of pi than one float has
  const z = f(x * x);

  let cosine = f(fma(fma(COS[0], z, COS[1]), z, COS[2]) * z);
  cosine = f(fma(cosine, z, -f(z * 0.5)) + 1);
  let sine = f(fma(fma(SIN[0], z, SIN[1]), z, SIN[2]) * z);
  sine = fma(sine, x, x);

  if (octant & 2) [sine, cosine] = [cosine, sine];
  return [octant & 4 ? -sine : sine, ~(octant - 2) & 4 ? -cosine : cosine];
}
