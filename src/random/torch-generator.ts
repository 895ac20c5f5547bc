import { MersenneTwister, type TwisterState } from './mersenne-twister.ts';
import { type Arithmetic, fillNormal } from './normal.ts';

export interface MultinomialOptions {
  /**
   * Which of PyTorch’s two ways to draw is followed. `cumulative` looks a uniform number up in the running sum;
   * `exponential` divides each probability by an exponential number and takes the largest. PyTorch 2.13 uses the second
   * for a single sample, the first for several; the version that wrote the makemore notebooks used the first for both.
   */
  readonly rule?: 'cumulative' | 'exponential';
}

/** All that decides what a generator draws next; structured-cloneable. */
export interface GeneratorState extends TwisterState {
  readonly cachedNormal: number | undefined;
}

/** From this many values on, PyTorch draws normal numbers in blocks of 16. */
const BLOCK = 16;

/** Ranges of this size and more are drawn from two words. */
const WIDE_RANGE = 2 ** 28;

/**
 * PyTorch’s generator for the CPU, `torch.Generator().manual_seed(seed)`: the same words and the same numbers made of
 * them, in single precision.
 *
 * Source: PyTorch 2.13, aten/src/ATen/CPUGeneratorImpl.cpp, native/cpu/DistributionTemplates.h and Distributions.cpp.
 */
export class TorchGenerator {
  private readonly words: MersenneTwister;
  /** The second normal number of a pair. It survives all other draws. */
  private cachedNormal: number | undefined;

  /** @param seed only `seed` modulo 2^32 matters. @throws RangeError where it is no integer that a number holds exactly. */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed))
      throw new RangeError(`The seed must be a whole number below 2^53 in size, not ${seed}.`);
    this.words = new MersenneTwister(seed);
  }

  /** `generator.get_state()`: with it, another generator draws what this one would draw next. */
  getState(): GeneratorState {
    return { ...this.words.getState(), cachedNormal: this.cachedNormal };
  }

  /** `generator.set_state(state)`. */
  setState(state: GeneratorState): void {
    this.words.setState(state);
    this.cachedNormal = state.cachedNormal;
  }

  /** `torch.rand(n)`: n floats, uniform on [0, 1), with 24 random bits each. */
  rand(n: number): Float32Array {
    return Float32Array.from({ length: n }, () => (this.words.next() & 0xffffff) / 2 ** 24);
  }

  /**
   * `torch.randn(n)`: n normal floats; a shape does not matter, only the number of elements.
   * @param arithmetic `avx2`, PyTorch’s own on a processor with AVX2, gives the same bits everywhere. `libm`, that of the
   *   published notebooks, agrees with PyTorch to a unit or two in the last place.
   */
  randn(n: number, { arithmetic = 'avx2' }: { arithmetic?: Arithmetic } = {}): Float32Array {
    if (n < BLOCK) return Float32Array.from({ length: n }, () => this.normal());
    const values = this.rand(n);
    for (let i = 0; i + BLOCK <= n; i += BLOCK) fillNormal(values.subarray(i, i + BLOCK), arithmetic);
    if (n % BLOCK !== 0) {
      // The last 16 values are drawn anew, over some that were finished already.
      const rest = values.subarray(n - BLOCK);
      rest.set(this.rand(BLOCK));
      fillNormal(rest, arithmetic);
    }
    return values;
  }

  /** `torch.randint(low, high, (n,))`: n integers, low included, high excluded. */
  randint(low: number, high: number, n: number): Int32Array {
    const range = high - low;
    if (!(range > 0 && range < WIDE_RANGE)) {
      throw new RangeError(`randint needs 0 < high - low < 2^28, and ${high} - ${low} is ${range}.`);
    }
    const drawn = new Int32Array(n);
    // Told that both are unsigned, an engine divides whole numbers, five times as fast as others.
    for (let i = 0; i < n; i++) drawn[i] = low + (this.words.next() % (range >>> 0));
    return drawn;
  }

  /**
   * `torch.multinomial(probabilities, samples, replacement=True)`: indices, drawn in proportion to `probabilities`, which
   * need not add up to 1. By the exponential rule each sample is drawn as if it were the only one.
   */
  multinomial(
    probabilities: ArrayLike<number>,
    samples: number,
    { rule = samples === 1 ? 'exponential' : 'cumulative' }: MultinomialOptions = {},
  ): Int32Array {
    const draw = rule === 'cumulative' ? this.cumulativeDraw(probabilities) : () => this.exponentialDraw(probabilities);
    return Int32Array.from({ length: samples }, draw);
  }

  /** 53 random bits, uniform on [0, 1); the first word is the high half. */
  private uniform(): number {
    const high = this.words.next();
    const low = this.words.next();
    return ((high & 0x1fffff) * 2 ** 32 + low) / 2 ** 53;
  }

  /** A normal double by Box and Muller’s method, rounded only when it is stored. */
  private normal(): number {
    const cached = this.cachedNormal;
    this.cachedNormal = undefined;
    if (cached !== undefined) return cached;
    const u1 = this.uniform();
    const u2 = this.uniform();
    const radius = Math.sqrt(-2 * Math.log1p(-u2));
    const angle = 2 * Math.PI * u1;
    this.cachedNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  private cumulativeDraw(probabilities: ArrayLike<number>): () => number {
    const sums = new Float32Array(probabilities.length);
    let sum = 0;
    for (let i = 0; i < sums.length; i++) {
      sum = Math.fround(sum + Math.fround(probabilities[i]!));
      sums[i] = sum;
    }
    for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! / sum;
    sums[sums.length - 1] = 1;
    return () => {
      const u = this.uniform();
      return sums.findIndex((edge) => edge >= u);
    };
  }

  private exponentialDraw(probabilities: ArrayLike<number>): number {
    let best = 0;
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < probabilities.length; i++) {
      const exponential = Math.fround(-Math.log1p(-this.uniform()));
      const share = Math.fround(Math.fround(probabilities[i]!) / exponential);
      if (share > largest) [best, largest] = [i, share];
    }
    return best;
  }
}
