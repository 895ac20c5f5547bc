/**
 * What the sentences of content/posts/AutogradDeepDive.mdx quote, computed by the code that the post is about. What
 * the sentences say of these numbers beyond their digits is tested beside this file.
 */
import { ALPHA, classify, descend } from '../../src/autograd/classifier.ts';
import { bestStep, centralDifference } from '../../src/autograd/gradient-check.ts';
import { MLP, Neuron, topologicalOrder, Value } from '../../src/autograd/index.ts';
import { moons, type Point } from '../../src/autograd/points.ts';
import { PythonRandom } from '../../src/random/index.ts';
import moonsRun from '../runs/tiny-network.json' with { type: 'json' };
import noZeroRun from '../runs/tiny-network-no-zero-grad.json' with { type: 'json' };
import rateRun from '../runs/tiny-network-rate-20.json' with { type: 'json' };

/** The first figure, p = a·b, s = p + c, L = tanh s, after its backward pass: “At a = 2 it is …”, and the table of its three visits. */
export const opening = (() => {
  const a = new Value(2);
  const b = new Value(-0.5);
  const c = new Value(0.3);
  const product = a.mul(b);
  const sum = product.add(c);
  const end = sum.tanh();
  end.backward();
  return { a, b, c, product, sum, end };
})();

/** “Now move a up by a small amount h and see how far L moves”: a row of the first table. */
export function nudge(h: number): { change: number; ratio: number } {
  const { a, b, c } = opening;
  const end = (x: number) => Math.tanh(x * b.data + c.data);
  const change = end(a.data + h) - end(a.data);
  return { change, ratio: change / h };
}

/** Forward mode in the first figure: how fast each node changes with a, found from a downwards. */
export const forward = (() => {
  const { a, product, sum, end } = opening;
  const slopes = new Map<Value, number>();
  for (const value of topologicalOrder(end)) {
    const local = value.localDerivatives();
    const slope = value.inputs.reduce((total, input, i) => total + local[i]! * slopes.get(input)!, 0);
    slopes.set(value, value === a ? 1 : slope);
  }
  return { a: slopes.get(a)!, product: slopes.get(product)!, sum: slopes.get(sum)!, end: slopes.get(end)! };
})();

/** “Let e = a + b and L = e · e, with a = 1 and b = 2”: what e holds, and the sum of what its two uses hand back. */
export const shared = (() => {
  const [a, b] = [new Value(1), new Value(2)];
  const e = a.add(b);
  e.mul(e).backward();
  return { a, b, e };
})();

/** “Then change the expression to e = a + b; e * e + a”: the gradients after the reader’s edit. */
export const sharedEdited = (() => {
  const [a, b] = [new Value(1), new Value(2)];
  const e = a.add(b);
  e.mul(e).add(a).backward();
  return { a, b, e };
})();

/** “Which of the two is next?”: the gradients of a and e after each visit, for e = a + b, t = tanh e, L = e · t. */
export const visits = (() => {
  const inOrder = (...names: ('L' | 'e' | 't')[]) => {
    const [a, b] = [new Value(0.2), new Value(0.3)];
    const e = a.add(b);
    const t = e.tanh();
    const L = e.mul(t);
    L.grad = 1;
    return names.map((name) => {
      ({ L, e, t })[name].propagate();
      return { a: a.grad, e: e.grad };
    });
  };
  return { early: inOrder('L', 'e', 't'), right: inOrder('L', 't', 'e') };
})();

/** “For f(x) = eˣ … the formula says h = …. Measured, the best step is …”: over a scan of step sizes, the error averaged. */
export const expStep = (() => {
  const points = Array.from({ length: 101 }, (_, i) => 0.5 + i / 100);
  const meanError = (h: number) =>
    points.reduce((sum, x) => sum + Math.abs(centralDifference(Math.exp, x, h) - Math.exp(x)), 0) / points.length;
  const scan = Array.from({ length: 141 }, (_, i) => 10 ** (-1 - i / 20)).map((h) => ({ h, error: meanError(h) }));
  const measured = scan.reduce((best, each) => (each.error < best.error ? each : best));
  return { predicted: bestStep(1, 1), measured, steps: scan.length, points: points.length };
})();

/** The best step for log x by the formula. The third derivative of log x is 2 / x³. */
function bestLogStep(x: number): { fraction: number; predicted: number } {
  const [size, curvature] = [Math.log(x), 2 / x ** 3];
  return { fraction: size / curvature, predicted: bestStep(size, curvature) };
}

/** “Press log, taken at x = 20, and the line moves to h = …”. */
export const logPreset = bestLogStep(20);

/** “The fraction |f| / |f‴| is … whose cube root is …”: the best step for log x at x = 100, an exercise. */
export const logStep = bestLogStep(100);

/** The points and the net of the recorded runs before the first update, from the same random numbers. */
function drawNetwork(): { points: Point[]; net: MLP } {
  const { seed, hidden } = moonsRun.settings;
  const random = new PythonRandom(seed);
  const points = moons(100, random);
  return { points, net: new MLP(2, [...hidden, 1], random) };
}

/**
 * “the best straight line has only … of the … points right”. A best line can be moved until it passes through two of the
 * points; turned or shifted by next to nothing, it then has either of the two on whichever side is wanted.
 */
export const bestLine = (() => {
  const { points } = drawNetwork();
  const rightBesides = (p: Point, q: Point) =>
    points.filter(({ x, y, label }, i) => {
      if (points[i] === p || points[i] === q) return false;
      return (q.x - p.x) * (y - p.y) - (q.y - p.y) * (x - p.x) > 0 === label > 0;
    }).length;
  const all = points.flatMap((p) => points.filter((q) => q !== p).map((q) => 2 + rightBesides(p, q)));
  return Math.max(...all);
})();

/** “After … updates … are right”: the first time that the recorded run has more points right than a straight line can. */
export const bend = (() => {
  const update = moonsRun.curve.accuracy.findIndex((share) => share * 100 > bestLine + 0.5);
  return { update, right: 100 * moonsRun.curve.accuracy[update]! };
})();

/** “Update … throws it back”: where the loss of the recorded run rises most from one update to the next. */
export const setback = (() => {
  const { loss, accuracy } = moonsRun.curve;
  const rises = loss.slice(1).map((each, i) => each - loss[i]!);
  const update = 1 + rises.indexOf(Math.max(...rises));
  return { update, right: 100 * accuracy[update]! };
})();

/**
 * The net as it starts, and its loss. “the second has … × … =” and “Together they are …” (parameters by layer), “In our network as it starts, the sum of the squared
 * gradients is …” and what the update at rate 0.001 then does, “where it began near …” (the squared parameters), and
 * “The one that we train with … is a graph of … values and … arrows”.
 */
export const start = (() => {
  const { points, net } = drawNetwork();
  const parameters = net.parameters();
  const squares = parameters.reduce((sum, { data }) => sum + data ** 2, 0);
  const { loss } = classify(net, points);
  const graph = topologicalOrder(loss);
  descend(net, loss, 0.001);
  return {
    points: points.length,
    width: net.layers[0]!.neurons.length,
    count: parameters.length,
    layers: net.layers.map((layer) => layer.parameters().length),
    loss: loss.data,
    squares,
    squaredGradient: parameters.reduce((sum, { grad }) => sum + grad ** 2, 0),
    change: classify(net, points).loss.data - loss.data,
    values: graph.length,
    arrows: graph.reduce((sum, { inputs }) => sum + inputs.length, 0),
  };
})();

/** “For a whole network the comparison takes two evaluations per parameter”: the largest gradient and the largest difference. */
export const netCheck = (() => {
  const { points: all, net } = drawNetwork();
  const points = all.filter((_, i) => i % 20 === 0);
  classify(net, points).loss.backward();
  const parameters = net.parameters();
  const differences = parameters.map((parameter) => {
    const x = parameter.data;
    const lossAt = (data: number) => {
      parameter.data = data;
      return classify(net, points).loss.data;
    };
    const slope = centralDifference(lossAt, x, 1e-5);
    parameter.data = x;
    return Math.abs(slope - parameter.grad);
  });
  return {
    points: points.length,
    worst: Math.max(...differences),
    largest: Math.max(...parameters.map(({ grad }) => Math.abs(grad))),
  };
})();

/** “With inputs 1 and −2, weights 0.5 and 0.25, and bias 0.1 … the output is …”. */
export const neuronOutput = (() => {
  const weights = [0.5, 0.25];
  const neuron = new Neuron(2, { uniform: () => weights.shift()! });
  neuron.bias.data = 0.1;
  return neuron.forward([new Value(1), new Value(-2)]).data;
})();

/** “A point labeled +1 costs …” at this score. */
export const hinge = (score: number): number => new Value(score).mul(-1).add(1).relu().data;

/** “its lowest point after the start is …”: the run that starts at a rate of 20. */
export const fastRun = (() => {
  const { loss } = rateRun.curve;
  return { begins: loss[0]!, lowest: Math.min(...loss.slice(1)), highest: Math.max(...loss) };
})();

/**
 * “at least … of the loss comes from the penalty”: the final loss without zeroing, less the 1 that a hinge average stays
 * below, cut to one digit. “The sum of the squares has grown from … to over …”: the same, divided by α.
 */
export const unzeroedRun = (() => {
  const atLeast = Math.floor((noZeroRun.curve.loss.at(-1)! - 1) * 10) / 10;
  return { penaltyAtLeast: atLeast, squaresAbove: atLeast / ALPHA };
})();

/** “Let L = a · a · b + a with a = 3 and b = 2”: the gradient of a, an exercise. */
export const sharedByHand = (() => {
  const [a, b] = [new Value(3), new Value(2)];
  a.mul(a).mul(b).add(a).backward();
  return a.grad;
})();

/** “A single parameter p starts at 1. The loss is p² … Nobody sets the gradient to zero”: p after each of three updates. */
export const unzeroed = (() => {
  const p = new Value(1);
  const update = () => {
    p.mul(p).backward();
    p.data -= 0.1 * p.grad;
    return p.data;
  };
  return [update(), update(), update()] as const;
})();
