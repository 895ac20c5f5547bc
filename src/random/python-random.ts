import { MersenneTwister } from './mersenne-twister.ts';

/** CPython's key of an integer seed: the 32-bit digits of its magnitude, the lowest first, at least one. */
function keyOf(seed: number): Uint32Array {
  if (!Number.isSafeInteger(seed))
    throw new RangeError(`The seed must be a whole number below 2^53 in size, not ${seed}.`);
  const magnitude = Math.abs(seed);
  const high = Math.floor(magnitude / 2 ** 32);
  return high === 0 ? Uint32Array.of(magnitude) : Uint32Array.of(magnitude, high);
}

/**
 * CPython's `random.Random(seed)`, bit for bit: the notebooks shuffle their words and draw micrograd's weights with it.
 *
 * Source: CPython, Modules/_randommodule.c and Lib/random.py.
 */
export class PythonRandom {
  private readonly generator: MersenneTwister;
  private nextGauss: number | undefined;

  /** @throws RangeError where the seed is not an integer that a number holds exactly. */
  constructor(seed: number) {
    this.generator = MersenneTwister.fromKey(keyOf(seed));
  }

  /** A float with 53 random bits, uniform on [0, 1). */
  random(): number {
    const a = this.generator.next() >>> 5;
    const b = this.generator.next() >>> 6;
    return (a * 2 ** 26 + b) / 2 ** 53;
  }

  /** A float between `low` and `high`, rounded as CPython rounds it. */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.random();
  }

  /** `bits` random bits as an unsigned integer; `bits` is 1 to 32. */
  getrandbits(bits: number): number {
    if (!(Number.isInteger(bits) && bits >= 1 && bits <= 32))
      throw new RangeError(`bits must be 1 to 32, not ${bits}.`);
    return this.generator.next() >>> (32 - bits);
  }

  /** A normal number by Box and Muller's method; the second of each pair is kept for the next call. */
  gauss(mean: number, standardDeviation: number): number {
    let z = this.nextGauss;
    this.nextGauss = undefined;
    if (z === undefined) {
      const angle = this.random() * 2 * Math.PI;
      const radius = Math.sqrt(-2 * Math.log(1 - this.random()));
      z = Math.cos(angle) * radius;
      this.nextGauss = Math.sin(angle) * radius;
    }
    return mean + z * standardDeviation;
  }

  /** Shuffles the list in place, from its end (Fisher and Yates). */
  shuffle<T>(list: T[]): void {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [list[i], list[j]] = [list[j]!, list[i]!];
    }
  }

  /** An integer below `limit`: draws of just enough bits, until one fits. */
  private below(limit: number): number {
    const bits = 32 - Math.clz32(limit);
    for (;;) {
      const draw = this.getrandbits(bits);
      if (draw < limit) return draw;
    }
  }
}
