// One test for each sentence of the post that is true only as long as a figure bears it out. Where it can be had, the
// other side of the comparison is a closed form, a recorded run or a count by hand.
import { describe, expect, test } from 'vitest';
import { type Check, check, EXAMPLES, STEPS } from '../../components/autograd/check-model.ts';
import { judgeNumber, judgeOrder } from '../../components/prose/judge.ts';
import { judgeFormula, slopesOf } from '../../components/prose/judge-formula.ts';
import { stepsOf } from '../../components/prose/operations.ts';
import { ALPHA, classify, descend } from '../../src/autograd/classifier.ts';
import { evaluate } from '../../src/autograd/expression/evaluate.ts';
import { parse } from '../../src/autograd/expression/parse.ts';
import { bestStep, centralDifference } from '../../src/autograd/gradient-check.ts';
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
  bend,
  bestLine,
  expStep,
  fastRun,
  forward,
  hinge,
  logPreset,
  logStep,
  netCheck,
  neuronOutput,
  nudge,
  opening,
  setback,
  shared,
  sharedByHand,
  sharedEdited,
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
  test('make a large, so that the tanh goes flat, and the gradients of a, b and c shrink together', () => {
    const program = parse('p = a*b; s = p + c; L = tanh(s)');
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

  test('the printed changes, divided by h on a calculator, give the printed ratios', () => {
    for (const [h, digits] of [
      [0.1, 6],
      [0.01, 7],
      [0.001, 8],
      [0.0001, 9],
    ] as const) {
      const { change, ratio } = nudge(h);
      expect((Number(change.toFixed(digits)) / h).toFixed(5)).toBe(ratio.toFixed(5));
    }
  });

  test('a nudge of a arrives at L multiplied by −0.5 × 1 × the slope of tanh', () => {
    const { a, b, sum } = opening;
    expect(b.data * 1 * sum.grad).toBeCloseTo(a.grad, 14);
    expect(Number(sum.grad.toFixed(4)) * b.data).toBeCloseTo(a.grad, 4);
  });

  test('the expression has three named steps and six values, fewer than the graph of the loss', () => {
    const { end, names } = evaluate(
      parse('p = a*b; s = p + c; L = tanh(s)'),
      (name) => ({ a: 2, b: -0.5, c: 0.3 })[name]!,
    );
    const values = topologicalOrder(end);
    expect(values).toHaveLength(topologicalOrder(opening.end).length);
    const steps = values.filter(({ inputs }) => inputs.length > 0);
    expect(steps.map((value) => names.get(value))).toEqual(['p', 's', 'L']);
    expect(steps.map(({ data }) => data)).toEqual([opening.product, opening.sum, opening.end].map(({ data }) => data));
    expect(start.values).toBeGreaterThan(1000 * values.length);
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
    expect(sharedEdited.a.grad).toBe(sharedEdited.e.grad + 1);
    expect(sharedEdited.a.grad).toBe(6 + 1);
  });

  test('two moves of one factor each: 3h, then 3h + h², in all h (3 + 3 + h)', () => {
    const e = shared.e.data;
    const f = (u: number, v: number) => u * v;
    for (const h of [0.5, 0.25, 0.125]) {
      expect(f(e + h, e) - f(e, e)).toBe(3 * h);
      expect(f(e + h, e + h) - f(e + h, e)).toBe(3 * h + h ** 2);
      expect((f(e + h, e + h) - f(e, e)) / h).toBe(3 + 3 + h);
    }
  });

  test('visited too early, e passes on less than its gradient, and a is left with it', () => {
    const [first, early, end] = visits.early;
    const t = Math.tanh(0.5);
    const whole = t + 0.5 * (1 - t ** 2);
    expect(first!.e).toBeCloseTo(t, 14);
    expect(first!.a).toBe(0);
    expect(visits.right.slice(0, 2).map(({ a }) => a)).toEqual([0, 0]);
    expect(visits.right[1]!.e).toBeCloseTo(whole, 14);
    expect(early!.a).toBeCloseTo(t, 14);
    expect(end!.e).toBeCloseTo(whole, 14);
    expect(end!.a).toBe(early!.a);
    expect(visits.right[2]!.a).toBeCloseTo(whole, 14);
    expect(whole).toBeGreaterThan(t + 0.1);
  });
});

const exampleCheck = (name: string): Check => check(parse(EXAMPLES[name]!.source), EXAMPLES[name]!.x) as Check;

describe('Checking against the definition', () => {
  test('e is the base for which the fraction tends to 1', () => {
    const distances = [0.1, 0.01, 0.001].map((h) => (Math.exp(h) - 1) / h - 1);
    distances.forEach((distance, i) => {
      expect(distance).toBeCloseTo(0.5 * 10 ** -(i + 1), i + 2);
    });
  });

  test('relu at 0: the code returns 0', () => {
    const x = new Value(0);
    x.relu().backward();
    expect(x.grad).toBe(0);
  });

  test('measured, the best step is a little lower than the formula says', () => {
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

  test('the chart falls by two decades for each decade of h, then climbs by one with a jitter', () => {
    const { errors } = exampleCheck('exp') as Check;
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

  test('right of the green line the measured error stays below the bound, and jumps about', () => {
    for (const name of Object.keys(EXAMPLES)) {
      const { errors, truncation, rounding, best } = exampleCheck(name);
      const right = errors
        .map((error, i) => ({ error, bound: truncation[i]! + rounding[i]!, h: STEPS[i]! }))
        .filter(({ h }) => h < best!);
      for (const { error, bound, h } of right) expect(error, `${name} at h = ${h}`).toBeLessThan(bound);
      const falls = right.filter(({ error }, i) => i > 0 && error < right[i - 1]!.error);
      expect(falls.length, name).toBeGreaterThan(4);
      const mild = right.filter(({ error, bound }) => error < bound / 2);
      expect(mild.length, name).toBeGreaterThan(right.length / 2);
    }
  });

  test('press log, taken at x = 20, and the green line moves to a step well over ten times as long', () => {
    expect(exampleCheck('exp').best! / expStep.predicted).toBeCloseTo(1, 3);
    expect(EXAMPLES.log).toEqual({ source: 'log(x)', x: 20 });
    expect(exampleCheck('log').best! / logPreset.predicted).toBeCloseTo(1, 3);
    expect(logPreset.predicted).toBeGreaterThan(15 * expStep.predicted);
  });

  test('drag h to the right and more digits of f(x + h) and f(x − h) cancel', () => {
    const shared = [1e-1, 1e-4, 1e-7, 1e-10].map((h) => {
      const [up, down] = [Math.exp(1 + h), Math.exp(1 - h)].map((y) => y.toPrecision(17)) as [string, string];
      return [...up].findIndex((digit, i) => digit !== down[i]);
    });
    shared.slice(1).forEach((count, i) => {
      expect(count).toBeGreaterThan(shared[i]!);
    });
  });

  test('for log at 1 the rounding of x + h is all that remains, and the simple formula fails', () => {
    expect(Math.log(1)).toBe(0);
    expect(bestStep(Math.log(1), 2)).toBe(0);
    expect(Math.abs(centralDifference(Math.log, 1, 1e-10) - 1)).toBeGreaterThan(1e-9);
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

  test('without a tanh, two layers collapse into one', () => {
    const { net } = drawn();
    const linear = new MLP(2, [16, 16, 1], new PythonRandom(1337), { hidden: 'linear' });
    const zero = linear.predict([0, 0])[0]!;
    const [along, up] = [linear.predict([1, 0])[0]! - zero, linear.predict([0, 1])[0]! - zero];
    expect(linear.predict([0.7, -1.3])[0]!).toBeCloseTo(zero + 0.7 * along - 1.3 * up, 10);
    expect(straightness(surfaceOf(linear))).toBe(1);
    expect(straightness(surfaceOf(net))).toBeLessThan(1);
    // n2 = (w2 w1) x + (w2 b1 + b2)
    const two = new MLP(1, [1, 1], { uniform: () => 0 }, { hidden: 'linear' });
    [2, 3, 5, 7].forEach((data, i) => {
      two.parameters()[i]!.data = data;
    });
    expect(two.predict([11])[0]!).toBe(5 * 2 * 11 + (5 * 3 + 7));
  });

  test('the first layer has 48 parameters, the second 16 × 17, the last 17; together they are 337', () => {
    expect(start.layers).toEqual([16 * 3, 16 * 17, 17]);
    expect(start.layers).toEqual([48, 272, 17]);
    expect(start.count).toBe(337);
    expect(start.width).toBe(16);
    expect(moonsRun.settings.hidden).toEqual([start.width, start.width]);
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

  test('a point in the margin or on the wrong side hands −y/N to its score, a point beyond the margin 0', () => {
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
    expect(slope(-1.7, 1)).toBeCloseTo(-1, 14);
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
      const { loss } = classify(net, points);
      expect(loss.data).toBeCloseTo(moonsRun.curve.loss[update]!, 8);
      descend(net, loss, 1 + (update / moonsRun.steps) * (0.1 - 1));
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

  test('the best straight line has 90 of the 100 points right', () => {
    expect(start.points).toBe(100);
    // Lines in 720 directions, each moved over the points: a search that can miss the best by little.
    const { points } = drawn();
    const byAngle = mostOnOneSide(
      points.map(({ x, y, label }) => ({ x, y, score: label })),
      720,
    );
    expect(bestLine).toBeGreaterThanOrEqual(Math.round(100 * byAngle));
    expect(bestLine).toBeLessThanOrEqual(Math.round(100 * byAngle) + 1);
    expect(bestLine).toBeLessThan(100);
  });

  test('the first updates give a nearly straight border, after 9 it bends, and update 12 throws it back', () => {
    expect([bend.update, setback.update]).toEqual([9, 12]);
    expect(bend.right).toBeCloseTo(91, 10);
    expect(bend.right).toBeGreaterThan(bestLine);
    expect(setback.right).toBeLessThan(bestLine);
    const { points, net } = drawn();
    const border: number[] = [];
    for (let update = 0; update <= setback.update; update += 1) {
      const { loss, accuracy } = classify(net, points);
      expect(accuracy).toBe(moonsRun.curve.accuracy[update]);
      border.push(straightness(surfaceOf(net)));
      descend(net, loss, 1 - (0.9 * update) / moonsRun.steps);
    }
    for (const update of [1, 2, 3, 4, setback.update]) expect(border[update], `after ${update}`).toBeGreaterThan(0.985);
    expect(border[bend.update]).toBeLessThan(0.975);
    expect(Math.min(...border.slice(0, bend.update))).toBeGreaterThan(border[bend.update]!);
    expect(straightness(moonsRun.frame.surface)).toBeLessThan(0.95);
  });

  test('update 12 throws it back because the rate is still high: in the second half nothing like it happens', () => {
    const rises = moonsRun.curve.loss.slice(1).map((loss, i) => loss - moonsRun.curve.loss[i]!);
    expect(rises[setback.update - 1]!).toBeGreaterThan(0.2);
    expect(Math.max(...rises.slice(50))).toBeLessThan(rises[setback.update - 1]! / 5);
  });

  test('with relu, the same seed has all points right too', () => {
    expect(reluRun.settings).toEqual({ ...moonsRun.settings, activation: 'relu' });
    expect(reluRun.firstPerfect).not.toBeNull();
    expect(reluRun.curve.accuracy.indexOf(1)).toBe(reluRun.firstPerfect);
  });

  test('at 20 the loss jumps about and never returns below its starting value, and points stay wrong', () => {
    expect(rateRun.settings).toEqual({ ...moonsRun.settings, rate: 20 });
    expect(rateRun.firstPerfect).toBeNull();
    expect(Math.max(...rateRun.curve.accuracy)).toBeLessThan(1);
    expect(fastRun.lowest).toBeGreaterThan(fastRun.begins);
    expect(fastRun.begins).toBe(moonsRun.curve.loss[0]!);
    expect(fastRun.highest).toBeGreaterThan(10 * fastRun.lowest);
    const { loss } = rateRun.curve;
    const turns = loss.filter((x, i) => i > 0 && i < loss.length - 1 && x > loss[i - 1]! === x > loss[i + 1]!);
    expect(turns.length).toBeGreaterThan(30);
  });
});

describe('Forgetting to zero the gradients', () => {
  const { curve } = noZeroRun;
  const lowest = Math.min(...curve.loss);

  test('the predictions do not give the bug away: every point right, earlier than with zeroing, and at the end', () => {
    expect(noZeroRun.settings).toEqual({ ...moonsRun.settings, zerograd: 'no' });
    expect(noZeroRun.firstPerfect).not.toBeNull();
    expect(curve.accuracy.indexOf(1)).toBe(noZeroRun.firstPerfect);
    expect(noZeroRun.firstPerfect).toBeLessThan(moonsRun.firstPerfect);
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

  test('the penalty is at least what the sentence says, and so is the sum of the squared parameters', () => {
    const squares = squaresOf(noZeroRun.frame.parameters);
    expect(unzeroedRun.penaltyAtLeast).toBeGreaterThan(1);
    expect(squares).toBeGreaterThan(unzeroedRun.squaresAbove);
    expect(squares * ALPHA).toBeGreaterThan(unzeroedRun.penaltyAtLeast);
    expect(last(curve.loss) - 1).toBeGreaterThanOrEqual(unzeroedRun.penaltyAtLeast);
    expect(last(curve.loss) - 1 - unzeroedRun.penaltyAtLeast).toBeLessThan(0.1);
  });

  test('the sum began near that of 304 uniform draws, and grew more than a hundredfold', () => {
    const random = new PythonRandom(1337);
    moons(100, random);
    const weights = Array.from({ length: 2 * 16 + 16 * 16 + 16 }, () => random.uniform(-1, 1));
    expect(start.squares).toBeCloseTo(squaresOf(weights), 10);
    expect(unzeroedRun.squaresAbove).toBeGreaterThan(100 * start.squares);
  });

  test('in the end all points are beyond the margin: the loss is all penalty', () => {
    // The recorded parameters have four digits.
    expect(Math.abs(last(curve.loss) - ALPHA * squaresOf(noZeroRun.frame.parameters))).toBeLessThan(1e-3);
  });
});

describe('Why backward', () => {
  test('forward mode arrives at the gradient of a, by way of −0.5 and −0.5', () => {
    expect(forward.a).toBe(1);
    expect(forward.product).toBe(-0.5);
    expect(forward.sum).toBe(-0.5);
    expect(forward.end).toBeCloseTo(opening.a.grad, 15);
    expect(forward.end).toBeCloseTo(nudge(1e-7).ratio, 6);
    expect(opening.end.grad).toBe(1);
  });

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
    const byHand = Math.cbrt((3 * 2.2e-16 * 4.605 * 100 ** 3) / 2);
    for (const answer of ['0.00115', '0.0012', '1.15e-3', String(byHand)]) {
      expect(judgeNumber(answer, logStep.predicted, 0.05 * logStep.predicted).state, answer).toBe('right');
    }
    expect(judgeNumber('0.002', logStep.predicted, 0.05 * logStep.predicted).state).toBe('wrong');
    // The widget takes f‴ from differences and should say the same.
    expect((check(parse('log(x)'), 100) as Check).best! / logStep.predicted).toBeCloseTo(1, 3);
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
const straightness = (surface: readonly number[]): number =>
  mostOnOneSide(
    surface.map((score, i) => ({ score, x: at(i % GRID), y: at(Math.floor(i / GRID)) })),
    180,
  );

/** The largest share of points that a half-plane, turned to so many directions, puts on the side that their score asks for. */
function mostOnOneSide(points: readonly { x: number; y: number; score: number }[], directions: number): number {
  const shares = Array.from({ length: directions }, (_, i) => {
    const [cos, sin] = [Math.cos((2 * Math.PI * i) / directions), Math.sin((2 * Math.PI * i) / directions)];
    const inOrder = points
      .map(({ x, y, score }) => ({ score, along: x * cos + y * sin }))
      .sort((p, q) => p.along - q.along);
    // The half-plane begins as the whole and gives up one point after another.
    let agreeing = inOrder.filter(({ score }) => score > 0).length;
    let most = agreeing;
    for (const { score } of inOrder) {
      agreeing += score > 0 ? -1 : 1;
      most = Math.max(most, agreeing);
    }
    return most / points.length;
  });
  return Math.max(...shares);
}
