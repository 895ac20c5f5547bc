import { describe, expect, test } from 'vitest';
import torch from '../../reference/fixtures/torch-random.json' with { type: 'json' };
import { MersenneTwister } from './mersenne-twister.ts';
import { TorchGenerator } from './torch-generator.ts';

const generator = () => new TorchGenerator(torch.seed);
const floats = (values: number[]) => Float32Array.from(values);

test.for(Object.entries(torch.mt19937_first64))('the words of seed %s are PyTorch’s', ([seed, words]) => {
  const twister = new MersenneTwister(Number(seed));
  expect(words.map(() => twister.next())).toEqual(words);
});

describe('bit for bit', () => {
  test('rand', () => {
    expect(generator().rand(20)).toEqual(floats(torch.rand20));
  });

  test.for(Object.entries(torch.randn_small))('randn(%s)', ([n, values]) => {
    expect(generator().randn(Number(n))).toEqual(floats(values));
  });

  test('randn(5) twice: the sixth normal is the cached one', () => {
    const g = generator();
    expect([g.randn(5), g.randn(5)]).toEqual(torch.randn_small_twice5.map(floats));
  });

  test.for(Object.entries(torch.randn_fill_avx2).filter(([n]) => n !== 'capability'))(
    'randn(%s) on AVX2',
    ([n, values]) => {
      const count = n === '27x10' ? 270 : Number(n);
      expect(generator().randn(count)).toEqual(floats(values as number[]));
    },
  );

  test('randint', () => {
    expect([...generator().randint(0, 182625, 32)]).toEqual(torch.randint_182625_x32);
  });
});

describe('the platform’s libm: to a unit or two in the last place', () => {
  test.for(Object.entries({ ...torch.randn_fill_scalar, 270: torch.randn_27x10_scalar }))(
    'randn(%s)',
    ([n, values]) => {
      const drawn = generator().randn(Number(n), { arithmetic: 'libm' });
      let equal = 0;
      drawn.forEach((value, i) => {
        expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(4.8e-7);
        if (value === Math.fround(values[i]!)) equal += 1;
      });
      expect(equal / drawn.length).toBeGreaterThan(0.9);
    },
  );
});

test('one generator, five kinds of draws in a row', () => {
  const g = generator();
  const libm = { arithmetic: 'libm' } as const;
  const drawn = [g.randn(3), g.randn(20, libm), g.randn(2), g.rand(2), g.randint(0, 182625, 3)];
  drawn.forEach((values, i) => {
    expect([...values]).toEqual(torch.mixed_sequence.values[i]!.map((value) => expect.closeTo(value, 6)));
  });
});

describe('multinomial gives PyTorch’s indices', () => {
  const probabilities = floats(torch.multinomial_probs);

  test('many samples at once, by the cumulative rule', () => {
    expect([...generator().multinomial(probabilities, 20)]).toEqual(torch.multinomial_20_replacement);
  });

  test('one sample at a time, by the exponential rule', () => {
    const g = generator();
    const drawn = torch.multinomial_1_replacement_x20.map(() => g.multinomial(probabilities, 1)[0]);
    expect(drawn).toEqual(torch.multinomial_1_replacement_x20);
    expect(drawn).toEqual(torch.multinomial_1_noreplacement_x20);
  });

  test('the notebook’s hundred samples of three probabilities', () => {
    const g = generator();
    const raw = g.rand(3);
    const total = Math.fround(Math.fround(raw[0]! + raw[1]!) + raw[2]!);
    const p = raw.map((value) => value / total);
    expect(p).toEqual(floats(torch.notebook_p3));
    expect([...g.multinomial(p, 100)]).toEqual(torch.notebook_multinomial_p3_100);
  });
});

test('what cannot be drawn is refused in words', () => {
  expect(() => new TorchGenerator(0.5)).toThrow('not 0.5');
  expect(() => generator().randint(5, 5, 1)).toThrow('5 - 5 is 0');
});

test('with its state another generator goes on where one stopped', () => {
  const one = generator();
  one.randn(5); // an odd number of draws leaves a normal in the cache
  one.randint(0, 27, 700);
  const other = new TorchGenerator(0);
  other.setState(structuredClone(one.getState()));
  expect(other.randn(3)).toEqual(one.randn(3));
  expect(other.randint(0, 182625, 32)).toEqual(one.randint(0, 182625, 32));
});
