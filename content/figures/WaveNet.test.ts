// One test for each sentence of the post that is true only as long as a figure bears it out. The other side of the
// comparison is PyTorch’s, the notebook’s, another engine, a closed form, or a count by hand.
import { existsSync, readFileSync } from 'node:fs';
import { enableProdMode } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { judgeNumber } from '../../components/prose/judge.ts';
import { judgeFormula, slopesOf } from '../../components/prose/judge-formula.ts';
import fixture from '../../reference/fixtures/wavenet.json' with { type: 'json' };
import torchSizes from '../../reference/fixtures/wavenet_sizes.json' with { type: 'json' };
import { openHost } from '../../src/engines/tfjs/hosts/cpu.ts';
import { buffersOf, countParameters, mlp, parametersOf, sizeOf, waveNet } from '../../src/networks/index.ts';
import { splitWords } from '../../src/text/index.ts';
import { batchNormTable } from '../../src/training/batchnorm/settings.ts';
import { readLink } from '../../src/training/link.ts';
import { mlpTrainingTable } from '../../src/training/mlp/settings.ts';
import { defaultsOf, parseSettings, type SettingsTable } from '../../src/training/settings.ts';
import { waveNetTable } from '../../src/training/wavenet/settings.ts';
import deepNames from '../runs/deep-batchnorm.json' with { type: 'json' };
import deepMakemore from '../runs/deep-batchnorm-makemore.json' with { type: 'json' };
import mlpNames from '../runs/mlp.json' with { type: 'json' };
import mlpMakemore from '../runs/mlp-makemore.json' with { type: 'json' };
import mlpRawMakemore from '../runs/mlp-makemore-notebook.json' with { type: 'json' };
import mlpRawNames from '../runs/mlp-notebook.json' with { type: 'json' };
import {
  BATCH,
  BLOCK,
  behindMean,
  bestTables,
  contextOf,
  costs,
  countedOfEight,
  countedOfThree,
  cut,
  DILATIONS,
  devAt,
  devNames,
  drawn,
  EARLY,
  ENOUGH,
  examplesPerParameter,
  flat,
  flatCost,
  flatExercise,
  gains,
  growth,
  joins,
  joinsExercise,
  journey,
  K,
  large,
  largeCosts,
  layers,
  layersOf,
  lettersInFirst,
  lettersInFirstAre,
  lowest,
  makemore,
  meanExercise,
  mistaken,
  names,
  notebook,
  notebookApart,
  notebookGain,
  onDev,
  onlyDots,
  opening,
  type Point,
  pairs,
  pairsCosts,
  partsOf,
  partsOfFlat,
  partsOfPairs,
  perCharacter,
  perLevel,
  pointOf,
  probability,
  pytorch,
  ROUNDING_STEPS,
  reach,
  reachExercise,
  remembersThree,
  rounding,
  ryosuke,
  standardError,
  stopped,
  sureness,
  tables,
  textLength,
  trained,
  twelve,
  wholeBeginning,
  work,
  workOfName,
  workOfText,
} from './WaveNet.ts';

// Without this TensorFlow.js advises every run of the tests to install something.
enableProdMode();

const earlier = [deepNames, deepMakemore, mlpNames, mlpMakemore, mlpRawMakemore, mlpRawNames];
const words = readFileSync('content/corpora/names.txt', 'utf8').trimEnd().split('\n');
const split = splitWords(words, 42);
const sum = (list: ArrayLike<number>): number => Array.from(list).reduce((total, x) => total + x, 0);
/** The contexts of a list as text. */
const contextsOf = (list: readonly string[], block: number): string[] =>
  list.flatMap((word) =>
    Array.from({ length: word.length + 1 }, (_, i) => ('.'.repeat(block) + word.slice(0, i)).slice(-block)),
  );

describe('The opening', () => {
  test('two names of the dev split with the same three letters before the answer', () => {
    expect(opening.names).toEqual(['yongsuk', 'ryosuke']);
    for (const name of opening.names) {
      expect(split.dev).toContain(name);
      expect(split.train).not.toContain(name);
    }
    expect(opening.over.slice(-3)).toBe('suk');
    expect(opening.goesOn.slice(-3)).toBe('suk');
  });

  test('three characters have one answer, eight have two, and TensorFlow.js has the same ones', async () => {
    expect(opening.three.over).toEqual(opening.three.goesOn);
    expect(opening.eight.over.dot).toBeGreaterThan(0.97);
    expect(opening.eight.goesOn.e).toBeGreaterThan(0.97);
    const host = await openHost();
    for (const model of [trained, stopped, remembersThree]) {
      const engine = await host.open(model.network, model.state);
      for (const [beginning, next] of [
        [opening.over, '.'],
        [opening.goesOn, 'e'],
      ] as const) {
        const logits = await engine.logits(contextOf(beginning, model.block));
        const powers = Array.from(logits, (z) => Math.exp(z - Math.max(...logits)));
        const theirs = powers[next === '.' ? 0 : 5]! / sum(powers);
        expect(probability(model, beginning, next)).toBeCloseTo(theirs, 4);
      }
      engine.dispose();
    }
  });

  test('the lists', () => {
    expect(makemore.large.counts.words).toBe(32_033);
    expect(names.large.counts.words).toBe(words.length);
    expect(countParameters(large)).toBe(makemore.large.parameters);
  });
});

describe('What three letters cannot know', () => {
  test('how much of a name is within reach', () => {
    for (const block of [3, BLOCK]) {
      const within = sum(split.train.map(({ length }) => Math.min(length, block) + 1));
      expect(wholeBeginning(block)).toBeCloseTo(within / sum(split.train.map(({ length }) => length + 1)), 12);
    }
    expect(wholeBeginning(3)).toBeLessThan(0.55);
    expect(wholeBeginning(BLOCK)).toBeGreaterThan(0.97);
  });

  test('counting eight characters', () => {
    const seen = new Set(contextsOf(split.train, BLOCK));
    const asked = contextsOf(split.dev, BLOCK);
    expect(countedOfEight.possible).toBe(27 ** 8);
    expect(countedOfEight.seen).toBe(seen.size);
    expect(countedOfEight.devUnseen).toBeCloseTo(asked.filter((each) => !seen.has(each)).length / asked.length, 12);
    expect(countedOfEight.dev).toBeGreaterThan(tables[0]!.dev);
    expect(countedOfEight.dev).toBeGreaterThan(countedOfThree.dev);
  });

  test('the flat network is the MLP with a longer first layer', () => {
    const short = mlp({ batchNorm: true });
    expect(countParameters(short)).toBe(makemore.short.parameters);
    expect(makemore.short.settings).toMatchObject({ network: 'mlp', norm: 'on', block: 3, embedding: 10, hidden: 200 });
    const shapes = (network: typeof flat) => parametersOf(network).map(({ shape }) => shape);
    const differ = shapes(flat).filter((shape, i) => String(shape) !== String(shapes(short)[i]));
    expect(differ).toEqual([[80, 200]]);
    expect(makemore.flat.parameters - makemore.short.parameters).toBe(5 * perCharacter);
    expect(perCharacter).toBe(2000);
  });

  test('the longer context is the largest step of the post', () => {
    for (const gain of [gains.pairs, gains.axes, gains.large]) expect(gains.context.dev).toBeGreaterThan(gain.dev);
    expect(partsOfFlat.first).toBe(80 * 200);
    expect(partsOfFlat.first / partsOfFlat.all).toBeGreaterThan(0.7);
  });

  test('the exercise', () => {
    expect(flatExercise).toBe(22_097 + 8 * 2000);
    expect(judgeNumber('38,097', flatExercise, 0).state).toBe('right');
  });
});

describe('Two at a time', () => {
  test('where the pairs are cut', () => {
    expect(cut('christoph')).toEqual(['hr', 'is', 'to', 'ph']);
    expect(cut('christop')).toEqual(['ch', 'ri', 'st', 'op']);
  });

  test('the shapes, by hand', () => {
    const shape = Object.fromEntries(layers.map(({ kind, shape: each }, i) => [`${i} ${kind}`, each]));
    expect(shape).toEqual({
      '0 Embedding': [32, 8, 24],
      '1 FlattenConsecutive': [32, 4, 48],
      '2 Linear': [32, 4, 128],
      '3 BatchNorm1d': [32, 4, 128],
      '4 Tanh': [32, 4, 128],
      '5 FlattenConsecutive': [32, 2, 256],
      '6 Linear': [32, 2, 128],
      '7 BatchNorm1d': [32, 2, 128],
      '8 Tanh': [32, 2, 128],
      '9 FlattenConsecutive': [32, 256],
      '10 Linear': [32, 128],
      '11 BatchNorm1d': [32, 128],
      '12 Tanh': [32, 128],
      '13 Linear': [32, 27],
    });
    // PyTorch’s, which begin with the input.
    expect(layers.map(({ shape: each }) => each)).toEqual(fixture.flow.slice(1).map(([, each]) => each));
    expect(sum(layers.map(({ parameters }) => parameters))).toBe(fixture.n_params);
  });

  test('PyTorch counts the same parameters, and so do the formulas', () => {
    expect(partsOfFlat.all).toBe(torchSizes.flat.n_params);
    expect(partsOfPairs.all).toBe(torchSizes.pairs.n_params);
    expect(countParameters(mistaken)).toBe(torchSizes.batch_only.n_params);
    const ofFlat = (n: number, d: number, h: number) => K * d + n * d * h + 2 * h + h * K + K;
    const ofTree = (levels: number, d: number, h: number) =>
      K * d + 2 * d * h + 2 * h * h * (levels - 1) + 2 * h * levels + h * K + K;
    expect(ofFlat(8, 10, 200)).toBe(partsOfFlat.all);
    expect(ofTree(3, 10, 68)).toBe(partsOfPairs.all);
    expect(ofTree(3, 24, 128)).toBe(fixture.n_params);
    for (const { block, levels, flat: ours, pairs: tree } of growth) {
      expect(ours).toBe(ofFlat(block, 10, 200));
      expect(tree).toBe(ofTree(levels, 10, 68));
    }
    expect(perLevel).toBe(2 * 68 ** 2 + 2 * 68);
  });

  test('the terms of both sums', () => {
    for (const parts of [partsOfFlat, partsOfPairs, partsOf(large)]) {
      const { table, first, later, norms, last, bias, all } = parts;
      expect(table + first + sum(later) + norms + last + bias).toBe(all);
    }
    expect(partsOfPairs.later).toEqual([2 * 68 * 68, 2 * 68 * 68]);
    expect(partsOfFlat.later).toEqual([]);
  });

  test('the exercise: sixteen characters, 200 units, a minibatch of 4', () => {
    const shapes = layersOf(waveNet({ levels: 4, hidden: 200 }), 4, 16).map(({ shape }) => shape);
    expect(shapes[2]).toEqual([4, 8, 200]);
    expect(shapes[5]).toEqual([4, 4, 400]);
    expect(shapes[6]).toEqual([4, 4, 200]);
  });
});

describe('Whose mean?', () => {
  test('how many numbers are behind each mean, and how many means there are', () => {
    expect(behindMean).toEqual({
      right: [32 * 4, 32 * 2, 32],
      mistaken: 32,
      meansRight: 3 * 68,
      meansMistaken: (4 + 2 + 1) * 68,
    });
    const first = buffersOf(mistaken)[0]!;
    expect(sizeOf(first.shape)).toBe(4 * 68);
    expect(meanExercise).toBe(32 * 4);
  });

  test('the first pair holds dots, most of the time', () => {
    const contexts = contextsOf(split.train, BLOCK);
    onlyDots.forEach((share, pair) => {
      const empty = contexts.filter((each) => each.slice(2 * pair, 2 * pair + 2) === '..').length;
      expect(share).toBeCloseTo(empty / contexts.length, 12);
    });
    expect(Math.round(lettersInFirst)).toBe(4);
    const all = Array.from({ length: BATCH + 1 }, (_, count) => lettersInFirstAre(count));
    expect(sum(all)).toBeCloseTo(1, 12);
    expect(sum(all.map((share, count) => share * count))).toBeCloseTo(lettersInFirst, 10);
    expect(lettersInFirstAre(0)).toBeCloseTo(onlyDots[0]! ** BATCH, 14);
  });

  test('what the mistake costs: train loss on both lists, dev loss on one', () => {
    for (const gain of [gains.axes, gains.axesNames]) expect(gain.train).toBeGreaterThan(0.03);
    expect(gains.axes.dev).toBeGreaterThan(0);
    expect(gains.axes.test).toBeGreaterThan(0);
    expect(gains.axesNames.dev).toBeLessThan(0);
    expect(gains.axesNames.test).toBeLessThan(0);
    // “the network overfits it”
    expect(names.pairs.final.dev - names.pairs.final.train).toBeGreaterThan(0.2);
    expect(names.pairs.final.dev).toBeGreaterThan(lowest(names.pairs).loss + 0.01);
  });

  test('the shape that gives it away', () => {
    expect(fixture.running_after_1[0]!.mean.shape).toEqual([1, 1, 128]);
  });

  test('rounding grows with the mistake, and stays rounding without it or with enough letters', () => {
    expect(ROUNDING_STEPS).toBe(1000);
    expect(ENOUGH).toBe(3);
    expect(rounding.right).toBeLessThan(2e-6);
    expect(rounding.mistakenWithout).toBeLessThan(2e-6);
    expect(rounding.mistaken).toBeGreaterThan(1e-3);
  });

  test('PyTorch goes the same way with all networks but this one', () => {
    for (const each of [pytorch.flat, pytorch.pairs, pytorch.large]) expect(each.difference).toBeLessThan(2e-6);
    expect(pytorch.mistaken.difference).toBeGreaterThan(1e-3);
    const marksOf = ({ loss_f32: losses }: typeof torchSizes.flat) => Object.entries(losses);
    for (const [theirs, ours] of [
      [torchSizes.flat, makemore.flat],
      [torchSizes.pairs, makemore.pairs],
    ] as const)
      for (const [step, loss] of marksOf(theirs))
        expect(Math.abs(loss - (ours.marks as Record<string, number>)[step]!)).toBeLessThan(2e-6);
    // It begins as PyTorch’s does, and has left it by step 1,000.
    const marks = makemore.mistaken.marks as Record<string, number>;
    for (const [step, loss] of marksOf(torchSizes.batch_only).slice(0, 3))
      expect(Math.abs(loss - marks[step]!)).toBeLessThan(2e-6);
    expect(Math.abs(torchSizes.batch_only.loss_f32['1000'] - marks[1000]!)).toBeGreaterThan(1e-3);
  });
});

describe('How far it sees, and a loop that reuses its work', () => {
  test('the parameters of the tree grow by the same number with each doubling, those of the flat network double', () => {
    const [eight, sixteen, thirtyTwo, sixtyFour] = growth;
    expect(sixteen!.pairs - eight!.pairs).toBe(perLevel);
    expect(thirtyTwo!.pairs - sixteen!.pairs).toBe(perLevel);
    expect(sixtyFour!.flat - thirtyTwo!.flat).toBe(2 * (thirtyTwo!.flat - sixteen!.flat));
    for (const { block, levels } of growth) expect(block).toBe(2 ** levels);
  });

  test('three of the four pairs of `christopher` were there at `christoph`', () => {
    expect(cut('christopher').slice(0, 3)).toEqual(cut('christoph').slice(1));
    expect(cut('christopher').slice(0, 3)).toEqual(['is', 'to', 'ph']);
  });

  test('joins: the spans of a tree, and those of all trees of a long text', () => {
    for (const levels of [3, 4]) {
      const spans = new Set<string>();
      const contexts = 5000;
      for (let end = 0; end < contexts; end++) {
        let own = 0;
        for (let reachOf = 2; reachOf <= 2 ** levels; reachOf *= 2) {
          for (let last = end; last > end - 2 ** levels; last -= reachOf) {
            spans.add(`${reachOf} ${last}`);
            own += 1;
          }
        }
        expect(own).toBe(joins(levels).tree);
      }
      expect(spans.size / contexts).toBeCloseTo(joins(levels).convolution, 1);
    }
    expect(joinsExercise).toBe(15 / 4);
    expect(judgeNumber('3.75', joinsExercise, 0.005).state).toBe('right');
  });

  test('the multiplications of both orders, counted by the code and by the formulas', () => {
    expect(twelve).toHaveLength(12);
    expect(split.dev).toContain(twelve);
    expect(workOfName.places).toBe(13);
    expect(workOfName.trees).toBe(13 * largeCosts.tree);
    const { first, later, logits } = largeCosts;
    expect(workOfName.convolution).toBe((13 + 6) * first + (13 + 4) * later + 13 * (later + logits));
    expect(workOfText.places).toBe(textLength - BLOCK + 1);
    expect(workOfText.trees).toBe(workOfText.places * largeCosts.tree);
    expect(workOfText.trees / workOfText.convolution).toBeCloseTo(largeCosts.tree / largeCosts.convolution, 1);
    expect(workOfName.trees / workOfName.convolution).toBeLessThan(workOfText.trees / workOfText.convolution);
  });

  test('the logits are the same to the last bit', () => {
    expect(workOfName.difference).toBe(0);
    expect(workOfText.difference).toBe(0);
  });

  test('the convolution uses each weight of a linear layer once for each position', () => {
    for (const [network, cost] of [
      [large, largeCosts],
      [pairs, pairsCosts],
    ] as const) {
      const weights = parametersOf(network).filter(
        ({ layer, name }) => network[layer]!.kind === 'Linear' && name === 'weight',
      );
      expect(sum(weights.map(({ shape }) => sizeOf(shape)))).toBe(cost.convolution);
    }
    expect(costs({ embedding: 24, hidden: 128 })).toEqual(largeCosts);
    expect(flatCost).toBe(work({ ...trained, network: flat, state: flatState() }, new Int32Array(BLOCK)).trees);
    expect(pairsCosts.tree).toBeGreaterThan(1.5 * flatCost);
    expect(Math.abs(pairsCosts.convolution / flatCost - 1)).toBeLessThan(0.02);
  });

  /** Zeros do to count by. */
  function flatState() {
    return {
      parameters: parametersOf(flat).map(({ shape }) => new Float32Array(sizeOf(shape))),
      buffers: buffersOf(flat).map(({ shape }) => new Float32Array(sizeOf(shape)).fill(1)),
    };
  }
});

describe('The rest of WaveNet', () => {
  test('ten layers with doubled dilations see 1,024 numbers', () => {
    let seen = new Set([0]);
    for (const dilation of DILATIONS) seen = new Set([...seen].flatMap((place) => [place, place - dilation]));
    expect(DILATIONS.at(-1)).toBe(512);
    expect(seen.size).toBe(reach);
    expect(Math.max(...seen) - Math.min(...seen) + 1).toBe(reach);
    expect(reachExercise).toBe(64);
  });

  test('the slope of a gated unit', () => {
    const slopes = slopesOf('tanh(x) / (1 + exp(-x))', 'x');
    const answer = '(1 - tanh(x)**2) / (1 + exp(-x)) + tanh(x) * exp(-x) / (1 + exp(-x))**2';
    expect(judgeFormula(answer, 'x', slopes).state).toBe('right');
    expect(judgeFormula('(1 - tanh(x)**2) / (1 + exp(-x))', 'x', slopes).state).toBe('wrong');
    const f = (x: number) => Math.tanh(x) / (1 + Math.exp(-x));
    expect(Math.abs(f(-12 + 1e-4) - f(-12 - 1e-4)) / 2e-4).toBeLessThan(1e-4);
  });
});

describe('The log', () => {
  test('each row has a lower dev loss than the one above, on both splits', () => {
    const rows = [makemore.short, makemore.flat, makemore.mistaken, makemore.pairs, makemore.large];
    rows.slice(1).forEach(({ final }, i) => {
      expect(final.dev).toBeLessThan(rows[i]!.final.dev);
      expect(final.test).toBeLessThan(rows[i]!.final.test);
    });
    for (const { step, counts } of rows) {
      expect(step).toBe(200_000);
      expect(counts).toEqual(makemore.large.counts);
    }
    expect(makemore.large.parameters / makemore.pairs.parameters).toBeGreaterThan(3);
    expect(makemore.short.settings.decay).toBe(100_000);
    expect(makemore.short.settings.seed).not.toBe(makemore.flat.settings.seed);
    for (const run of [makemore.mistaken, makemore.pairs, makemore.large]) {
      expect(run.settings.seed).toBe(makemore.flat.settings.seed);
      expect(run.settings.decay).toBe(makemore.flat.settings.decay);
    }
  });

  test('the notebook logs nearly the same', () => {
    for (const each of ['mistaken', 'pairs', 'large'] as const)
      expect(Math.abs(makemore[each].final.dev - notebook[each])).toBeLessThan(0.002);
    expect(notebookApart).toBeGreaterThan(0.005);
    // “below ours and PyTorch’s”
    expect(pytorch.flat.dev - notebook.flat).toBeGreaterThan(0.005);
  });

  test('on makemore the large network ends near its lowest dev loss, which comes after the decay', () => {
    const { step, loss } = lowest(makemore.large);
    expect(step).toBeGreaterThan(makemore.large.settings.decay);
    expect(makemore.large.final.dev - loss).toBeLessThan(0.005);
  });

  test('the names: unlike names at first, and alike soon', () => {
    expect(Math.max(...drawn.untrained.map(({ length }) => length))).toBeGreaterThan(20);
    expect(Math.max(...drawn.early.map(({ length }) => length))).toBeLessThan(12);
    expect(EARLY).toBe(1000);
    const { seed } = names.large.settings;
    for (const { settings } of [names.stopped, makemore.flat, makemore.pairs, makemore.large])
      expect(settings.seed).toBe(seed);
  });
});

describe('Too large for its list', () => {
  test('the dev loss of the large network turns early, climbs, drops with the rate and climbs again', () => {
    const { step, loss } = lowest(names.large);
    expect(step).toBe(18_000);
    expect(devAt(names.large, 150_000)).toBeGreaterThan(loss + 0.1);
    expect(devAt(names.large, 155_000)).toBeLessThan(devAt(names.large, 150_000) - 0.05);
    expect(names.large.final.dev).toBeGreaterThan(devAt(names.large, 155_000) + 0.03);
    expect(names.large.settings.decay).toBe(150_000);
    expect(names.large.final.dev).toBeLessThan(tables[0]!.dev);
    expect(tables[0]!.dev - names.large.final.dev).toBeLessThan(0.05);
    expect(names.large.final.train).toBeLessThan(1.9);
  });

  test('examples for each parameter', () => {
    expect(examplesPerParameter(names.large)).toBeCloseTo(105_026 / 76_579, 10);
    expect(examplesPerParameter(names.large)).toBeLessThan(examplesPerParameter(makemore.large));
    expect(examplesPerParameter(makemore.large)).toBeLessThan(examplesPerParameter(names.pairs));
  });

  test('stopped, it has the lowest dev loss of the series on this list, and no higher test loss', () => {
    expect(names.stopped.step).toBe(20_000);
    for (const { label, dev } of journey.names)
      if (label !== 'the large one, stopped') expect(dev).toBeGreaterThan(names.stopped.final.dev);
    for (const run of [names.short, names.flat, names.mistaken, names.pairs, names.large])
      expect(run.final.test).toBeGreaterThan(names.stopped.final.test);
    // It is the same run up to the decay.
    expect(devAt(names.stopped, 15_000)).toBe(devAt(names.large, 15_000));
  });

  test('sure more often, and more often badly wrong', async () => {
    expect(sureness.long.loss).toBeCloseTo(names.large.final.dev, 5);
    expect(sureness.short.loss).toBeCloseTo(names.stopped.final.dev, 5);
    expect(sureness.long.sure).toBeGreaterThan(5 * sureness.short.sure);
    expect(sureness.long.wrong).toBeGreaterThan(2 * sureness.short.wrong);
    expect(sureness.long.costOfWrong - sureness.short.costOfWrong).toBeGreaterThan(
      sureness.long.loss - sureness.short.loss,
    );
    expect(opening.stopped.goesOn.e).toBeGreaterThan(opening.stopped.goesOn.dot);
    for (const [asked, symbol] of [
      ['over', 'dot'],
      ['goesOn', 'e'],
    ] as const)
      expect(opening.eight[asked][symbol]).toBeGreaterThan(opening.stopped[asked][symbol] + 0.4);
  });
});

describe('What one run can show', () => {
  const leads = [notebookGain, gains.pairs.dev, gains.pairs.test, gains.pairsNames.dev, gains.pairsNames.test];

  test('the tree is ahead in all five comparisons', () => {
    for (const lead of leads) expect(lead).toBeGreaterThan(0.004);
    expect(Math.max(...leads)).toBeLessThan(0.03);
    expect(Math.min(...leads)).toBeCloseTo(notebookGain, 12);
  });

  test('the uncertainty of the dev loss, by drawing names anew', async () => {
    expect(devNames).toBe(split.dev.length);
    const told = await onDev(stopped);
    // A bootstrap with a generator of its own.
    let state = 1;
    const next = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const means = Array.from({ length: 600 }, () => {
      let [loss, count] = [0, 0];
      for (let i = 0; i < devNames; i++) {
        const one = told.byName[Math.floor(next() * devNames)]!;
        loss += one.sum;
        count += one.count;
      }
      return loss / count;
    });
    const mean = sum(means) / means.length;
    const spread = Math.sqrt(sum(means.map((each) => (each - mean) ** 2)) / (means.length - 1));
    expect(Math.abs(standardError(told) / spread - 1)).toBeLessThan(0.15);
    expect(sureness.error).toBe(standardError(told));
  });

  test('the exercise: the difference it asks about is the notebook’s', () => {
    expect([notebook.flat, notebook.pairs]).toEqual([2.027, 2.022]);
    expect(pytorch.mistaken.apart.test).toBeGreaterThan(0.003);
    expect(gains.context.dev).toBeGreaterThan(10 * notebookGain);
  });
});

describe('Six posts in one chart', () => {
  const of = (label: string) => pointOf(journey.makemore, label);

  test('what the posts bought', () => {
    const oneLayer = ['MLP as drawn', 'MLP scaled', 'MLP with BatchNorm', 'MLP with BatchNorm, fourth notebook'];
    for (const label of oneLayer) expect(of(label).dev).toBeGreaterThan(bestTables.makemore.dev);
    expect(bestTables.makemore.block).toBe(3);
    expect(bestTables.names.block).toBe(2);
    expect(Math.abs(of('MLP scaled').dev - of('MLP with BatchNorm').dev)).toBeLessThan(0.005);
    const deep = of('MLP with BatchNorm').dev - of('five layers with BatchNorm').dev;
    expect(of('five layers with BatchNorm').parameters / of('MLP with BatchNorm').parameters).toBeCloseTo(4, 0);
    expect(gains.context.dev).toBeGreaterThan(deep);
    expect(of('eight characters at once').parameters).toBeLessThan(0.5 * of('five layers with BatchNorm').parameters);
    expect(Math.min(...journey.makemore.map(({ dev }) => dev))).toBe(makemore.large.final.dev);
  });

  test('on the shipped list the large network is the worst but for the table of pairs', () => {
    const worse = journey.names.filter(({ dev }) => dev >= names.large.final.dev).map(({ label }) => label);
    expect(worse).toEqual(['table of pairs', 'eight by pairs, large']);
  });

  test('labels are told apart', () => {
    for (const list of Object.values(journey)) expect(new Set(list.map(({ label }) => label)).size).toBe(list.length);
  });

  const TABLES: Record<string, SettingsTable> = {
    'mlp-training': mlpTrainingTable,
    'batchnorm-training': batchNormTable,
    'wavenet-training': waveNetTable,
  };
  const RUNS = [...Object.values(makemore), ...Object.values(names), ...earlier];

  test.each([...journey.makemore, ...journey.names])(
    '$label ($dev) leads to its run',
    ({ href, dev, steps }: Point) => {
      const url = new URL(href!, 'https://omagrawal.tech/blog/WaveNet.html');
      expect(existsSync(`content/posts${url.pathname.replace('/blog', '').replace('.html', '.mdx')}`)).toBe(true);
      const table = TABLES[url.hash.slice(1)];
      if (!table) return expect(url.search).toBe('');
      const { settings, refusals } = parseSettings(table, readLink(url.hash.slice(1), url.search));
      expect(refusals).toEqual([]);
      expect(settings.steps).toBe(steps);
      const run = RUNS.find(({ final }) => final.dev === dev);
      // Records made before a setting existed do not name it, or name one that this network has not.
      expect(run).toBeDefined();
      if (run)
        for (const [name, value] of Object.entries(run.settings))
          if (name in table && name !== 'schedule') expect(settings[name]).toBe(value);
      expect(Object.keys(settings)).toEqual(Object.keys(defaultsOf(table)));
    },
  );
});

test('what the opening figure shows at first is what the sentences above it say', () => {
  expect(ryosuke.word).toBe(opening.names[1]);
  expect(ryosuke.probabilities).toHaveLength(ryosuke.word.length + 1);
  expect(ryosuke.probabilities[6]![5]).toBeCloseTo(opening.eight.goesOn.e, 4);
  for (const shares of ryosuke.probabilities) expect(Array.from(shares).reduce((a, b) => a + b)).toBeCloseTo(1, 3);
});
