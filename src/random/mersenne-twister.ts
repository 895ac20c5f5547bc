const N = 624;
const M = 397;

/** One word of the twist: the recurrence mixes the top bit of one state word with the low bits of the next. */
const twisted = (high: number, low: number): number =>
  (((high & 0x80000000) | (low & 0x7fffffff)) >>> 1) ^ (low & 1 ? 0x9908b0df : 0);

export interface TwisterState {
  /** (624). */
  readonly words: Uint32Array;
  /** How many of them were handed out. */
  readonly position: number;
}

/**
 * The Mersenne Twister MT19937, the generator under both PyTorch's CPU generator and CPython's `random`. They differ only
 * in how they seed it and in how they turn its words into numbers.
 *
 * Source: Matsumoto and Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998), and their reference code mt19937ar.c.
 */
export class MersenneTwister {
  private readonly state = new Uint32Array(N);
  private position = N;

  /** Seeds from one 32-bit word (`init_genrand`); only `seed` modulo 2^32 matters. */
  constructor(seed: number) {
    this.state[0] = seed >>> 0;
    for (let i = 1; i < N; i++) {
      const previous = this.state[i - 1]! ^ (this.state[i - 1]! >>> 30);
      this.state[i] = Math.imul(1812433253, previous) + i;
    }
  }

  /** Seeds from a key of any number of 32-bit words (`init_by_array`), as CPython does. */
  static fromKey(key: Uint32Array): MersenneTwister {
    const generator = new MersenneTwister(19650218);
    const s = generator.state;
    let i = 1;
    const mix = (multiplier: number): number => s[i]! ^ Math.imul(s[i - 1]! ^ (s[i - 1]! >>> 30), multiplier);
    const advance = () => {
      i += 1;
      if (i < N) return;
      s[0] = s[N - 1]!;
      i = 1;
    };
    for (let k = 0; k < Math.max(N, key.length); k++) {
      const j = k % key.length;
      s[i] = mix(1664525) + key[j]! + j;
      advance();
    }
    for (let k = 0; k < N - 1; k++) {
      s[i] = mix(1566083941) - i;
      advance();
    }
    s[0] = 0x80000000;
    return generator;
  }

  /** A copy of all that decides the next words. */
  getState(): TwisterState {
    return { words: this.state.slice(), position: this.position };
  }

  setState({ words, position }: TwisterState): void {
    this.state.set(words);
    this.position = position;
  }

  /** The next word: an integer, uniform on 0 to 2^32 - 1. */
  next(): number {
    if (this.position === N) this.twist();
    let y = this.state[this.position]!;
    this.position += 1;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  private twist(): void {
    const s = this.state;
    for (let i = 0; i < N; i++) s[i] = s[(i + M) % N]! ^ twisted(s[i]!, s[(i + 1) % N]!);
    this.position = 0;
  }
}
