// One test for each sentence of the post that is true only as long as a figure bears it out. The other side of the
// comparison is PyTorch’s, a closed form, or a count by hand.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judgeNumber, judgeOrder } from '../../components/prose/judge.ts';
import { judgeFormula, slopesOf } from '../../components/prose/judge-formula.ts';
import { stepsOf } from '../../components/prose/operations.ts';
import reference from '../../reference/fixtures/bigram.json' with { type: 'json' };
import { Value } from '../../src/autograd/index.ts';
import { TorchGenerator } from '../../src/random/index.ts';
import {
  type BigramCounts,
  bigramProbabilities,
  countBigrams,
  meanNll,
  sampleWord,
  withTemperature,
} from '../../src/text/bigram.ts';
import { Vocabulary } from '../../src/text/vocabulary.ts';
import { descend, softmax, softmaxRows } from '../../src/training/bigram/descent.ts';
import {
  count,
  countsForOnePercent,
  curvature,
  dana,
  descent,
  doubled,
  draws,
  firstSlopes,
  keeps,
  LAMBDA,
  likelihoodExponent,
  losses,
  MU,
  makemore,
  makemoreCount,
  makemoreNames,
  makemoreProbability,
  makemoreRow,
  matchingSmoothing,
  names,
  notebookNames,
  probability,
  RATE,
  recorded,
  regularized,
  regularizedNll,
  rowTotal,
  runningSums,
  SEED,
  score,
  sharpest,
  slopeOfNa,
  tiny,
  train,
  trained,
  zeros,
} from './BigramLM.ts';

const LETTERS = [...'.adhn'];
const ALPHABET = [...'.abcdefghijklmnopqrstuvwxyz'];

const sum = (list: ArrayLike<number>): number => Array.from(list).reduce((total, x) => total + x, 0);
const timesIn = (text: string, pair: string): number => [...text].filter((_, i) => text.startsWith(pair, i)).length;

/** The mean negative log-likelihood straight from its definition, pair by pair of the six names. */
function nllByHand(p: (pair: string) => number): number {
  const pairs = names.flatMap((name) => [...`${name}.`].map((letter, i) => `${i === 0 ? '.' : name[i - 1]}${letter}`));
  return -sum(pairs.map((pair) => Math.log(p(pair)))) / pairs.length;
}

/** How far a row of probabilities is from the counts: what it adds to the loss per pair of its own. */
function distances({ counts, size }: BigramCounts, probabilities: ArrayLike<number>): number[] {
  return Array.from({ length: size }, (_, row) => {
    const of = counts.subarray(row * size, (row + 1) * size);
    const total = sum(of);
    return sum(
      Array.from(of, (n, j) => (n > 0 ? (n / total) * Math.log(n / total / probabilities[row * size + j]!) : 0)),
    );
  });
}

describe('Counting what follows', () => {
  test('the table is that of the dotted names, searched by eye', () => {
    const dotted = names.map((name) => `.${name}.`);
    for (const before of LETTERS) {
      for (const after of LETTERS) {
        const pair = before + after;
        expect(count(pair), pair).toBe(sum(dotted.map((name) => timesIn(name, pair))));
      }
    }
    expect(LETTERS.map((before) => LETTERS.map((after) => count(before + after)))).toEqual([
      [0, 3, 2, 1, 0],
      [4, 0, 1, 0, 5],
      [0, 3, 0, 0, 0],
      [0, 1, 0, 0, 0],
      [2, 3, 0, 0, 3],
    ]);
    expect(LETTERS.map(rowTotal)).toEqual([6, 10, 3, 1, 8]);
    expect(tiny.total).toBe(28);
  });

  test('anna has five pairs, the model five symbols, and the post names six names', () => {
    expect(names[0]).toBe('anna');
    expect('.anna.'.length - 1).toBe(5);
    expect(tiny.size).toBe(5);
    expect(names).toHaveLength(6);
  });

  test('the makemore list is that of the fixture, with 27 symbols', () => {
    expect(makemoreNames).toBe(32033);
    expect(makemore.total).toBe(228146);
    expect(sum(makemore.counts)).toBe(reference.n_bigrams);
    expect(makemore.size).toBe(27);
    for (const [pair, expected] of Object.entries(reference.cells)) expect(makemoreCount(pair), pair).toBe(expected);
    expect(makemoreRow('.')).toBe(makemoreNames);
  });
});

describe('A row is a distribution, and drawing from it', () => {
  test('after a comes n in 5 cases of 10, and every row adds up to 1', () => {
    expect(probability('an')).toBe(0.5);
    for (const letter of LETTERS) expect(sum(LETTERS.map((after) => probability(letter + after)))).toBeCloseTo(1, 14);
  });

  test('a number of 0.45 falls on the stretch of d, and letters of probability 0 have none', () => {
    [0.4, 0.4, 0.5, 0.5, 1].forEach((edge, i) => {
      expect(runningSums[i]).toBeCloseTo(edge, 14);
    });
    expect(LETTERS[runningSums.findIndex((edge) => edge >= 0.45)]).toBe('d');
    expect(LETTERS.filter((_, i) => runningSums[i] === (runningSums[i - 1] ?? 0))).toEqual(['a', 'h']);
  });

  test('the four numbers pick the letters of the table from the running sums of both lists', () => {
    const pick = (row: number[], u: number) => row.findIndex((_, i) => sum(row.slice(0, i + 1)) >= u);
    let [ours, theirs] = ['.', '.'];
    for (const { u, ours: nextOurs, theirs: nextTheirs } of draws) {
      const row = LETTERS.map((after) => probability(ours + after));
      ours = LETTERS[pick(row, u)]!;
      theirs =
        ALPHABET[
          pick(
            ALPHABET.map((after) => makemoreProbability(theirs + after, 1)),
            u,
          )
        ]!;
      expect([ours, theirs]).toEqual([nextOurs, nextTheirs]);
    }
    expect(draws).toHaveLength(4);
    expect(draws.map(({ ours }) => ours).join('')).toBe('dan.');
    expect(names).toContain('dan');
  });

  test('with the makemore list the generator prints the names of the notebook; by today’s rule others', () => {
    expect(notebookNames).toEqual(reference.samples_cumulative_rule);
    expect(draws.map(({ theirs }) => theirs).join('')).toBe(notebookNames[0]);
    const generator = new TorchGenerator(SEED);
    const table = bigramProbabilities(makemore, 1);
    const today = reference.samples_exponential_rule.map(() =>
      sampleWord((row) => table.subarray(27 * row, 27 * row + 27), generator, 'exponential')
        .map((i) => ALPHABET[i])
        .join(''),
    );
    expect(today).toEqual(reference.samples_exponential_rule);
    for (const name of today) expect(notebookNames).not.toContain(name);
  });
});

describe('How well does it fit?', () => {
  test('the probability of ann: the factors printed, multiplied', () => {
    expect(score('ann').probabilities).toEqual([3 / 6, 5 / 10, 3 / 8, 2 / 8]);
    expect(score('ann').likelihood).toBeCloseTo((3 * 5 * 3 * 2) / (6 * 10 * 8 * 8), 15);
  });

  test('the likelihood of the makemore list is too small for a double, its logarithm is not', () => {
    expect(likelihoodExponent).toBeCloseTo((-reference.mean_nll_unsmoothed * 228146) / Math.log(10), 6);
    expect(10 ** likelihoodExponent).toBe(0);
    expect(likelihoodExponent).toBeLessThan(Math.log10(Number.MIN_VALUE));
  });

  test('the losses of both lists, PyTorch’s and by the definition, and those of knowing nothing', () => {
    expect(meanNll(makemore, bigramProbabilities(makemore, 0))).toBeCloseTo(losses.makemore, 9);
    expect(meanNll(makemore, bigramProbabilities(makemore, 1))).toBeCloseTo(losses.makemorePlusOne, 9);
    expect(losses.makemore.toFixed(4)).toBe('2.4540');
    expect(losses.makemorePlusOne.toFixed(4)).toBe('2.4546');
    expect(losses.uniform).toBeCloseTo(-Math.log(1 / 27), 14);
    expect(losses.uniform.toFixed(4)).toBe('3.2958');
    expect(losses.tiny).toBeCloseTo(
      nllByHand((pair) => probability(pair)),
      14,
    );
    expect(losses.tinyPlusOne).toBeCloseTo(
      nllByHand((pair) => probability(pair, 1)),
      14,
    );
    expect(losses.tinyUniform).toBeCloseTo(
      nllByHand(() => 1 / 5),
      14,
    );
    expect(losses.tiny).toBeLessThan(losses.tinyUniform);
  });

  test('an even choice among e to the loss symbols has the same loss', () => {
    expect(Math.exp(losses.makemore)).toBeGreaterThan(11.6);
    expect(Math.exp(losses.makemore)).toBeLessThan(11.7);
  });

  test('no other table does better on the same list', () => {
    const generator = new TorchGenerator(1);
    for (let round = 0; round < 50; round++) {
      const nudges = generator.randn(729);
      const other = bigramProbabilities(makemore, 0).map((p, i) => p * Math.exp(0.1 * nudges[i]!));
      const rows = other.map((p, i) => p / sum(other.subarray(27 * Math.floor(i / 27), 27 * Math.floor(i / 27) + 27)));
      expect(meanNll(makemore, rows)).toBeGreaterThan(losses.makemore);
    }
  });
});

describe('Pairs that never occur', () => {
  test('hana is not among the six and has a probability; dad fails at its last pair', () => {
    expect(names).not.toContain('hana');
    expect(score('hana').likelihood).toBeCloseTo(1 / 80, 15);
    const { probabilities, likelihood, nll } = score('dad');
    expect(names.filter((name) => name.endsWith('d'))).toEqual([]);
    expect(probabilities.map((p) => p > 0)).toEqual([true, true, true, false]);
    expect(likelihood).toBe(0);
    expect(nll).toBe(Number.POSITIVE_INFINITY);
  });

  test('how many pairs never occur', () => {
    expect(zeros).toEqual({ tiny: 14, makemore: reference.counts_checksum.zeros });
    expect([tiny.counts.length, makemore.counts.length]).toEqual([25, 729]);
  });

  test('a smoothed row is a mixture of the counted and the uniform row, by the weight w', () => {
    for (const k of [0.5, 1, 10]) {
      for (const before of LETTERS) {
        const w = keeps(rowTotal(before), k, 5);
        for (const after of LETTERS) {
          const pair = before + after;
          expect(probability(pair, k)).toBeCloseTo(w * probability(pair) + (1 - w) / 5, 14);
        }
      }
    }
  });

  test('one added count changes the row of h much and that of a little; so too with q and a of makemore', () => {
    expect(keeps(rowTotal('h'), 1, 5)).toBeCloseTo(1 / 6, 14);
    expect([probability('ha'), probability('ha', 1)]).toEqual([1, 2 / 6]);
    expect(keeps(rowTotal('a'), 1, 5)).toBeCloseTo(10 / 15, 14);
    expect(probability('an', 1)).toBeCloseTo(6 / 15, 14);
    expect(makemoreRow('q')).toBe(272);
    expect(keeps(makemoreRow('q'), 1, 27)).toBeCloseTo(272 / 299, 14);
    expect(keeps(makemoreRow('a'), 1, 27)).toBeGreaterThan(0.999);
  });

  test('the side note: averaging all rows of two outcomes by their likelihood gives (N + 1) / (n + 2)', () => {
    const [heads, tails, steps] = [3, 1, 100000];
    const grid = Array.from({ length: steps }, (_, i) => (i + 0.5) / steps);
    const likelihood = (p: number) => p ** heads * (1 - p) ** tails;
    const average = sum(grid.map((p) => p * likelihood(p))) / sum(grid.map(likelihood));
    expect(average).toBeCloseTo((heads + 1) / (heads + tails + 2), 8);
  });

  test('smoothing costs likelihood on the list itself, and more where there are few counts', () => {
    expect(losses.makemorePlusOne).toBeGreaterThan(losses.makemore);
    expect(losses.tinyPlusOne - losses.tiny).toBeGreaterThan(100 * (losses.makemorePlusOne - losses.makemore));
    for (const word of ['dad', 'hnd', 'nnhh']) expect(score(word, 1).nll).toBeLessThan(Number.POSITIVE_INFINITY);
  });
});

/** The list that ships with the site, which the figures start on. */
const shipped = (() => {
  const words = readFileSync('content/corpora/names.txt', 'utf8').trim().split(/\s+/);
  const vocabulary = new Vocabulary(words);
  return { vocabulary, counted: countBigrams(words, vocabulary) };
})();

describe('Captions, on the list that ships with the site', () => {
  const { vocabulary, counted } = shipped;
  const { size } = counted;
  const start = () => Float64Array.from(new TorchGenerator(SEED).randn(size * size));
  const trainedFor = (updates: number, rate: number, lambda: number) => {
    const weights = start();
    for (let update = 0; update < updates; update++) descend(counted, weights, rate, lambda);
    return distances(counted, softmaxRows(weights));
  };
  const rowSums = Array.from({ length: size }, (_, row) => sum(counted.counts.subarray(row * size, (row + 1) * size)));
  const rank = rowSums.map((_, row) => row).sort((i, j) => rowSums[j]! - rowSums[i]!);
  const mean = (list: number[], rows: number[]) => sum(rows.map((row) => list[row]!)) / rows.length;

  test('nothing goes from j to q, and that alone makes the loss of andrejq infinite', () => {
    const path = [0, ...vocabulary.encode('andrejq'), 0];
    const missing = path.slice(1).filter((after, i) => counted.counts[path[i]! * size + after] === 0);
    expect(vocabulary.symbols.join('')).toBe(ALPHABET.join(''));
    expect(vocabulary.decode(missing)).toBe('q');
    expect(counted.counts[vocabulary.encode('j')[0]! * size + vocabulary.encode('q')[0]!]).toBe(0);
  });

  test('add more and more, and the loss of the list climbs towards that of guessing uniformly', () => {
    const climb = [0, 1, 10, 100, 1000, 1e7].map((k) => meanNll(counted, bigramProbabilities(counted, k)));
    climb.slice(1).forEach((nll, i) => {
      expect(nll).toBeGreaterThan(climb[i]!);
    });
    expect(climb.at(-1)).toBeCloseTo(Math.log(size), 2);
  });

  test('lower the temperature, and the longest bar wins more often; raise it, and all become alike', () => {
    const row = bigramProbabilities(counted, 1).subarray(0, size);
    expect(Math.max(...withTemperature(row, 0.5))).toBeGreaterThan(Math.max(...row));
    expect(Math.max(...withTemperature(row, 1000))).toBeCloseTo(1 / size, 3);
  });

  test('at 50 the frequent rows fall into place first, the rare ones lag behind', () => {
    for (const updates of [10, 100]) {
      const distance = trainedFor(updates, RATE, LAMBDA);
      expect(mean(distance, rank.slice(0, 9))).toBeLessThan(mean(distance, rank.slice(9, 18)) / 2);
      expect(mean(distance, rank.slice(9, 18))).toBeLessThan(mean(distance, rank.slice(18)) / 2);
    }
  });

  test('at 150 the rare rows get further than before, but the row of a, the most frequent, never comes to rest', () => {
    const a = vocabulary.encode('a')[0]!;
    expect(rank[0]).toBe(a);
    const [slow, fast] = [trainedFor(100, 50, LAMBDA), trainedFor(100, 150, LAMBDA)];
    for (const row of rank.slice(-9)) expect(fast[row]!).toBeLessThan(slow[row]!);
    for (const updates of [50, 75, 99, 100]) expect(trainedFor(updates, 150, LAMBDA)[a]!).toBeGreaterThan(0.1);
  });

  test('with no regularization, trained longer, the tables meet', () => {
    expect(Math.max(...trainedFor(3000, 50, 0))).toBeLessThan(0.05);
  });
});

describe('The same table as a layer', () => {
  test('two letters of context make 27 × 27 rows, ten make about 2 × 10¹⁴', () => {
    expect(27 ** 10).toBeGreaterThan(2e14);
    expect(27 ** 10).toBeLessThan(2.1e14);
  });

  test('one-hot times a matrix picks out a row', () => {
    const x = [0, 0, 1, 0, 0];
    const w = Array.from(new TorchGenerator(3).randn(25));
    const z = x.map((_, j) => sum(x.map((xk, k) => xk * w[5 * k + j]!)));
    expect(z).toEqual(w.slice(10, 15));
  });

  test('with W = log N the network is the counted model, with any constant added too', () => {
    for (const shift of [0, 5, -300, 800]) {
      const p = softmaxRows(Float64Array.from(tiny.counts, (n) => Math.log(n) + shift));
      bigramProbabilities(tiny, 0).forEach((expected, i) => {
        expect(p[i]).toBeCloseTo(expected, 12);
      });
    }
  });

  test('dividing the logits by T is raising the probabilities to 1/T', () => {
    const z = Float64Array.of(0.3, -1.2, 2, 0);
    const expected = softmax(z.map((x) => x / 1.7));
    withTemperature(softmax(z), 1.7).forEach((p, i) => {
      expect(p).toBeCloseTo(expected[i]!, 14);
    });
  });
});

describe('The slope of a logit', () => {
  test('p − y is what the backward pass of the previous post finds, and adds up to 0', () => {
    const z = [0.3, -1.2, 2, 0, 0.7];
    for (const target of z.keys()) {
      const logits = z.map((x) => new Value(x));
      const powers = logits.map((logit) => logit.exp());
      const total = powers.reduce((partial, power) => partial.add(power));
      powers[target]!.div(total).log().neg().backward();
      const p = softmax(Float64Array.from(z));
      logits.forEach(({ grad }, j) => {
        expect(grad).toBeCloseTo(p[j]! - (j === target ? 1 : 0), 14);
      });
      expect(sum(logits.map(({ grad }) => grad))).toBeCloseTo(0, 14);
    }
  });

  test('a slope of L is (n p − N) / n, checked by the two-sided quotient of the loss, penalty included', () => {
    const weights = Float64Array.from(new TorchGenerator(5).randn(25));
    const loss = (w: Float64Array) => meanNll(tiny, softmaxRows(w)) + 0.3 * (sum(w.map((x) => x * x)) / 25);
    const moved = weights.slice();
    descend(tiny, moved, 1, 0.3);
    weights.forEach((w, i) => {
      const [up, down] = [weights.slice(), weights.slice()];
      up[i]! += 1e-5;
      down[i]! -= 1e-5;
      expect(w - moved[i]!).toBeCloseTo((loss(up) - loss(down)) / 2e-5, 9);
    });
  });

  test('with W = 0 the row of a expects 2 of each; the slopes are 28ths and add up to 0', () => {
    expect(firstSlopes.map(({ expected }) => expected)).toEqual([2, 2, 2, 2, 2]);
    expect(firstSlopes.map(({ seen }) => seen)).toEqual([4, 0, 1, 0, 5]);
    [-2, 2, 1, 2, -3].forEach((slope, i) => {
      expect(28 * firstSlopes[i]!.slope).toBeCloseTo(slope, 12);
    });
    expect(sum(firstSlopes.map(({ slope }) => slope))).toBeCloseTo(0, 14);
  });

  test('the gradient of the notebook’s first update is PyTorch’s', () => {
    const weights = Float64Array.from(new TorchGenerator(SEED).randn(729, { arithmetic: 'libm' }));
    const moved = weights.slice();
    descend(makemore, moved, 1, LAMBDA);
    const gradient = weights.map((w, i) => w - moved[i]!);
    const { first, l2 } = reference.neural.grad_step0;
    first.forEach((slope, i) => {
      expect(gradient[i]).toBeCloseTo(slope, 6);
    });
    expect(Math.hypot(...gradient)).toBeCloseTo(l2, 6);
  });
});

describe('Why descent arrives at the counts', () => {
  test('log N for every count that is not 0: no slope there', () => {
    const ones = { ...tiny, counts: tiny.counts.map((n) => n + 1), total: tiny.total + 25 };
    const weights = Float64Array.from(ones.counts, Math.log);
    const moved = weights.slice();
    descend(ones, moved, 1);
    moved.forEach((w, i) => {
      expect(w).toBeCloseTo(weights[i]!, 14);
    });
  });

  test('ten times the updates: a tenth of the probability and of the excess; the logit falls and falls', () => {
    expect(descent.map(({ updates }) => updates)).toEqual([0, 10, 100, 1000, 10000]);
    for (const i of [3, 4]) {
      expect(descent[i - 1]!.never / descent[i]!.never).toBeCloseTo(10, 0);
      expect(descent[i - 1]!.excess / descent[i]!.excess).toBeCloseTo(10, 0);
    }
    descent.slice(1).forEach(({ logit, excess, seen }, i) => {
      expect(logit).toBeLessThan(descent[i]!.logit);
      expect(excess).toBeLessThan(descent[i]!.excess);
      expect(Math.abs(seen - 0.5)).toBeLessThan(Math.abs(descent[i]!.seen - 0.5));
    });
    expect(descent.at(-1)!.excess).toBeGreaterThan(0);
    expect(descent[0]!.excess).toBeCloseTo(Math.log(5) - losses.tiny, 14);
  });

  test('1/p grows by a constant per update: the fall of its logit and the rise of the others', () => {
    // Rate 5, row share 10/28; two letters fall by p each, three rise by 2p/3 each.
    const c = 5 * (10 / 28) * (1 + 2 / 3);
    expect(1 / (descent[4]!.never * 10000 * c)).toBeCloseTo(1, 2);
  });
});

describe('A rate of fifty', () => {
  test('the notebook’s penalty and rate', () => {
    expect([LAMBDA, RATE, SEED]).toEqual([0.01, 50, 2147483647]);
  });

  test('the rate of a row is 50 times its share: the row of a moves over a hundred times as fast as that of q', () => {
    expect((50 * 33885) / 228146).toBeCloseTo((RATE * makemoreRow('a')) / makemore.total, 12);
    expect((50 * 272) / 228146).toBeCloseTo((RATE * makemoreRow('q')) / makemore.total, 12);
  });

  test('the curvature is n_i/n times a variance: the second difference of the loss along the direction says so', () => {
    const row = ALPHABET.map((after) => makemoreProbability(`a${after}`, 0));
    const logits = row.map(Math.log);
    const d = row.map((_, k) => Math.cos(2 * k));
    const length = Math.hypot(...d);
    const along = (s: number) => Math.log(sum(logits.map((z, k) => Math.exp(z + (s * d[k]!) / length))));
    const second = (along(1e-3) - 2 * along(0) + along(-1e-3)) / 1e-6;
    const unit = d.map((x) => x / length);
    const mean = sum(unit.map((x, k) => row[k]! * x));
    const variance = sum(unit.map((x, k) => row[k]! * (x - mean) ** 2));
    expect(second).toBeCloseTo(variance, 6);
    expect((variance * makemoreRow('a')) / makemore.total).toBeLessThan(sharpest.curvature);
  });

  test('the largest curvature is in the row of a, and no direction found at random exceeds it', () => {
    expect(sharpest.letter).toBe('a');
    const generator = new TorchGenerator(9);
    for (const letter of ['a', 'q', '.']) {
      const largest = curvature(letter);
      const row = ALPHABET.map((after) => makemoreProbability(letter + after, 0));
      const share = makemoreRow(letter) / makemore.total;
      // The largest eigenvalue of diag(p) − p pᵀ lies between max p (1 − p) and max p.
      expect(largest).toBeLessThanOrEqual(share * Math.max(...row));
      expect(largest).toBeGreaterThanOrEqual(share * Math.max(...row.map((p) => p * (1 - p))));
      for (let round = 0; round < 100; round++) {
        const d = generator.randn(27);
        const mean = sum(row.map((p, k) => p * d[k]!));
        const variance = sum(row.map((p, k) => p * (d[k]! - mean) ** 2)) / sum(d.map((x) => x * x));
        expect(share * variance).toBeLessThan(largest);
      }
    }
  });

  test('fifty is below the limit; at a hundred, above it, the loss rises again and again and ends higher', () => {
    const limit = 2 / sharpest.curvature;
    expect(limit).toBeGreaterThan(RATE);
    expect(limit).toBeLessThan(2 * RATE);
    expect(doubled.rises).toBe(44);
    expect(doubled.loss).toBeGreaterThan(recorded[4]!.loss);
    for (const [rate, rises] of [
      [50, false],
      [0.9 * limit, false],
      [1.2 * limit, true],
    ] as const) {
      const { loss } = train(rate);
      expect(
        loss.some((each, i) => i > 0 && each > loss[i - 1]!),
        `at ${rate}`,
      ).toBe(rises);
    }
  });

  test('our descent has PyTorch’s losses, with the penalty', () => {
    const { loss } = train(RATE);
    for (const { updates, loss: expected } of recorded) expect(Math.abs(loss[updates]! - expected)).toBeLessThan(1e-5);
    expect(recorded.map(({ loss: each }) => each.toFixed(4))).toEqual([
      '3.7686',
      '3.3788',
      '2.6965',
      '2.5099',
      '2.4900',
    ]);
  });

  test('it starts above the loss of knowing nothing and ends near the floor, the rare rows far from their counts', () => {
    expect(recorded[0]!.nll).toBeGreaterThan(losses.uniform);
    expect(recorded[4]!.nll).toBeGreaterThan(losses.makemore);
    expect(recorded[4]!.nll - losses.makemore).toBeLessThan(0.03);
    const { weights } = train(RATE);
    const distance = distances(makemore, softmaxRows(weights));
    distance.forEach((each, row) => {
      const total = makemoreRow(ALPHABET[row]!);
      if (total > 10000) expect(each, ALPHABET[row]).toBeLessThan(0.02);
      if (total < 1500) expect(each, ALPHABET[row]).toBeGreaterThan(0.2);
    });
  });

  test('u after q has come less than half the way to its counted probability', () => {
    expect(makemoreProbability('qu', 0)).toBeCloseTo(206 / 272, 14);
    expect(trained('qu')).toBeLessThan(makemoreProbability('qu', 0) / 2);
    expect(100 * RATE * curvature('q')).toBeLessThan(2);
  });
});

describe('A pull towards uniform', () => {
  const rows = ['q', 'j', 'a'];

  test('where descent ends, n p = N − μ W, the weights of a row add up to 0, and W = log p − mean', () => {
    for (const letter of rows) {
      const all = ALPHABET.map((after) => ({ pair: letter + after, ...regularized(letter + after) }));
      const mean = sum(all.map(({ probability: p }) => Math.log(p))) / 27;
      expect(sum(all.map(({ weight }) => weight))).toBeCloseTo(0, 5);
      for (const { pair, probability: p, weight } of all) {
        expect(makemoreRow(letter) * p, pair).toBeCloseTo(makemoreCount(pair) - MU * weight, 3);
        expect(weight).toBeCloseTo(Math.log(p) - mean, 5);
      }
    }
    expect(MU).toBeCloseTo((2 * 0.01 * 228146) / 729, 10);
  });

  test('the smoothed counts obey n p = N − k (K p − 1)', () => {
    for (const k of [1, MU]) {
      for (const pair of ['qu', 'jq', 'an']) {
        const p = makemoreProbability(pair, k);
        expect(makemoreRow(pair[0]!) * p).toBeCloseTo(makemoreCount(pair) - k * (27 * p - 1), 8);
      }
    }
  });

  test('close to uniform, μ plays the part of k', () => {
    // A list with nearly equal counts, trained with a penalty, against the same list smoothed by μ.
    const counts = Int32Array.from({ length: 25 }, (_, i) => 1000 + ((7 * i) % 5) * 5);
    const list = { counts, size: 5, total: sum(counts) };
    const mu = 300;
    const lambda = (mu * 25) / (2 * list.total);
    const weights = new Float64Array(25);
    for (let update = 0; update < 5000; update++) descend(list, weights, 1, lambda);
    const [learned, smoothed] = [softmaxRows(weights), bigramProbabilities(list, mu)];
    const counted = bigramProbabilities(list, 0);
    learned.forEach((p, i) => {
      if (Math.abs(counted[i]! - 0.2) > 1e-9) expect((p - 0.2) / (counted[i]! - 0.2)).toBeLessThan(0.85);
      expect(Math.abs(p - smoothed[i]!)).toBeLessThan(0.01 * Math.max(...counted.map((each) => Math.abs(each - 0.2))));
    });
  });

  test('no single k matches: gentle with a pair that dominates its row, generous to one that never occurs', () => {
    for (const pair of ['qu', 'jq', 'an']) {
      expect(makemoreProbability(pair, matchingSmoothing(pair))).toBeCloseTo(regularized(pair).probability, 10);
    }
    expect(matchingSmoothing('qu')).toBeLessThan(2);
    expect(matchingSmoothing('jq')).toBeGreaterThan(MU);
    expect(makemoreCount('jq')).toBe(0);
    const last = ALPHABET.map((after) => makemoreCount(`q${after}`));
    expect(Math.max(...last)).toBe(makemoreCount('qu'));
    // Both pull the same way.
    for (const pair of ['qu', 'jq', 'an']) {
      const counted = makemoreProbability(pair, 0);
      for (const pulled of [
        makemoreProbability(pair, 1),
        makemoreProbability(pair, MU),
        regularized(pair).probability,
      ]) {
        expect(Math.sign(pulled - counted)).toBe(Math.sign(1 / 27 - counted));
      }
    }
  });

  test('the NLL in the end is a little above the floor', () => {
    expect(regularizedNll).toBeGreaterThan(losses.makemore);
    expect(regularizedNll - losses.makemore).toBeLessThan(0.01);
    expect(regularizedNll).toBeLessThan(recorded[4]!.nll);
  });
});

describe('Exercises', () => {
  test('dana: one in 40, and the printed factors', () => {
    expect(dana.likelihood).toBeCloseTo((2 * 3 * 5 * 3 * 4) / (6 * 3 * 10 * 8 * 10), 15);
    expect(dana.nll).toBeCloseTo(Math.log(40), 12);
    expect(dana.probabilities).toHaveLength(5);
    expect(judgeNumber('0.738', dana.nll / 5, 0.002).state).toBe('right');
  });

  test('the slope of na: (1.6 − 3) / 28, negative, so that descent raises the weight', () => {
    expect(slopeOfNa).toBeCloseTo((8 / 5 - 3) / 28, 14);
    expect(judgeNumber('-1.4/28', slopeOfNa, 0.0005).state).toBe('right');
  });

  test('softmax backwards: two orders are right', () => {
    const steps = stepsOf('u = exp(a); v = exp(b); s = u + v; p = u / s; L = log(p)');
    expect(steps.map(({ name }) => name).sort()).toEqual(['L', 'p', 's', 'u', 'v']);
    for (const order of ['L; p; s; u; v', 'L; p; s; v; u']) expect(judgeOrder(order, steps).state).toBe('right');
    for (const order of ['L; p; u; s; v', 'L; s; p; u; v', 'p; L; s; u; v']) {
      expect(judgeOrder(order, steps).state).toBe('wrong');
    }
  });

  test('two letters: both forms of the solution pass', () => {
    const slopes = slopesOf('log(1 + exp(-x))', 'x');
    for (const answer of ['1 / (1 + exp(-x)) - 1', '-exp(-x) / (1 + exp(-x))']) {
      expect(judgeFormula(answer, 'x', slopes).state, answer).toBe('right');
    }
    expect(judgeFormula('1 / (1 + exp(-x))', 'x', slopes).state).toBe('wrong');
  });

  test('2673 counts outgrow the prior to one percent; j is just past it, b just before', () => {
    expect(1 - keeps(countsForOnePercent, 1, 27)).toBeCloseTo(0.01, 14);
    expect(countsForOnePercent).toBe(2673);
    const past = ALPHABET.filter((letter) => makemoreRow(letter) > 2673).sort(
      (a, b) => makemoreRow(a) - makemoreRow(b),
    );
    const before = ALPHABET.filter((letter) => makemoreRow(letter) < 2673).sort(
      (a, b) => makemoreRow(b) - makemoreRow(a),
    );
    expect([past[0], before[0]]).toEqual(['j', 'b']);
  });

  test('the list twice: smoothing yields to the counts, the trained one ends where it ended before', () => {
    const twice = { ...tiny, counts: tiny.counts.map((n) => 2 * n), total: 2 * tiny.total };
    const [once, again] = [tiny, twice].map((list) => {
      const weights = new Float64Array(25);
      for (let update = 0; update < 20000; update++) descend(list, weights, 5, 0.01);
      return { trained: softmaxRows(weights), smoothed: bigramProbabilities(list, 1) };
    }) as [{ trained: Float64Array; smoothed: Float64Array }, { trained: Float64Array; smoothed: Float64Array }];
    again.trained.forEach((p, i) => {
      expect(p).toBeCloseTo(once.trained[i]!, 12);
    });
    const counted = bigramProbabilities(tiny, 0);
    again.smoothed.forEach((p, i) => {
      const distance = Math.abs(once.smoothed[i]! - counted[i]!);
      if (distance > 1e-9) expect(Math.abs(p - counted[i]!)).toBeLessThan(distance);
    });
  });
});
