/**
 * What the sentences of content/posts/ManualBackProp.mdx quote, computed by the code that the post is about, or taken from the
 * recorded runs. What the sentences say of these numbers beyond their digits is tested beside this file.
 */
import { readFileSync } from 'node:fs';
import n32 from '../../reference/fixtures/backprop_n32.json' with { type: 'json' };
import torchTraining from '../../reference/fixtures/manual_training.json' with { type: 'json' };
import { normalize, normalizeBackward } from '../../src/backprop/batch-norm.ts';
import { evaluateLine, type Scope } from '../../src/backprop/language/evaluate.ts';
import { parseLine } from '../../src/backprop/language/parse.ts';
import { MISTAKES } from '../../src/backprop/mistakes.ts';
import { lossOf, scopeOf } from '../../src/backprop/passes.ts';
import { PARAMETERS, STEPS } from '../../src/backprop/steps.ts';
import { idOf, TASKS } from '../../src/backprop/tasks.ts';
import { distance, largest, scalar, type Tensor } from '../../src/backprop/tensor.ts';
import { notebookCase } from '../../src/training/gradient-exercise/case.ts';
import { prepareData } from '../../src/training/language-model/data.ts';
import stepperRun from '../runs/backprop-stepper.json' with { type: 'json' };
import previousRun from '../runs/batchnorm-mlp-makemore.json' with { type: 'json' };
import fullRun from '../runs/manual-mlp.json' with { type: 'json' };
import fullMakemoreRun from '../runs/manual-mlp-makemore.json' with { type: 'json' };
import training from '../runs/manual-training.json' with { type: 'json' };

export { fullMakemoreRun, fullRun, training };

const words = readFileSync('content/corpora/names.txt', 'utf8').trimEnd().split('\n');
const data = prepareData(words, 3);
const { symbols } = data;

/** The minibatch of the figures, before the first step. */
export const notebook = notebookCase(data);
const { forward, gradients } = notebook;
const tensor = (name: string): Tensor => forward.get(name)!;
const gradient = (name: string): Tensor => gradients.get(name)!;

export const loss = lossOf(forward);
/** The lengths of the shapes. */
export const N = tensor('Y').data.length;
export const [K, D] = tensor('C').shape as [number, number];
export const T = tensor('X').shape[1]!;
export const H = tensor('W1').shape[1]!;
export const parameters = PARAMETERS.reduce((total, name) => total + tensor(name).data.length, 0);

/** “Two examples and three symbols”: the end of the forward pass on numbers that can be followed in the head. */
export const TINY_COUNTS = [
  [0.25, 0.75, 1],
  [1, 0.2, 0.05],
];
export const TINY_TARGETS = [1, 0];
/** The tensors of the softmax, as `STEPS` computes them, and their gradients; each as rows. */
export const tiny = (() => {
  const [n, k] = [TINY_COUNTS.length, TINY_COUNTS[0]!.length];
  const scope = new Map<string, Tensor>([
    ['logits', { shape: [n, k], data: Float64Array.from(TINY_COUNTS.flat(), Math.log) }],
    ['Y', { shape: [n], data: Float64Array.from(TINY_TARGETS) }],
    ['n', scalar(n)],
    ['K', scalar(k)],
  ]);
  const steps = STEPS.slice(0, STEPS.findIndex(({ name }) => name === 'logits') + 1);
  for (const { name, forward: line } of steps.slice(0, -1).toReversed())
    scope.set(name, evaluateLine(parseLine(line!), scope));
  for (const { name, backward } of steps) scope.set(`d${name}`, evaluateLine(parseLine(backward), scope));
  return Object.fromEntries(
    [...scope].filter(([, { shape }]) => shape.length === 2).map(([name, x]) => [name, rowsOf(x)]),
  );
})();

function rowsOf({ shape, data: numbers }: Tensor): number[][] {
  const columns = shape[1]!;
  return Array.from({ length: shape[0]! }, (_, i) => Array.from(numbers.subarray(i * columns, (i + 1) * columns)));
}

/** The mean over the two examples. */
export const tinyLoss =
  -TINY_TARGETS.reduce((total, target, i) => total + tiny.logprobs![i]![target]!, 0) / TINY_TARGETS.length;

/** “The bias of a”: the gradient of b2 at the second symbol, an exercise. */
export const biasExercise = tiny.dlogits!.reduce((total, row) => total + row[1]!, 0);

/** What comes back to the largest logit of each row: nothing but rounding. */
export const maxima = {
  double: largest(gradient('logit_maxes')),
  beside: largest(gradient('norm_logits')),
};
/** The gradient of a bias before BatchNorm, beside that of its weights. */
export const uselessBias = { double: largest(gradient('b1')), beside: largest(gradient('W1')) };

/** How often each symbol is read from the table in the minibatch. */
export const reads = (() => {
  const times = new Array<number>(K).fill(0);
  for (const symbol of tensor('X').data) times[symbol]! += 1;
  return {
    places: tensor('X').data.length,
    dots: times[0]!,
    a: times[symbols.indexOf('a')]!,
    none: symbols.filter((_, k) => times[k] === 0),
  };
})();

/** A row of the minibatch: what its logits are pulled by. */
const ROW = 31;
export const row = (() => {
  const dlogits = rowsOf(gradient('logits'))[ROW]!;
  const target = tensor('Y').data[ROW]!;
  const all = Array.from(rowsOf(tensor('probs'))[ROW]!, (probability, k) => ({
    symbol: symbols[k]!,
    probability,
    pull: dlogits[k]!,
  }));
  const others = all.filter((_, k) => k !== target).sort((a, b) => b.probability - a.probability);
  const rest = others.slice(3);
  return {
    context: Array.from(tensor('X').data.subarray(ROW * T, (ROW + 1) * T), (k) => symbols[k]).join(''),
    target: all[target]!,
    largest: others.slice(0, 3),
    rest: {
      count: rest.length,
      probability: rest.reduce((total, { probability }) => total + probability, 0),
      pull: rest.reduce((total, { pull }) => total + pull, 0),
    },
    sum: dlogits.reduce((total, pull) => total + pull, 0),
  };
})();

/** How large the numbers are that a division by a probability brings in, beside those of the logits. */
export const dprobs = {
  largest: largest(gradient('probs')),
  timesLogits: largest(gradient('probs')) / largest(gradient('logits')),
};

/** “Clip the loss of each example”: which examples would have no gradient, an exercise. */
export const CLIP = 4;
export const clipped = Array.from(tensor('Y').data, (target, i) => -tensor('logprobs').data[i * K + target]!).filter(
  (each) => each > CLIP,
).length;

/** “Two draws of 0 or 2”: every sample, and what the squares around its own mean add up to. */
export const samples = [0, 2].flatMap((a) =>
  [0, 2].map((b) => {
    const mean = (a + b) / 2;
    return { a, b, mean, squares: (a - mean) ** 2 + (b - mean) ** 2 };
  }),
);
export const meanSquares = samples.reduce((total, { squares }) => total + squares, 0) / samples.length;
/** Around the mean of all draws, which is 1. */
export const trueVariance = ((0 - 1) ** 2 + (2 - 1) ** 2) / 2;

/** “−1, 0 and 1, and a gradient of 3 at the last”: an exercise. */
export const threeExercise = normalizeBackward([0, 0, 3], normalize([-1, 0, 1], 0));

export interface WrongLine {
  readonly id: string;
  readonly line: string;
  readonly difference: number;
  /** Beside the largest number of the right gradient. */
  readonly relative: number;
}
/** How far off a mistaken line is, on the numbers of the minibatch. */
export function wrongLine(id: string, line: string, given: Scope = forward, right = gradients): WrongLine {
  const task = TASKS.find((each) => idOf(each) === id)!;
  const scope = scopeOf(task, given, right);
  const expected = evaluateLine(parseLine(task.step.backward), scope);
  const difference = distance(evaluateLine(parseLine(line), scope), expected);
  return { id, line, difference, relative: difference / largest(expected) };
}
/** A mistake of the steps, by a part of its sentence. */
function mistakeOf(id: string, sentence: string): WrongLine {
  const found = MISTAKES[id]!.filter(({ why }) => why.includes(sentence));
  if (found.length !== 1) throw new Error(`${found.length} mistakes of ${id} say “${sentence}”.`);
  return wrongLine(id, found[0]!.line);
}
export const wrong = {
  withoutMean: mistakeOf('dlogits in one line', 'the 1/n is missing'),
  otherAxis: mistakeOf('dlogits in one line', 'wrong axis'),
  oneBranch: mistakeOf('dcounts', 'counts also goes into counts_sum'),
  biased: mistakeOf('dhprebn in one line', 'leaves a factor n/(n − 1)'),
  withoutGain: mistakeOf('dbnraw', 'The other factor of the product'),
  withoutMaxima: mistakeOf('dlogits', 'With these numbers that branch is 0'),
  averagedBias: mistakeOf('db1', 'added up, not averaged'),
};

/** By hand, in double precision, and by autograd, in single, as the stepper recorded them. */
export const apart = stepperRun.tensors;
/** PyTorch’s autograd and the same lines in PyTorch: the largest difference of any of the 26. */
export const precisions = {
  single: n32.n32_f32.manual_vs_autograd_maxdiff,
  double: n32.n32_f64.manual_vs_autograd_maxdiff,
};
/** By how much a result in single precision may be rounded, beside its size. */
export const ROUNDING = 2 ** -24;
/** What two neighboring numbers in single precision between 2 and 4, where the losses are, differ by. */
export const LAST_PLACE = 2 ** -22;

/** How many operations of TensorFlow.js a step takes, and how many of them only copy, convert or reshape. Counted in the test. */
export const OPERATIONS = { hand: { all: 80, moving: 6 }, autograd: { all: 186, moving: 93 } };

/** PyTorch’s loop without autograd on the makemore list, with the same 200 units, seed and minibatches. */
export const pytorch = torchTraining.hidden200;
/** The dev loss of the previous post’s MLP with BatchNorm, which has as many units and no bias before it. */
export const previous = previousRun.final.dev;
/** The steps whose minibatch loss both have, and the largest difference. */
export const marks = (() => {
  const steps = Object.keys(pytorch.loss_f32) as (keyof typeof pytorch.loss_f32)[];
  const differences = steps.map((step) => Math.abs(pytorch.loss_f32[step] - fullMakemoreRun.marks[step]));
  return { steps: steps.map(Number), difference: Math.max(...differences) };
})();
