// One test for each sentence of the post that is true only as long as a figure bears it out. Where it can be had, the
// other side of the comparison is a closed form, a recorded run or a count by hand.
import { describe, expect, test } from 'vitest';
import { type Check, check, FUNCTIONS, STEPS } from '../../components/autograd/check-model.ts';
import { judgeNumber, judgeOrder } from '../../components/prose/judge.ts';
import { judgeFormula, slopesOf } from '../../components/prose/judge-formula.ts';
import { stepsOf } from '../../components/prose/operations.ts';
import { ALPHA, classify, descend } from '../../src/autograd/classifier.ts';
import { evaluate } from '../../src/autograd/expression/evaluate.ts';
import { parse } from '../../src/autograd/expression/parse.ts';
import { centralDifference } from '../../src/autograd/gradient-check.ts';
import { backwardUpTo, topologicalOrder } from '../../src/autograd/graph.ts';
import { MLP, Value } from '../../src/autograd/index.ts';
import { moons, type Point } from '../../src/autograd/points.ts';
import { PythonRandom } from '../../src/random/index.ts';
import { EXTENT } from '../../src/training/tiny-network/own-points.ts';
import { GRID } from '../../src/training/tiny-network/run.ts';
import moonsRun from '../runs/tiny-network.json' with { type: 'json' };
import noZeroRun from '../runs/tiny-network-no-zero-grad.json' with { type: 'json' };
import rateRun from '../runs/tiny-network-rate-20.json' with { type: 'json' };
import reluRun from '../runs/tiny-network-relu.json' with { type: 'json' };
import {
  expError,
  expStep,
  hinge,
  logStep,
  netCheck,
  neuronOutput,
  nudge,
  opening,
  shared,
  sharedByHand,
  start,
  unzeroed,
  unzeroedRun,
  visits,
} from './AutogradDeepDive.ts';

const last = (list: readonly number[]): number => list[list.length - 1]!;
const squaresOf = (list: readonly number[]): number => list.reduce((sum, x) => sum + x ** 2, 0);

/** The points and the net of the recorded runs, drawn without the figures’ own code. */
function drawn(): { points: Point[]; net: MLP } {
  const random = new PythonRandom(1337);
  return { points: moons(100, random), net: new MLP(2, [16, 16, 1], random) };
}

describe('The opening figure and the slope of one number', () => {
  test('make a large, so that the tanh goes flat, and all three leaf gradients shrink together', () => {
    const program = parse('tanh(a*b + c)');
    const gradients = Array.from({ length: 13 }, (_, i) => {
      const given: Record<string, number> = { a: 2 + i / 4, b: -0.5, c: 0.3 };
      const { leaves } = evaluate(program, (name) => given[name]!);
      return ['a', 'b', 'c'].map((name) => Math.abs(leaves.get(name)!.grad));
    });
    gradients.slice(1).forEach((row, i) => {
      row.forEach((gradient, leaf) => {
        expect(gradient).toBeLessThan(gradients[i]![leaf]!);
      });
    });
  });

  test('the changes shrink with h, but their ratio to h settles near the gradient of a', () => {
    const steps = [0.1, 0.01, 0.001, 0.0001];
    const rows = steps.map(nudge);
    const slope = -0.5 * (1 - Math.tanh(-0.7) ** 2);
    expect(opening.a.grad).toBeCloseTo(slope, 14);
    for (const [i, { change, ratio }] of rows.entries()) {
      if (i === 0) continue;
      expect(Math.abs(change)).toBeLessThan(Math.abs(rows[i - 1]!.change) / 5);
      expect(Math.abs(ratio - slope)).toBeLessThan(Math.abs(rows[i - 1]!.ratio - slope) / 5);
    }
    expect(Math.abs(last(rows.map(({ ratio }) => ratio)) - slope)).toBeLessThan(5e-5);
  });

  test('a one-sided quotient keeps h/2 f″, which is why the ratios in the first table crept towards their limit', () => {
    const t = Math.tanh(-0.7);
    const second = -2 * t * (1 - t ** 2) * 0.25;
    for (const h of [0.01, 0.001, 0.0001]) {
      const error = nudge(h).ratio - opening.a.grad;
      expect(error / ((h / 2) * second)).toBeCloseTo(1, 1);
      const twoSided = centralDifference((a) => Math.tanh(a * -0.5 + 0.3), 2, h) - opening.a.grad;
      expect(Math.abs(error)).toBeGreaterThan(20 * Math.abs(twoSided));
    }
  });

  test('the three visits give the gradients of all three leaves', () => {
    const { a, b, c, product, sum, end } = opening;
    const slope = 1 - Math.tanh(-0.7) ** 2;
    expect(end.data).toBeCloseTo(Math.tanh(-0.7), 14);
    for (const { grad } of [sum, product, c]) expect(grad).toBeCloseTo(slope, 14);
    expect(a.grad).toBeCloseTo(-0.5 * slope, 14);
    expect(b.grad).toBeCloseTo(2 * slope, 14);
  });
});

describe('Used twice, and the order of visits', () => {
  test('each slot hands back e, and the gradient of e is their sum, 2e', () => {
    expect(shared.e.data).toBe(1 + 2);
    expect(shared.e.grad).toBe(3 + 3);
    expect([shared.a.grad, shared.b.grad]).toEqual([6, 6]);
  });

  test('step backward once: e receives a contribution along each arrow, and the two are added', () => {
    const { end, names } = evaluate(parse('e = a + b; e * e'), (name) => ({ a: 1, b: 2 })[name]!);
    const e = [...names.keys()].find((value) => names.get(value) === 'e')!;
    backwardUpTo(end, 1);
    expect(e.grad).toBe(6);
    const edited = evaluate(parse('e = a + b; e * e + a'), (name) => ({ a: 1, b: 2 })[name]!);
    expect(edited.leaves.get('a')!.grad).toBe(6 + 1);
  });

  test('visited too early, e passes on less than its gradient, and a is left with it', () => {
    const [, early, end] = visits.early;
    const t = Math.tanh(0.5);
    const whole = t + 0.5 * (1 - t ** 2);
    expect(early!.a).toBeCloseTo(t, 14);
    expect(end!.e).toBeCloseTo(whole, 14);
    expect(end!.a).toBe(early!.a);
    expect(visits.right[2]!.a).toBeCloseTo(whole, 14);
    expect(whole).toBeGreaterThan(t + 0.1);
  });
});

describe('Checking against the definition', () => {
  test('e is the base for which the fraction tends to 1', () => {
    const distances = [0.1, 0.01, 0.001].map((h) => (Math.exp(h) - 1) / h - 1);
    distances.forEach((distance, i) => {
      expect(distance).toBeCloseTo(0.5 * 10 ** -(i + 1), i + 2);
    });
  });

  test('relu at 0: the code returns 0, and a numerical check finds one half', () => {
    const x = new Value(0);
    x.relu().backward();
    expect(x.grad).toBe(0);
    expect(centralDifference((at) => Math.max(0, at), 0, 1e-5)).toBe(0.5);
  });

  test('the real optimum lies a little lower than the formula says', () => {
    const { predicted, measured } = expStep;
    expect(measured.h).toBeLessThan(predicted);
    expect(measured.h).toBeGreaterThan(predicted / 5);
    expect(expStep.steps).toBe(141);
    expect(expStep.points).toBe(101);
  });

  test('the formula’s step is where its own error is smallest', () => {
    const error = (h: number) => h ** 2 / 6 + Number.EPSILON / h;
    const { predicted } = expStep;
    for (const h of [0.5, 0.9, 1.1, 2].map((factor) => factor * predicted)) {
      expect(error(h)).toBeGreaterThan(error(predicted));
    }
  });

  test('at x = 1 the error falls from h = 10⁻² to 10⁻⁵ and is back up at 10⁻¹²', () => {
    expect(expError(1e-5)).toBeLessThan(expError(1e-2) / 1000);
    expect(expError(1e-5)).toBeLessThan(expError(1e-12) / 1000);
    expect(expError(1e-2)).toBeCloseTo((Math.E * 1e-2 ** 2) / 6, 8);
  });

  test('the chart falls by two decades for each decade of h, then climbs by one with a jitter', () => {
    const { errors } = check(FUNCTIONS.exp!, 1) as Check;
    const slope = (from: number, to: number) => {
      const points = STEPS.map((h, i) => [Math.log10(h), Math.log10(errors[i]!)] as const).filter(
        ([h]) => h < from + 0.01 && h > to - 0.01,
      );
      const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
      const [h0, e0] = [mean(points.map(([h]) => h)), mean(points.map(([, e]) => e))];
      return (
        points.reduce((sum, [h, e]) => sum + (h - h0) * (e - e0), 0) /
        points.reduce((sum, [h]) => sum + (h - h0) ** 2, 0)
      );
    };
    expect(slope(-1, -4)).toBeCloseTo(2, 1);
    expect(Math.abs(slope(-6, -12) + 1)).toBeLessThan(0.25);
  });

  test('choose another function and see the minimum move', () => {
    const best = (name: string) => (check(FUNCTIONS[name]!, 1) as Check).best!;
    for (const name of ['cubic', 'sigmoid']) {
      expect(Math.abs(Math.log10(best(name) / best('exp'))), name).toBeGreaterThan(0.2);
    }
  });

  test('on the whole network, backward and the quotient nowhere differ by more than rounding explains', () => {
    expect(netCheck.points).toBe(5);
    expect(netCheck.largest).toBeGreaterThan(0.1);
    // Rounding alone is ε·loss/h for each operation that a parameter passes through; their errors add up slowly.
    const rounding = (Number.EPSILON * 1) / 1e-5;
    expect(netCheck.worst).toBeLessThan(100 * rounding);
    expect(netCheck.worst).toBeLessThan(1e-8 * netCheck.largest);
  });
});

describe('Neurons, layers, a network', () => {
  test('the sum is 0.5 − 0.5 + 0.1, and the output its tanh', () => {
    expect(neuronOutput).toBeCloseTo(Math.tanh(0.1), 15);
  });

  test('the first layer has 48 parameters, the second 16 × 17, the last 17; together they are 337', () => {
    expect(start.layers).toEqual([16 * 3, 16 * 17, 17]);
    expect(start.layers).toEqual([48, 272, 17]);
    expect(start.count).toBe(337);
    expect(moonsRun.frame.parameters).toHaveLength(start.count);
  });
});

describe('A loss to descend', () => {
  test('a point costs 0 at a score of 1.7, 0.6 at 0.4, and 3 at −2, in `classify` as in the text', () => {
    for (const [score, cost] of [
      [1.7, 0],
      [0.4, 0.6],
      [-2, 3],
    ] as const) {
      expect(hinge(score)).toBeCloseTo(cost, 14);
      // One linear neuron that hands its first input through; its only weight that is not 0 costs ALPHA.
      const net = new MLP(2, [1], { uniform: () => 0 });
      net.parameters()[0]!.data = 1;
      const { loss } = classify(net, [{ x: score, y: 0, label: 1 }]);
      expect(loss.data - ALPHA).toBeCloseTo(cost, 14);
    }
  });

  test('α = 10⁻⁴', () => {
    expect(ALPHA).toBe(1e-4);
  });

  test('a point inside the margin hands −y/N to its score, a point beyond it 0', () => {
    const slope = (score: number, label: 1 | -1) => {
      const net = new MLP(2, [1], { uniform: () => 0 });
      const bias = net.parameters().at(-1)!;
      bias.data = score;
      classify(net, [
        { x: 0, y: 0, label },
        { x: 0, y: 0, label },
      ]).loss.backward();
      return bias.grad - 2 * ALPHA * score;
    };
    expect(slope(0.4, 1)).toBeCloseTo(-1, 14); // both points: twice −1/2
    expect(slope(0.4, -1)).toBeCloseTo(1, 14);
    expect(slope(1.7, 1)).toBeCloseTo(0, 14);
  });

  test('the net of the sentences is the net of the recorded run', () => {
    expect(start.loss).toBeCloseTo(moonsRun.curve.loss[0]!, 8);
    expect(start.loss).toBeCloseTo(noZeroRun.curve.loss[0]!, 8);
    expect(start.loss).toBeCloseTo(rateRun.curve.loss[0]!, 8);
  });

  test('for η = 0.001 the promise is kept; for η = 1 it is more than the whole loss, and void', () => {
    const promise = -0.001 * start.squaredGradient;
    expect(Math.abs(start.change / promise - 1)).toBeLessThan(0.01);
    expect(start.squaredGradient).toBeGreaterThan(start.loss);
    expect(moonsRun.curve.loss[1]!).toBeGreaterThan(moonsRun.curve.loss[0]!);
  });

  test('the recorded run starts with a rate of 1 and lowers it evenly towards 0.1', () => {
    expect(moonsRun.settings).toMatchObject({ rate: 1, steps: moonsRun.steps });
    const { points, net } = drawn();
    for (let update = 0; update < 10; update += 1) {
      const { loss } = descend(net, points, 1 + (update / moonsRun.steps) * (0.1 - 1));
      expect(loss).toBeCloseTo(moonsRun.curve.loss[update]!, 8);
    }
  });

  test('the first update makes the loss larger; it recovers, and all points are on the right side', () => {
    const { curve, firstPerfect, steps } = moonsRun;
    expect(curve.loss[1]!).toBeGreaterThan(curve.loss[0]!);
    expect(last(curve.loss)).toBeLessThan(curve.loss[0]! / 10);
    expect(firstPerfect).not.toBeNull();
    expect(curve.accuracy.indexOf(1)).toBe(firstPerfect);
    expect(last(curve.accuracy)).toBe(1);
    expect(steps).toBe(100);
  });

  test('no choice of slope can make a straight cut right for both moons', () => {
    const { points } = drawn();
    const [a, b] = [1, -1].map((side) => points.filter(({ label }) => label === side)) as [Point[], Point[]];
    // Where a segment between two points of one side crosses a segment of the other, no line parts the sides.
    const crosses = pairs(a).some(([p, q]) => pairs(b).some(([r, s]) => cross(p, q, r, s)));
    expect(crosses).toBe(true);
  });

  test('the border is at first a nearly straight cut, then a bend', () => {
    const { points, net } = drawn();
    for (let update = 0; update <= 4; update += 1) {
      expect(straightness(surfaceOf(net)), `after ${update} updates`).toBeGreaterThan(0.98);
      descend(net, points, 1 - (0.9 * update) / moonsRun.steps);
    }
    expect(straightness(moonsRun.frame.surface)).toBeLessThan(0.95);
  });

  test('the loss is not smooth, and jumps while the rate is high', () => {
    const rises = moonsRun.curve.loss.slice(1).map((loss, i) => loss - moonsRun.curve.loss[i]!);
    expect(Math.max(...rises.slice(0, 50))).toBeGreaterThan(0.2);
    expect(Math.max(...rises.slice(50))).toBeLessThan(Math.max(...rises.slice(0, 50)) / 5);
  });

  test('with relu, the same seed has all points right too', () => {
    expect(reluRun.settings).toEqual({ ...moonsRun.settings, activation: 'relu' });
    expect(reluRun.firstPerfect).not.toBeNull();
    expect(reluRun.curve.accuracy.indexOf(1)).toBe(reluRun.firstPerfect);
  });

  test('at 20 each step overshoots so far that the loss stays above where it began, and points stay wrong', () => {
    expect(rateRun.settings).toEqual({ ...moonsRun.settings, rate: 20 });
    expect(rateRun.firstPerfect).toBeNull();
    expect(Math.max(...rateRun.curve.accuracy)).toBeLessThan(1);
    expect(Math.min(...rateRun.curve.loss.slice(1))).toBeGreaterThan(rateRun.curve.loss[0]!);
  });
});

describe('Forgetting to zero the gradients', () => {
  const { curve } = noZeroRun;
  const lowest = Math.min(...curve.loss);

  test('the bug is hard to notice: every point right, and an accuracy of 100% at the end', () => {
    expect(noZeroRun.settings).toEqual({ ...moonsRun.settings, zerograd: 'no' });
    expect(noZeroRun.firstPerfect).not.toBeNull();
    expect(curve.accuracy.indexOf(1)).toBe(noZeroRun.firstPerfect);
    expect(last(curve.accuracy)).toBe(1);
  });

  test('the loss, after an early low, climbs above 1', () => {
    expect(curve.loss.indexOf(lowest)).toBeLessThan(noZeroRun.steps / 4);
    expect(last(curve.loss)).toBeGreaterThan(1);
    expect(last(curve.loss)).toBeGreaterThan(10 * lowest);
  });

  test('the right half of the chart: one curve is flat, the other rises, although nearly all predictions are right', () => {
    expect(Math.max(...moonsRun.curve.loss.slice(50))).toBeLessThan(0.1);
    expect(last(curve.loss)).toBeGreaterThan(1.5 * curve.loss[50]!);
    expect(Math.min(...curve.loss.slice(50))).toBeGreaterThan(1);
    expect(Math.min(...curve.accuracy.slice(50))).toBeGreaterThan(0.9);
  });

  test('the penalty is more than the sentence says, and so is the sum of the squared parameters', () => {
    const squares = squaresOf(noZeroRun.frame.parameters);
    expect(unzeroedRun.penaltyAbove).toBeGreaterThan(1);
    expect(squares).toBeGreaterThan(unzeroedRun.squaresAbove);
    expect(squares * ALPHA).toBeGreaterThan(unzeroedRun.penaltyAbove);
    expect(last(curve.loss) - 1).toBeGreaterThanOrEqual(unzeroedRun.penaltyAbove);
    expect(last(curve.loss) - 1 - unzeroedRun.penaltyAbove).toBeLessThan(0.1);
  });

  test('the sum began near that of 304 uniform draws, and grew more than a hundredfold', () => {
    const random = new PythonRandom(1337);
    moons(100, random);
    const weights = Array.from({ length: 2 * 16 + 16 * 16 + 16 }, () => random.uniform(-1, 1));
    expect(start.squares).toBeCloseTo(squaresOf(weights), 10);
    expect(unzeroedRun.squaresAbove).toBeGreaterThan(100 * start.squares);
  });

  test('in the end no point lies inside the margin: the loss is all penalty', () => {
    // The recorded parameters have four digits.
    expect(Math.abs(last(curve.loss) - ALPHA * squaresOf(noZeroRun.frame.parameters))).toBeLessThan(1e-3);
  });
});

describe('Why backward', () => {
  test('the graph over 100 points has as many values and arrows as counted by hand', () => {
    // A neuron of m inputs: m products and m sums; then a tanh. The last has none.
    const operations = 16 * (2 * 2 + 1) + 16 * (2 * 16 + 1) + 2 * 16;
    const arrows = 16 * (4 * 2 + 1) + 16 * (4 * 16 + 1) + 4 * 16;
    // A point: x, y, −y·s + 1 with its two constants, relu, and the running sum.
    const point = { values: 2 + operations + 6, arrows: arrows + 7 };
    // Two zeros to sum from; a square and a sum a parameter; “/ N”, “· α”, their constants, and the last sum.
    expect(start.values).toBe(337 + 100 * point.values + 2 + 2 * 337 + 5);
    expect(start.arrows).toBe(100 * point.arrows + 4 * 337 + 6);
  });

  test('reverse mode has all gradients after one multiplication per arrow', () => {
    const { points, net } = drawn();
    const { loss } = classify(net, points);
    const multiplications = topologicalOrder(loss).reduce((sum, value) => sum + value.localDerivatives().length, 0);
    expect(multiplications).toBe(start.arrows);
  });
});

describe('Exercises', () => {
  test('used twice: together that is 6 + 6 + 1', () => {
    expect(sharedByHand).toBe(6 + 6 + 1);
    expect(centralDifference((a) => a * a * 2 + a, 3, 1e-5)).toBeCloseTo(sharedByHand, 8);
  });

  test('the visiting order: d·e comes first, then d and e in either order', () => {
    const steps = stepsOf('d = a*b; e = a + b; d*e');
    const product = steps.find(({ name }) => name !== 'd' && name !== 'e')!.name;
    const verdict = (...order: string[]) => judgeOrder(order.join('; '), steps).state;
    expect(steps).toHaveLength(3);
    expect(verdict(product, 'd', 'e')).toBe('right');
    expect(verdict(product, 'e', 'd')).toBe('right');
    for (const order of [
      ['d', product, 'e'],
      ['d', 'e', product],
      ['e', product, 'd'],
      ['e', 'd', product],
    ]) {
      expect(verdict(...order)).toBe('wrong');
    }
  });

  test('the sigmoid: both forms of the solution pass', () => {
    const slopes = slopesOf('1 / (1 + exp(-x))', 'x');
    expect(judgeFormula('exp(-x) / (1 + exp(-x))**2', 'x', slopes).state).toBe('right');
    expect(judgeFormula('1 / (1 + exp(-x)) * (1 - 1 / (1 + exp(-x)))', 'x', slopes).state).toBe('right');
  });

  test('assign instead of add: all three gradients come out half as large as they should', () => {
    const [a, b] = [new Value(1), new Value(2)];
    const e = a.add(b);
    const end = e.mul(e);
    end.grad = 1;
    for (const value of [end, e]) {
      const local = value.localDerivatives();
      value.inputs.forEach((input, i) => {
        input.grad = local[i]! * value.grad;
      });
    }
    expect(e.grad).toBe(shared.e.data);
    for (const [wrong, right] of [
      [a, shared.a],
      [b, shared.b],
      [e, shared.e],
    ] as const) {
      expect(wrong.grad).toBe(right.grad / 2);
    }
  });

  test('no zeroing: 0.8, then 0.44, then past the minimum, and it goes on swinging', () => {
    expect(unzeroed[0]).toBeCloseTo(1 - 0.1 * 2, 14);
    expect(unzeroed[1]).toBeCloseTo(0.8 - 0.1 * (2 + 1.6), 14);
    expect(unzeroed[2]).toBeLessThan(0);
    let [p, sum] = [1, 0];
    const path = Array.from({ length: 200 }, () => {
      sum += 2 * p;
      p -= 0.1 * sum;
      return p;
    });
    expect(path.slice(0, 3)).toEqual(unzeroed.map((x) => expect.closeTo(x, 14)));
    const turns = path.filter((x, i) => i > 0 && x > 0 !== path[i - 1]! > 0).length;
    expect(turns).toBeGreaterThan(20);
    expect(Math.max(...path.slice(-20))).toBeGreaterThan(0.9);
    expect(Math.min(...path.slice(-20))).toBeLessThan(-0.9);
  });

  test('the best step for log x at 100, also from the rounded numbers that the hint gives', () => {
    expect(logStep.fraction).toBeCloseTo((100 ** 3 * Math.log(100)) / 2, 6);
    expect(judgeNumber('1.153', 1000 * logStep.predicted, 0.02).state).toBe('right');
    const byHand = Math.cbrt((3 * 2.2e-16 * 4.605 * 100 ** 3) / 2);
    expect(judgeNumber(String(1000 * byHand), 1000 * logStep.predicted, 0.02).state).toBe('right');
    // The widget takes f‴ from differences and should say the same.
    expect((check('log(x)', 100) as Check).best! / logStep.predicted).toBeCloseTo(1, 3);
  });
});

const pairs = <T>(list: readonly T[]): [T, T][] => list.flatMap((p, i) => list.slice(i + 1).map((q): [T, T] => [p, q]));

/** Whether the segments pq and rs cross. */
function cross(p: Point, q: Point, r: Point, s: Point): boolean {
  const side = (a: Point, b: Point, c: Point) => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
  return side(p, q, r) * side(p, q, s) < 0 && side(r, s, p) * side(r, s, q) < 0;
}

const at = (i: number): number => (i / (GRID - 1)) * 2 * EXTENT - EXTENT;

const surfaceOf = (net: MLP): number[] =>
  Array.from({ length: GRID * GRID }, (_, i) => net.predict([at(i % GRID), at(Math.floor(i / GRID))])[0]!);

/** The largest share of the grid on which a half-plane agrees with the sign of the score: 1 for a straight border. */
function straightness(surface: readonly number[]): number {
  const shares = Array.from({ length: 180 }, (_, degree) => {
    const [cos, sin] = [Math.cos((degree * Math.PI) / 90), Math.sin((degree * Math.PI) / 90)];
    const inOrder = surface
      .map((score, i) => ({ score, along: at(i % GRID) * cos + at(Math.floor(i / GRID)) * sin }))
      .sort((p, q) => p.along - q.along);
    // The half-plane begins as the whole grid and gives up one point after another.
    let agreeing = inOrder.filter(({ score }) => score > 0).length;
    let most = agreeing;
    for (const { score } of inOrder) {
      agreeing += score > 0 ? -1 : 1;
      most = Math.max(most, agreeing);
    }
    return most / surface.length;
  });
  return Math.max(...shares);
}
