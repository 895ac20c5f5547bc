// One test for each sentence of the post that is true only as long as a figure bears it out. The other side of the
// comparison is PyTorch’s, a numerical derivative, the backward pass of the first post, a closed form, or a count by hand.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judgeNumber } from '../../components/prose/judge.ts';
import { judgeFormula, slopesOf } from '../../components/prose/judge-formula.ts';
import fullNotebook from '../../reference/fixtures/full_mlp_raw.json' with { type: 'json' };
import fullScaled from '../../reference/fixtures/full_mlp_scaled.json' with { type: 'json' };
import fixture from '../../reference/fixtures/mlp.json' with { type: 'json' };
import { Value } from '../../src/autograd/index.ts';
import { openHost } from '../../src/engines/tfjs/hosts/cpu.ts';
import { initialize, mlp } from '../../src/networks/index.ts';
import { TorchGenerator } from '../../src/random/index.ts';
import { bigramProbabilities, countBigrams, meanNll } from '../../src/text/bigram.ts';
import { contextTables, SMOOTHINGS } from '../../src/text/context-counts.ts';
import { splitWords, Vocabulary, windows } from '../../src/text/index.ts';
import { recordSweep } from '../../src/training/rate-sweep/record.ts';
import { rateSweepTable } from '../../src/training/rate-sweep/settings.ts';
import { stepSchedule } from '../../src/training/schedule.ts';
import { defaultsOf } from '../../src/training/settings.ts';
import { openNodeEngine } from '../../tools/node-engine.ts';
import {
  anaGradients,
  anaProduct,
  anaRows,
  belowBestFrom,
  belowBigramFrom,
  bestDinosaurTable,
  bestMakemoreTable,
  bestTable,
  charactersPerName,
  decay,
  devAt,
  dinosaurRatio,
  dinosaurRatioInTheEnd,
  dinosaurs,
  drawn,
  embedded,
  embeddingRun,
  equalBatch,
  excess,
  excessExercise,
  gaps,
  K,
  LARGEST_SINGLE,
  lossAtFive,
  lossText,
  makemoreNotebookRun,
  makemoreRun,
  makemoreTables,
  map,
  namesLowest,
  namesNotebookRun,
  namesRun,
  noise,
  oneHot,
  parameters,
  parametersOfSix,
  perCharacter,
  pytorch,
  SEED,
  SMALLEST_SINGLE,
  size,
  sizesDecay,
  sizesSteps,
  slopeAtFive,
  start,
  sweep,
  TINY_SYMBOLS,
  TINY_TABLE,
  tableGradient,
  tables,
  tensors,
  threeCharacters,
  threeWays,
  timesAsProbable,
  timesAsProbableAsBest,
} from './MLPLanguageModel.ts';

const words = readFileSync('content/corpora/names.txt', 'utf8').trimEnd().split('\n');
const vocabulary = new Vocabulary(words);
const split = splitWords(words, 42);

const sum = (list: ArrayLike<number>): number => Array.from(list).reduce((total, x) => total + x, 0);
const mean = (list: ArrayLike<number>): number => sum(list) / list.length;

/** How often each symbol follows each context, from the dotted names themselves. */
function followers(list: readonly string[], block: number): Map<string, Map<string, number>> {
  const rows = new Map<string, Map<string, number>>();
  for (const word of list) {
    const dotted = `${'.'.repeat(block)}${word}.`;
    for (let i = block; i < dotted.length; i++) {
      const context = dotted.slice(i - block, i);
      const row = rows.get(context) ?? new Map<string, number>();
      rows.set(context, row.set(dotted[i]!, (row.get(dotted[i]!) ?? 0) + 1));
    }
  }
  return rows;
}

describe('The opening', () => {
  test('the recorded run is the notebook’s: 200,000 steps, its seed, its settings, 11,897 parameters, 27 symbols', () => {
    expect(namesRun.step).toBe(200_000);
    expect(namesRun.settings).toMatchObject({ seed: SEED, batch: 32, rate: 0.1, decay: 100_000, block: 3 });
    expect(namesRun.settings).toMatchObject({ embedding: 10, hidden: 200, init: 'scaled', corpus: 'names' });
    expect(namesRun.symbols).toHaveLength(K);
    expect([parameters, namesRun.parameters]).toEqual([fixture.raw.n_params, fixture.raw.n_params]);
  });

  test('the random numbers are PyTorch’s, and so are the losses on the makemore list', () => {
    for (const [mark, expected] of Object.entries(fixture.scaled.loss_f32)) {
      expect(makemoreRun.marks[mark as '0']).toBeCloseTo(expected, 5);
    }
    expect(makemoreRun.final.dev).toBeCloseTo(fullScaled.final.dev, 3);
    expect(makemoreRun.final.train).toBeCloseTo(fullScaled.final.train, 3);
  });

  test('the strong line is below the table’s from step 3,000 on, and both lines drop where the rate falls', () => {
    const from = belowBigramFrom(namesRun);
    expect(from).toBe(3000);
    namesRun.dev.steps.forEach((step, i) => {
      if (step >= from) expect(namesRun.dev.losses[i]).toBeLessThan(namesRun.baselines.bigram);
    });
    expect(decay.devBefore - decay.devAfter).toBeGreaterThan(0.05);
    expect(decay.minibatchBefore - decay.minibatchAfter).toBeGreaterThan(0.05);
  });

  test('the dashed lines: uniform, and the bigram table counted on the train split; the network ends below', () => {
    const table = bigramProbabilities(countBigrams(split.train, vocabulary), 1);
    expect(namesRun.baselines.bigram).toBeCloseTo(meanNll(countBigrams(split.dev, vocabulary), table), 12);
    expect(namesRun.baselines.uniform).toBeCloseTo(Math.log(27), 12);
    expect(namesRun.final.dev).toBeLessThan(namesRun.baselines.bigram);
    // “there is little more to be had from one”: even the dev split’s own counts do not get far below.
    const own = countBigrams(split.dev, vocabulary);
    expect(namesRun.baselines.bigram - meanNll(own, bigramProbabilities(own, 0))).toBeLessThan(0.03);
  });

  test('the sizes of both lists', () => {
    expect([namesRun.counts.words, makemoreRun.counts.words]).toEqual([words.length, 32033]);
    const { train, dev, test: last } = makemoreRun.counts;
    expect([train, dev, last]).toEqual(fixture.split_sizes);
  });
});

describe('More context, emptier tables', () => {
  test('anna gives the five examples of the table', () => {
    const { contexts, targets, count } = windows(['anna'], vocabulary, 3);
    const rows = Array.from({ length: count }, (_, i) => [
      vocabulary.decode(contexts.subarray(3 * i, 3 * i + 3)),
      vocabulary.decode([targets[i]!]),
    ]);
    expect(rows).toEqual([
      ['...', 'a'],
      ['..a', 'n'],
      ['.an', 'n'],
      ['ann', 'a'],
      ['nna', '.'],
    ]);
  });

  test('the split is 80, 10 and 10 percent of the names, none in two parts', () => {
    const all = words.length;
    expect(split.train.length / all).toBeCloseTo(0.8, 3);
    expect(split.dev.length / all).toBeCloseTo(0.1, 3);
    expect(split.test.length / all).toBeCloseTo(0.1, 3);
    expect(new Set([...split.train, ...split.dev, ...split.test]).size).toBe(all);
  });

  test('each row of the table, counted anew from the dotted names', () => {
    expect(tables.map(({ block }) => block)).toEqual([1, 2, 3, 4, 5]);
    for (const { block, possible, seen, seenOnce, devUnseen, train, dev, smoothing } of tables) {
      const [known, asked] = [followers(split.train, block), followers(split.dev, block)];
      const totals = [...known.values()].map((row) => sum([...row.values()]));
      expect(possible).toBe(27 ** block);
      expect([seen, seenOnce]).toEqual([known.size, totals.filter((total) => total === 1).length]);
      const nll = (of: typeof known, added: number) => {
        const terms = [...of].flatMap(([context, row]) =>
          [...row].map(([symbol, times]) => {
            const counted = known.get(context);
            const all = counted ? sum([...counted.values()]) : 0;
            return { times, term: -times * Math.log(((counted?.get(symbol) ?? 0) + added) / (all + 27 * added)) };
          }),
        );
        return sum(terms.map(({ term }) => term)) / sum(terms.map(({ times }) => times));
      };
      expect(nll(known, 0)).toBeCloseTo(train, 9);
      expect(nll(asked, smoothing)).toBeCloseTo(dev, 9);
      for (const other of SMOOTHINGS) expect(nll(asked, other)).toBeGreaterThanOrEqual(dev - 1e-12);
      const unseen = [...asked].filter(([context]) => !known.has(context)).map(([, row]) => sum([...row.values()]));
      expect(devUnseen).toBeCloseTo(sum(unseen) / namesRun.counts.dev, 12);
    }
    expect(SMOOTHINGS).toHaveLength(5);
    expect([Math.min(...SMOOTHINGS), Math.max(...SMOOTHINGS)]).toEqual([0.01, 1]);
  });

  test('the train loss falls with every character, the dev loss falls once and then climbs; most rows of five hold one', () => {
    const [train, dev] = [tables.map((each) => each.train), tables.map((each) => each.dev)];
    train.slice(1).forEach((loss, i) => {
      expect(loss).toBeLessThan(train[i]!);
    });
    expect(dev.slice(1).map((loss, i) => loss < dev[i]!)).toEqual([true, false, false, false]);
    expect(bestTable.block).toBe(2);
    expect(tables[4]!.seenOnce / tables[4]!.seen).toBeGreaterThan(0.7);
    for (const { possible, seen } of tables.slice(3)) expect(seen).toBeLessThan(possible / 10);
  });

  test('the side note: the contexts of three characters without a dot after a letter', () => {
    const symbols = [...Array(K).keys()];
    const can = symbols.flatMap((a) =>
      symbols.flatMap((b) => symbols.filter((c) => (a === 0 || b !== 0) && (b === 0 || c !== 0))),
    );
    expect(threeCharacters).toBe(can.length);
  });

  test('the network beats the best table, and only from the fall of the rate on', () => {
    expect(namesRun.final.dev).toBeLessThan(bestTable.dev);
    expect(belowBestFrom).toBe(105_000);
    namesRun.dev.steps.forEach((step, i) => {
      if (step <= decay.step) expect(namesRun.dev.losses[i]).toBeGreaterThan(bestTable.dev);
      else expect(namesRun.dev.losses[i]).toBeLessThan(bestTable.dev);
    });
  });

  test('the bigram table of the figures has 1 added, the first row of the tables 0.3', () => {
    expect(tables[0]!.smoothing).toBe(0.3);
    expect(namesRun.baselines.bigram).toBeGreaterThan(tables[0]!.dev);
    expect(namesRun.baselines.bigram - tables[0]!.dev).toBeLessThan(0.001);
  });
});

/** The loss of a small network, and its gradients, by the backward pass of the first post. */
function byValues(
  { symbols, block, embedding, hidden }: { symbols: number; block: number; embedding: number; hidden: number },
  numbers: readonly Float32Array[],
  contexts: ArrayLike<number>,
  targets: ArrayLike<number>,
) {
  const [C, W1, b1, W2, b2] = numbers.map((list) => Array.from(list, (x) => new Value(x))) as [
    Value[],
    Value[],
    Value[],
    Value[],
    Value[],
  ];
  const add = (list: Value[]) => list.reduce((total, each) => total.add(each));
  const linear = (x: Value[], W: Value[], b: Value[]) =>
    b.map((bias, j) => add(x.map((each, i) => each.mul(W[i * b.length + j]!))).add(bias));
  const losses = Array.from(targets, (target, row) => {
    const x = Array.from({ length: block }, (_, place) => {
      const symbol = contexts[row * block + place]!;
      return C.slice(symbol * embedding, (symbol + 1) * embedding);
    }).flat();
    expect(x).toHaveLength(block * embedding);
    const h = linear(x, W1, b1).map((each) => each.tanh());
    expect(h).toHaveLength(hidden);
    const powers = linear(h, W2, b2).map((each) => each.exp());
    expect(powers).toHaveLength(symbols);
    return powers[target]!.div(add(powers)).log().neg();
  });
  const loss = add(losses).div(new Value(losses.length));
  loss.backward();
  return { loss: loss.data, gradients: [C, W1, b1, W2, b2].map((list) => list.map(({ grad }) => grad)) };
}

const small = { symbols: 4, block: 3, embedding: 2, hidden: 5 };

/** A small network with drawn parameters on an engine. */
async function openSmall() {
  const network = mlp({ ...small, init: 'notebook' });
  const numbers = initialize(network, new TorchGenerator(7)).map((list) => list.map((x) => 0.5 * x));
  return { numbers, engine: await (await openHost()).open(network, { parameters: numbers, buffers: [] }) };
}

describe('A vector for each character', () => {
  test('one-hot times the table is the row, for every symbol; the printed products are those of n', () => {
    TINY_SYMBOLS.forEach((symbol, i) => {
      expect(embedded(symbol)).toEqual(TINY_TABLE[i]);
    });
    expect(oneHot('n')).toEqual([0, 0, 1]);
  });

  test('every gradient of the listings is that of the backward pass of the first post', async () => {
    const { numbers, engine } = await openSmall();
    const contexts = Int32Array.of(0, 0, 0, 0, 0, 1, 1, 2, 1, 3, 3, 2, 2, 1, 2);
    const targets = Int32Array.of(1, 2, 0, 1, 3);
    const inspected = await engine.inspect({ contexts, targets });
    const expected = byValues(small, numbers, contexts, targets);
    expect(inspected.loss).toBeCloseTo(expected.loss, 6);
    inspected.gradients.forEach((list, i) => {
      expect(list).toHaveLength(expected.gradients[i]!.length);
      list.forEach((g, k) => {
        expect(g).toBeCloseTo(expected.gradients[i]![k]!, 6);
      });
    });
  });

  test('the printed product for the context ana is that of the rows above it', () => {
    const matrix = (rows: number[][]) => rows.map((row) => row.join(' & ')).join(String.raw` \\ `);
    const transposed = [0, 1, 2].map((symbol) => anaRows.map((row) => row[symbol]!));
    const post = readFileSync('content/posts/MLPLanguageModel.mdx', 'utf8');
    for (const rows of [transposed, anaGradients]) expect(post.includes(matrix(rows))).toBe(true);
    const product = anaProduct.map((row) => row.map((x) => Number(x.toFixed(9))));
    expect(post.includes(matrix(product))).toBe(true);
    expect(product).toEqual([
      [0, 0],
      [0.3, 0.2],
      [0.3, 0.1],
    ]);
  });

  test('the exercise: with the context ..a and the target n, the rows of the dot and a have a gradient, no other', async () => {
    const network = mlp();
    const parameters = initialize(network, new TorchGenerator(SEED));
    const engine = await (await openHost()).open(network, { parameters, buffers: [] });
    const { gradients } = await engine.inspect({ contexts: Int32Array.of(0, 0, 1), targets: Int32Array.of(14) });
    const moved = vocabulary.symbols.filter((_, i) => gradients[0]!.subarray(10 * i, 10 * i + 10).some((g) => g !== 0));
    expect(moved).toEqual(['.', 'a']);
    // “every column of the output layer”
    for (let j = 0; j < K; j++) expect(gradients[4]![j]).not.toBe(0);
  });
});

describe('One hidden layer', () => {
  test('the tensors and their sizes are the notebook’s; one more character costs 2,000 parameters', () => {
    expect(tensors.map(({ shape }) => shape)).toEqual(fixture.raw.init.map(({ shape }) => shape));
    expect(tensors.map(({ size: numbers }) => numbers)).toEqual([270, 6000, 200, 5400, 27]);
    expect(perCharacter).toBe(10 * 200);
  });

  test('a table for three characters has 531,441 entries, and 27 times as many for one more', () => {
    expect(tables[2]!.possible * K).toBe(27 ** 4);
    expect(tables[3]!.possible).toBe(27 * tables[2]!.possible);
  });

  test('the exercise: with six characters only W1 grows, by 30 rows of 200', () => {
    expect(parametersOfSix).toBe(27 * 10 + 60 * 200 + 200 + 200 * 27 + 27);
    expect(parametersOfSix - parameters).toBe(30 * 200);
    expect(judgeNumber('17897', parametersOfSix, 0).state).toBe('right');
    expect(judgeNumber('17896', parametersOfSix, 0).state).toBe('wrong');
  });
});

describe('Softmax and logarithm in one', () => {
  test('the range of single precision, and of the exponential in it', () => {
    expect(Math.fround(LARGEST_SINGLE)).toBe(LARGEST_SINGLE);
    expect(Math.fround(2 * LARGEST_SINGLE)).toBe(Number.POSITIVE_INFINITY);
    expect(Math.fround(SMALLEST_SINGLE)).toBe(SMALLEST_SINGLE);
    expect(Math.fround(SMALLEST_SINGLE / 2)).toBe(0);
    expect(Math.fround(Math.exp(Math.log(LARGEST_SINGLE) + 0.01))).toBe(Number.POSITIVE_INFINITY);
    expect(Math.fround(Math.exp(-120))).toBe(0);
  });

  test('in one piece the loss is right; the first way fails at 100, the second loses digits there and fails at 120', () => {
    for (const gap of [10, 80, 100, 120]) expect(threeWays(gap).fused).toBeCloseTo(Math.log1p(Math.exp(gap)), 4);
    expect([10, 80, 100, 120].map((gap) => lossText(threeWays(gap).apart))).toEqual(['10.000', '80.000', '∞', '∞']);
    expect(lossText(threeWays(120).shifted)).toBe('∞');
    expect(Math.abs(threeWays(100).shifted - 100)).toBeGreaterThan(0.01);
    expect(Math.abs(threeWays(100).shifted - 100)).toBeLessThan(0.1);
  });

  test('the formula with the largest logit is −log softmax, and the sum in it is between 1 and K', () => {
    const generator = new TorchGenerator(4);
    for (let round = 0; round < 20; round++) {
      const z = Array.from(generator.randn(K), (x) => 5 * x);
      const m = Math.max(...z);
      const inside = sum(z.map((each) => Math.exp(each - m)));
      expect(inside).toBeGreaterThanOrEqual(1);
      expect(inside).toBeLessThanOrEqual(K);
      const p = Math.exp(z[3]!) / sum(z.map(Math.exp));
      expect(-(z[3]! - m) + Math.log(inside)).toBeCloseTo(-Math.log(p), 10);
    }
  });

  test('the slope of L is (p − y) / n, by the two-sided quotient; shifting all logits of a row changes nothing', () => {
    const [n, classes] = [3, 5];
    const targets = [2, 0, 4];
    const z = Array.from(new TorchGenerator(8).randn(n * classes));
    const row = (list: number[], r: number) => list.slice(r * classes, (r + 1) * classes);
    const loss = (list: number[]) =>
      mean(targets.map((t, r) => -row(list, r)[t]! + Math.log(sum(row(list, r).map(Math.exp)))));
    z.forEach((_, i) => {
      const [r, j] = [Math.floor(i / classes), i % classes];
      const p = Math.exp(z[i]!) / sum(row(z, r).map(Math.exp));
      const h = 1e-5;
      const nudged = (by: number) => loss(z.map((each, k) => (k === i ? each + by : each)));
      expect((nudged(h) - nudged(-h)) / (2 * h)).toBeCloseTo((p - (targets[r] === j ? 1 : 0)) / n, 8);
    });
    expect(loss(z.map((each) => each + 3))).toBeCloseTo(loss(z), 12);
  });

  test('in two pieces, a probability of 0 makes infinity times 0', () => {
    const p = Math.fround(Math.exp(-120));
    expect((-1 / p) * p).toBeNaN();
  });
});

describe('Where it starts', () => {
  test('the losses of the first minibatch are PyTorch’s', () => {
    expect(start.notebook.loss).toBeCloseTo(fixture.raw.loss_f32['0'], 4);
    expect(start.scaled.loss).toBeCloseTo(fixture.scaled.loss_f32['0'], 5);
    expect(start.notebook.loss.toFixed(2)).toBe('27.88');
    expect(Math.log(K).toFixed(4)).toBe('3.2958');
  });

  test('the logits of its first row are PyTorch’s size; nearly certain at first, about even when scaled', () => {
    const size0 = (list: number[]) => Math.sqrt(mean(list.map((x) => x * x)));
    expect(start.notebook.logits / size0(fixture.raw.logits0_row0)).toBeGreaterThan(0.7);
    expect(start.notebook.logits / size0(fixture.raw.logits0_row0)).toBeLessThan(1.4);
    expect(start.notebook.certainty).toBeGreaterThan(0.85);
    expect(start.scaled.certainty).toBeLessThan(1.5 / K);
    // Thirty products of standard normal numbers and a bias have the mean square 31, as far as the drawn ones follow it.
    expect(start.notebook.sums / Math.sqrt(31)).toBeGreaterThan(0.85);
    expect(start.notebook.sums / Math.sqrt(31)).toBeLessThan(1.15);
    expect(start.scaled.saturated).toBeLessThan(start.notebook.saturated / 3);
  });

  test('the table: PyTorch’s losses on the makemore list; with the notebook’s weights each is higher', () => {
    expect(makemoreNotebookRun.marks[0]).toBeCloseTo(fixture.raw.loss_f32['0'], 4);
    expect(makemoreRun.marks[0]).toBeCloseTo(fixture.scaled.loss_f32['0'], 5);
    expect(Math.abs(makemoreNotebookRun.final.dev - fullNotebook.final.dev)).toBeLessThan(0.01);
    expect(devAt(makemoreRun, 100_000)).toBeCloseTo(fullScaled.dev_loss_after['100000'], 3);
    for (const [raw, scaled] of [
      [namesNotebookRun, namesRun],
      [makemoreNotebookRun, makemoreRun],
    ] as const) {
      expect(raw.settings).toEqual({ ...scaled.settings, init: 'notebook' });
      expect(raw.marks[0]).toBeGreaterThan(scaled.marks[0]);
      expect(devAt(raw, 100_000)).toBeGreaterThan(devAt(scaled, 100_000));
      expect(raw.final.dev).toBeGreaterThan(scaled.final.dev);
    }
  });

  test('the side note: PyTorch’s runs; in double precision it differs visibly with the notebook’s weights only', () => {
    expect(pytorch.notebook.toFixed(3)).toBe('2.164');
    expect(makemoreRun.final.dev.toFixed(4)).toBe(pytorch.scaled.toFixed(4));
    expect(Math.abs(pytorch.single - pytorch.double)).toBeGreaterThan(0.01);
    expect(fixture.scaled.loss_f32['1000'].toFixed(5)).toBe(fixture.scaled.loss_f64['1000'].toFixed(5));
  });

  test('on the shipped list the bad start keeps it above the bigram table until after the rate has fallen', () => {
    const from = belowBigramFrom(namesNotebookRun);
    expect(from).toBe(105_000);
    namesNotebookRun.dev.steps.forEach((step, i) => {
      if (step < from) expect(namesNotebookRun.dev.losses[i]).toBeGreaterThan(namesNotebookRun.baselines.bigram);
    });
  });
});

describe('Thirty-two at a time', () => {
  /** Three examples with gradients of two numbers; all nine minibatches of two. */
  const each = [
    [1, 0.5],
    [-0.2, 2],
    [0.4, -1],
  ];
  const g = [0, 1].map((axis) => mean(each.map((one) => one[axis]!)));
  const square = (v: number[]) => sum(v.map((x) => x * x));
  const sigma2 = mean(each.map((one) => square(one.map((x, axis) => x - g[axis]!))));
  const batches = each.flatMap((one) => each.map((other) => one.map((x, axis) => (x + other[axis]!) / 2)));

  test('the average squared error of a minibatch of n is σ²/n: over all minibatches of two', () => {
    expect(mean(batches.map((b) => square(b.map((x, axis) => x - g[axis]!))))).toBeCloseTo(sigma2 / 2, 14);
  });

  test('a step gains η|g|² on average and pays for the noise with η²: over all minibatches of two', () => {
    const [rate, curvature] = [0.3, 1.7];
    const change = (b: number[]) =>
      -rate * sum(b.map((x, axis) => x * g[axis]!)) + (curvature / 2) * rate ** 2 * square(b);
    const expected = -rate * square(g) + (curvature / 2) * rate ** 2 * (square(g) + sigma2 / 2);
    expect(mean(batches.map(change))).toBeCloseTo(expected, 14);
  });

  test('measured, noise × √n is the same for all five batch sizes, within what so few rounds allow', () => {
    expect(noise.rows.map(({ batch }) => batch)).toEqual([1, 8, 32, 128, 512]);
    const scaled = noise.rows.map((row) => row.noise * Math.sqrt(row.batch));
    for (const one of scaled) expect(Math.abs(one / mean(scaled) - 1)).toBeLessThan(0.05);
  });

  test('with 32 examples the error is longer than the gradient, and all these minibatches point downhill', () => {
    const row = noise.rows[2]!;
    expect(row.noise).toBeGreaterThan(noise.length);
    expect(row.downhill).toBe(row.rounds);
    expect(noise.rows[0]!.downhill).toBeLessThan(noise.rows[0]!.rounds);
  });

  test('the network passed the bigram table on fewer examples than one exact gradient takes', () => {
    expect(belowBigramFrom(namesRun) * 32).toBeLessThan(namesRun.counts.train);
  });

  test('the exercise: noise and gradient are equally long at n = (σ / |g|)²', () => {
    const sigma = noise.rows[2]!.noise * Math.sqrt(32);
    expect(sigma / Math.sqrt(equalBatch)).toBeCloseTo(noise.length, 10);
    expect(judgeNumber(String(Math.round(equalBatch)), equalBatch, 0.03 * equalBatch).state).toBe('right');
  });
});

describe('A thousand rates in one run', () => {
  test('each step multiplies the rate by the same factor, from 0.001 to 1', () => {
    expect(sweep).toMatchObject({ low: 0.001, high: 1, steps: 1000 });
    expect(sweep.factor ** 999).toBeCloseTo(1000, 6);
  });

  test('too small to matter on the left, lowest near 0.1, past the uniform loss on the right', () => {
    expect(sweep.uniform - sweep.at(0.002)).toBeLessThan(0.1);
    expect(sweep.lowest.rate).toBeGreaterThan(0.05);
    expect(sweep.lowest.rate).toBeLessThan(0.15);
    expect(sweep.at(0.15) - sweep.lowest.loss).toBeLessThan(0.05);
    expect(sweep.at(0.5) - sweep.lowest.loss).toBeGreaterThan(0.2);
    expect(sweep.last).toBeGreaterThan(sweep.uniform);
  });

  test('with the notebook’s weights no rate brings the loss down to the dashed line', { timeout: 60_000 }, async () => {
    const { losses, uniform } = await recordSweep(
      { ...defaultsOf(rateSweepTable), init: 'notebook' },
      words,
      openNodeEngine,
    );
    expect(losses).toHaveLength(1000);
    for (const loss of losses) expect(loss).toBeGreaterThan(uniform);
  });
});

describe('A smaller rate to end with', () => {
  test('noisy descent on a parabola comes to rest at the excess of the formula', () => {
    const [curvature, variance, steps] = [1.5, 0.8, 200_000];
    for (const rate of [0.3, 0.05]) {
      const errors = new TorchGenerator(11).randn(steps);
      let s = 0;
      let total = 0;
      for (const error of errors) {
        s -= rate * (curvature * s + Math.sqrt(variance) * error);
        total += (curvature / 2) * s * s;
      }
      expect(total / steps / excess(rate, curvature, variance)).toBeGreaterThan(0.95);
      expect(total / steps / excess(rate, curvature, variance)).toBeLessThan(1.05);
    }
  });

  test('V is what one more step leaves as it is; for small rates the excess is about a quarter of rate times variance', () => {
    const [rate, curvature, variance] = [0.1, 2, 1];
    const V = (rate * variance) / (curvature * (2 - rate * curvature));
    expect((1 - rate * curvature) ** 2 * V + rate ** 2 * variance).toBeCloseTo(V, 14);
    expect((curvature / 2) * V).toBeCloseTo(excess(rate, curvature, variance), 14);
    expect(excess(1e-4, curvature, variance) / ((1e-4 * variance) / 4)).toBeCloseTo(1, 3);
    expect(excess(1e-3, curvature, variance) / excess(1e-4, curvature, variance)).toBeCloseTo(10, 1);
  });

  test('the schedule: a tenth from step 100,000 on; the losses around it', () => {
    expect(namesRun.schedule).toEqual(stepSchedule(0.1, decay.step));
    expect(namesRun.dev.steps).toContain(105_000);
    expect(namesRun.curve.every).toBeLessThan(2000);
  });

  test('the exercise: 0.1 / (2 × 1.8)', () => {
    expect(excessExercise).toBeCloseTo(1 / 36, 14);
    expect(judgeNumber('1/36', excessExercise, 0.0001).state).toBe('right');
    expect(judgeNumber('0.0278', excessExercise, 0.0001).state).toBe('right');
    expect(judgeNumber('0.025', excessExercise, 0.0001).state).toBe('wrong');
    expect(judgeNumber('0.025', excessExercise, 0.0001).sentence).not.toContain('rounding');
  });
});

describe('Names it has not seen', () => {
  const { dev, baselines, final, lowest } = dinosaurs;

  test('the dinosaurs: the dev loss is lowest early, climbs until the rate falls, and ends above the bigram table’s', () => {
    expect(lowest.step).toBe(4000);
    const after = dev.losses.filter((_, i) => dev.steps[i]! >= 20_000 && dev.steps[i]! <= 50_000);
    for (const loss of after) expect(loss).toBeGreaterThan(lowest.loss + 0.15);
    expect(dinosaurs.beforeDecay).toBe(Math.max(...after));
    expect(final.dev).toBeGreaterThan(baselines.bigram);
    expect(lowest.loss).toBeLessThan(baselines.bigram);
    expect(final.train.toFixed(2)).toBe('1.03');
    const values = dinosaurs.curve.values;
    const quarters = [0, 1, 2, 3].map((i) =>
      mean(values.slice((i * values.length) / 4, ((i + 1) * values.length) / 4)),
    );
    quarters.slice(1).forEach((loss, i) => {
      expect(loss).toBeLessThan(quarters[i]!);
    });
  });

  test('about as many examples as parameters', () => {
    expect(dinosaurs.counts.train / parameters).toBeGreaterThan(0.8);
    expect(dinosaurs.counts.train / parameters).toBeLessThan(1.25);
  });

  test('one network on three lists: the more examples, the smaller the gap', () => {
    expect(gaps.map(({ name }) => name)).toEqual(['dinosaurs', 'names', 'makemore']);
    for (const run of [dinosaurs, namesRun, makemoreRun]) {
      expect(run.parameters).toBe(parameters);
      expect(run.settings.init).toBe('scaled');
    }
    gaps.slice(1).forEach(({ examples, train, dev: devLoss }, i) => {
      expect(examples).toBeGreaterThan(gaps[i]!.examples);
      expect(devLoss - train).toBeLessThan(gaps[i]!.dev - gaps[i]!.train);
    });
  });

  test('the shipped names overfit a little: lowest after the rate fell, and a little higher in the end', () => {
    expect(namesLowest.step).toBe(105_000);
    expect(namesRun.final.dev).toBeGreaterThan(namesLowest.loss);
    expect(namesRun.final.dev - namesLowest.loss).toBeLessThan(0.02);
  });

  test('the bigram table underfits: both its losses are close, and the network’s are lower', () => {
    expect(Math.abs(tables[0]!.train - tables[0]!.dev)).toBeLessThan(0.01);
    expect(namesRun.final.train).toBeLessThan(tables[0]!.train);
    expect(namesRun.final.dev).toBeLessThan(tables[0]!.dev);
  });

  test('the test loss of the shipped list is lower than its dev loss', () => {
    expect(namesRun.final.test).toBeLessThan(namesRun.final.dev);
  });

  test('the exercise: the lowest of twenty is at or below their average on each split, so below the true loss on average', () => {
    const generator = new TorchGenerator(3);
    const rounds = 2000;
    let total = 0;
    let above = 0;
    for (let round = 0; round < rounds; round++) {
      // How hard the names of the split are shifts all twenty alike; the rest is each network's own luck. The true loss is 0.
      const [shared, ...own] = generator.randn(21);
      const measured = own.map((x) => 2 * shared! + x);
      const chosen = Math.min(...measured);
      expect(chosen).toBeLessThanOrEqual(mean(measured));
      total += chosen;
      if (chosen > 0) above += 1;
    }
    expect(total / rounds).toBeLessThan(-1);
    // … but not on every split.
    expect(above / rounds).toBeGreaterThan(0.1);
  });
});

describe('Where the characters settle', () => {
  const [vowels, consonants] = [[...'aeiou'], [...'bcdfghjklmnpqrstvwxyz']];
  const { symbols, embedding } = embeddingRun;
  const height = (letter: string) => embedding[2 * symbols.indexOf(letter) + 1]!;

  test('it is the notebook’s initialization, with two numbers a symbol', () => {
    expect(embeddingRun.settings).toMatchObject({ init: 'notebook', embedding: 2, steps: 50_000, corpus: 'names' });
    expect(embedding).toHaveLength(2 * K);
  });

  test('the four letters nearest to each vowel are the other four', () => {
    for (const vowel of vowels) {
      expect(map.neighbors(vowel).slice(0, 4).sort()).toEqual(vowels.filter((each) => each !== vowel));
    }
    expect(map.vowels).toBeLessThan(map.letters / 2);
  });

  test('the vowels to one side, the consonants to the other, the dot by itself', () => {
    expect(Math.min(...vowels.map(height))).toBeGreaterThan(Math.max(...consonants.map(height)));
    expect(map.loneliest).toBe('.');
  });

  test('the points have moved together from where they were drawn', () => {
    const spread = (list: ArrayLike<number>) => Math.sqrt(mean(Array.from(list, (x) => x * x)));
    expect(spread(embedding)).toBeLessThan(spread(new TorchGenerator(SEED).randn(2 * K)) / 2);
  });

  test('what follows two vowels differs least, what follows a vowel and a consonant most', () => {
    const { vowels: v, consonants: c, mixed } = map.differences;
    expect(v).toBeLessThan(c);
    expect(c).toBeLessThan(mixed);
    // The distance of two rows, once by hand.
    const rows = followers(split.train, 1);
    const share = (letter: string, after: string) => {
      const row = rows.get(letter)!;
      return (row.get(after) ?? 0) / sum([...row.values()]);
    };
    const byHand = sum(vocabulary.symbols.map((after) => Math.max(0, share('a', after) - share('e', after))));
    expect(map.pairs.find(({ a, b }) => a === 'a' && b === 'e')!.difference).toBeCloseTo(byHand, 12);
  });

  test('with scaled weights the loss is lower after as many steps', () => {
    expect([sizesSteps, sizesDecay]).toEqual([embeddingRun.settings.steps, embeddingRun.settings.decay]);
    expect(size({ embedding: 2 }).dev).toBeLessThan(embeddingRun.final.dev);
    expect(size({ embedding: 2 }).parameters).toBe(embeddingRun.parameters);
  });

  test('the side note: the gradient of the table on the first minibatch, as PyTorch has it', async () => {
    for (const init of ['notebook', 'scaled'] as const) {
      const network = mlp({ init });
      const numbers = initialize(network, new TorchGenerator(SEED));
      const engine = await (await openHost()).open(network, { parameters: numbers, buffers: [] });
      const { X0, Y0 } = fixture.raw;
      const examples = { contexts: Int32Array.from(X0.flat()), targets: Int32Array.from(Y0) };
      const [table] = (await engine.inspect(examples)).gradients;
      expect(Math.hypot(...table!) / tableGradient[init]).toBeCloseTo(1, 4);
    }
    expect(tableGradient.notebook).toBeGreaterThan(100 * tableGradient.scaled);
  });
});

describe('What size buys', () => {
  const of = (name: 'hidden' | 'embedding' | 'block', values: number[]) =>
    values.map((value) => size({ [name]: value }));

  test('runs of 50,000 steps with the defaults but for one setting, and their parameters', () => {
    expect([sizesSteps, sizesDecay]).toEqual([50_000, 25_000]);
    expect(size({ hidden: 200 })).toEqual(size({ block: 3 }));
    expect(size({ embedding: 10 })).toEqual(size({ block: 3 }));
    for (const [changed, expected] of [
      [{ hidden: 25 }, 27 * 10 + 30 * 25 + 25 + 25 * 27 + 27],
      [{ embedding: 20 }, 27 * 20 + 60 * 200 + 200 + 200 * 27 + 27],
      [{ block: 8 }, 27 * 10 + 80 * 200 + 200 + 200 * 27 + 27],
    ] as const) {
      expect(size(changed).parameters).toBe(expected);
    }
  });

  test('width: every doubling lowers the train loss; the dev loss follows up to 200 units and hardly moves at 400', () => {
    const runs = of('hidden', [25, 50, 100, 200, 400]);
    const falls = (split: 'train' | 'dev') => runs.slice(1).map((run, i) => run[split] < runs[i]![split]);
    expect(falls('train')).toEqual([true, true, true, true]);
    expect(falls('dev').slice(0, 3)).toEqual([true, true, true]);
    expect(Math.abs(runs[4]!.dev - runs[3]!.dev)).toBeLessThan(0.003);
  });

  test('embedding: one number underfits, twenty do hardly better than ten', () => {
    const [one, , , ten, twenty] = of('embedding', [1, 2, 5, 10, 20]);
    expect(one!.train).toBeGreaterThan(one!.dev);
    expect(one!.dev).toBeGreaterThan(ten!.dev + 0.1);
    expect(ten!.dev - twenty!.dev).toBeGreaterThan(0);
    expect(ten!.dev - twenty!.dev).toBeLessThan(0.005);
  });

  test('context: behind the table of one character, ahead of the others, better up to five, a little worse at eight', () => {
    const runs = of('block', [1, 2, 3, 4, 5, 8]);
    expect(runs[0]!.dev).toBeGreaterThan(tables[0]!.dev);
    expect(runs[0]!.dev - tables[0]!.dev).toBeLessThan(0.01);
    expect(tables[1]!.dev - runs[1]!.dev).toBeLessThan(0.003);
    for (const i of [2, 3, 4]) expect(tables[i]!.dev - runs[i]!.dev).toBeGreaterThan(0.05);
    for (const i of [1, 2, 3, 4]) {
      expect(runs[i]!.dev).toBeLessThan(tables[i]!.dev);
      expect(runs[i]!.dev).toBeLessThan(runs[i - 1]!.dev);
    }
    expect(runs[5]!.dev).toBeGreaterThan(runs[4]!.dev);
    expect(runs[5]!.dev - runs[4]!.dev).toBeLessThan(0.01);
    expect(runs[5]!.train).toBeLessThan(runs[4]!.train);
    // “Context buys the most”: of the three settings, it has the lowest dev loss, and by far.
    const best = (list: { dev: number }[]) => Math.min(...list.map(({ dev }) => dev));
    const others = Math.min(best(of('hidden', [25, 50, 100, 200, 400])), best(of('embedding', [1, 2, 5, 10, 20])));
    expect(best(runs)).toBeLessThan(others - 0.02);
  });

  test('200,000 steps end with a lower train loss and a higher dev loss than 50,000', () => {
    expect(namesRun.final.train).toBeLessThan(size({ block: 3 }).train);
    expect(namesRun.final.dev).toBeGreaterThan(size({ block: 3 }).dev);
    expect(namesRun.settings.steps - sizesSteps).toBe(150_000);
  });

  test('to keep: 200 units, ten numbers and five characters; no other row is lower by more than a hundredth', () => {
    expect(size({ block: 5 }).dev).toBe(Math.min(...of('block', [1, 2, 3, 4, 5, 8]).map(({ dev }) => dev)));
    for (const other of [...of('hidden', [25, 50, 100, 400]), ...of('embedding', [1, 2, 5, 20])]) {
      expect(other.dev).toBeGreaterThan(size({ block: 3 }).dev - 0.01);
    }
  });

  test('on the makemore list the table of three characters wins by a little, of every other block size by nothing', () => {
    expect(makemoreTables.map(({ block }) => block)).toEqual([1, 2, 3, 4, 5]);
    expect(bestMakemoreTable).toMatchObject({ block: 3, smoothing: 0.1 });
    expect(bestMakemoreTable.dev).toBeLessThan(makemoreRun.final.dev);
    expect(makemoreRun.final.dev - bestMakemoreTable.dev).toBeLessThan(0.01);
    expect(bestMakemoreTable.test).toBeLessThan(makemoreRun.final.test);
    // Four characters and five do worse, and a table of three has more rows in use than the network has parameters over 27.
    expect(makemoreTables[3]!.dev).toBeGreaterThan(makemoreRun.final.dev);
    expect(makemoreTables[4]!.dev).toBeGreaterThan(makemoreTables[3]!.dev);
    expect(bestMakemoreTable.seen * K).toBeGreaterThan(10 * parameters);
  });
});

describe('Names from both', () => {
  test('some begin alike; rthty is the table’s, and no name of the network’s is without a vowel', () => {
    expect(drawn.network).toHaveLength(5);
    expect(drawn.bigram).toHaveLength(5);
    expect(drawn.bigram).toContain('rthty');
    const alike = drawn.network.filter((name, i) => name.slice(0, 3) === drawn.bigram[i]!.slice(0, 3));
    expect(alike).toEqual(['chamah']);
    expect(drawn.network[0]).toBe('chamah');
    for (const name of drawn.network) expect(name).toMatch(/[aeiou]/);
  });

  test('per name the difference of the losses adds up, over its letters and a dot', () => {
    expect(charactersPerName).toBeCloseTo(mean(split.dev.map((name) => name.length + 1)), 12);
    const perName = (loss: number) => (loss * namesRun.counts.dev) / split.dev.length;
    expect(Math.log(timesAsProbable)).toBeCloseTo(perName(namesRun.baselines.bigram) - perName(namesRun.final.dev), 12);
    expect(Math.log(timesAsProbableAsBest)).toBeCloseTo(perName(bestTable.dev) - perName(namesRun.final.dev), 12);
  });
});

describe('Exercises', () => {
  test('through the tanh: both forms of the solution pass, and the unsaturated one fails', () => {
    const slopes = slopesOf('log(1 + exp(-tanh(x)))', 'x');
    for (const answer of [
      '(1 / (1 + exp(-tanh(x))) - 1) * (1 - tanh(x)**2)',
      '-exp(-tanh(x)) / (1 + exp(-tanh(x))) * (1 - tanh(x)**2)',
    ]) {
      expect(judgeFormula(answer, 'x', slopes).state, answer).toBe('right');
    }
    expect(judgeFormula('1 / (1 + exp(-tanh(x))) - 1', 'x', slopes).state).toBe('wrong');
  });

  test('at x = 5 the slope is tiny and the loss is not', () => {
    const loss = (x: number) => Math.log1p(Math.exp(-Math.tanh(x)));
    expect(lossAtFive).toBeCloseTo(loss(5), 12);
    expect(slopeAtFive).toBeCloseTo((loss(5 + 1e-5) - loss(5 - 1e-5)) / 2e-5, 8);
    expect(Math.abs(slopeAtFive)).toBeLessThan(1e-4);
    expect(lossAtFive).toBeGreaterThan(0.3);
  });

  test('the dinosaur’s name: ten differences, a little worse than the table in the end; three characters, counted, come close', () => {
    expect(Math.log(dinosaurRatio)).toBeCloseTo(10 * (dinosaurs.baselines.bigram - dinosaurs.lowest.loss), 12);
    expect(dinosaurRatioInTheEnd).toBeLessThan(1);
    expect(dinosaurRatioInTheEnd).toBeGreaterThan(0.8);
    expect(bestDinosaurTable).toMatchObject({ block: 3, smoothing: 0.1 });
    expect(bestDinosaurTable.dev).toBeGreaterThan(dinosaurs.lowest.loss);
    expect(bestDinosaurTable.dev - dinosaurs.lowest.loss).toBeLessThan(0.01);
    expect(judgeNumber(dinosaurRatio.toFixed(1), dinosaurRatio, 1).state).toBe('right');
  });
});

/** The makemore list is not shipped; where it lies beside the project, its record is counted again. */
const MAKEMORE = '../shared/data/names.txt';
test.skipIf(!existsSync(MAKEMORE))('the recorded tables of the makemore list are those of the list', () => {
  const list = readFileSync(MAKEMORE, 'utf8').trimEnd().split('\n');
  expect(contextTables(list, [1, 2, 3, 4, 5], 42)).toEqual(makemoreTables);
});
