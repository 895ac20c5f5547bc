/*
 * The forward pass of the MLP with batch normalization in small steps, as makemore’s fourth notebook takes it, and by hand
 * the backward pass: every line in the language of src/backprop/language.
 */

/** A letter for each length of a shape: n examples, K symbols, T places of D numbers each, H hidden units. */
export type Length = 'n' | 'K' | 'T' | 'D' | 'TD' | 'H' | '1';

/** A line that someone might write in the place of the right one, and what to tell them. */
export interface Mistake {
  readonly line: string;
  readonly why: string;
}

export interface Step {
  /** The tensor, as in the notebook. */
  readonly name: string;
  readonly shape: readonly Length[];
  /** How it is computed; a parameter is not. */
  readonly forward?: string;
  /** The gradient of the loss by it, from those of the tensors that it is used in. */
  readonly backward: string;
  /** The same in symbols: `\grad{…}` is a gradient. */
  readonly tex: string;
  /** The rule that it is an instance of. */
  readonly rule: RuleName;
  /** For a reader who is stuck, one after the other. */
  readonly hints: readonly string[];
  readonly mistakes: readonly Mistake[];
}

/** The few rules that all lines are made of, each as a sentence. */
export const RULES = {
  pick: 'A number that is picked gets the gradient of what was picked, and all others get 0.',
  elementwise: 'A function that is applied to every number multiplies the gradient by its slope there.',
  product: 'A factor gets the gradient times the other factor.',
  broadcast: 'What was broadcast forward is used several times, so its gradients are added up backward.',
  sum: 'What was added up forward gets the same gradient everywhere: it is broadcast backward.',
  twice: 'A tensor that is used twice gets the sum of what comes back from both uses.',
  matMul:
    'In a product A B, A gets the gradient of the product times the transpose of B, and B the transpose of A times that gradient.',
  reshape: 'Reshaping moves no number, so the gradient is reshaped back.',
  gather: 'A row that was read several times gets the sum of what comes back to all its places.',
} as const;
export type RuleName = keyof typeof RULES;

export const EPS = '1e-5';

const UNSUMMED = 'It was broadcast in the forward pass, so the gradients of all its uses have to be added up.';
const WRONG_AXIS = 'The sum goes along the wrong axis: add up over the axis along which it was broadcast.';

/** In the order of the backward pass: from the loss to the table. */
export const STEPS: readonly Step[] = [
  {
    name: 'logprobs',
    shape: ['n', 'K'],
    forward: 'log(probs)',
    backward: '-oneHot(Y, K) / n',
    tex: '\\grad{\\overline{\\text{logprobs}}_{ij}} = -\\frac{1}{n} \\, [\\, j = y_i \\,]',
    rule: 'pick',
    hints: [
      'The loss is minus the mean of n numbers, one picked from each row. What is its slope by a picked number, and by one that was not picked?',
      'oneHot(Y, K) has a 1 at every number that was picked. The mean divides by n, and the loss is its negative.',
    ],
    mistakes: [
      { line: 'oneHot(Y, K) / n', why: 'The loss is minus the mean: the sign is missing.' },
      { line: '-oneHot(Y, K)', why: 'The loss is a mean over n examples, so every slope is divided by n.' },
      { line: '-oneHot(Y, K) / (n - 1)', why: 'The mean divides by n; n − 1 belongs to the variance.' },
      {
        line: '-onesLike(logprobs) / n',
        why: 'Only the logarithms at the targets are in the loss; all others have slope 0.',
      },
    ],
  },
  {
    name: 'probs',
    shape: ['n', 'K'],
    forward: 'counts * counts_sum_inv',
    backward: 'dlogprobs / probs',
    tex: '\\grad{\\overline{\\text{probs}}} = \\grad{\\overline{\\text{logprobs}}} \\cdot \\frac{1}{\\text{probs}}',
    rule: 'elementwise',
    hints: ['The slope of log(x) is 1/x.', 'Multiply the gradient that arrives, dlogprobs, by this slope.'],
    mistakes: [
      { line: 'dlogprobs * probs', why: 'The slope of the logarithm is 1/x, not x.' },
      { line: '1 / probs', why: 'This is the slope alone: multiply it by the gradient that arrives, dlogprobs.' },
      { line: 'dlogprobs / logprobs', why: 'The slope of log(x) is 1 over its input x, which is probs.' },
      { line: 'dlogprobs * log(probs)', why: 'This multiplies by the logarithm itself; its slope is 1/probs.' },
    ],
  },
  {
    name: 'counts_sum_inv',
    shape: ['n', '1'],
    forward: 'counts_sum ** -1',
    backward: '(dprobs * counts).sum(1, keepdim=True)',
    tex: '\\grad{\\overline{\\text{counts\\_sum\\_inv}}_i} = \\sum_j \\grad{\\overline{\\text{probs}}_{ij}} \\, \\text{counts}_{ij}',
    rule: 'broadcast',
    hints: [
      'It is a factor of probs, so multiply dprobs by the other factor.',
      'It has a single column and was broadcast over K of them: add up along each row, and keep the column.',
    ],
    mistakes: [
      { line: 'dprobs * counts', why: UNSUMMED },
      { line: '(dprobs * counts).sum(0, keepdim=True)', why: WRONG_AXIS },
      { line: 'dprobs.sum(1, keepdim=True)', why: 'The other factor of the product, counts, is missing.' },
      {
        line: '(dprobs * counts).sum(1)',
        why: 'The sum is right, but it has lost its column: keepdim=True keeps the shape (n, 1).',
      },
      { line: '(dprobs * counts).mean(1, keepdim=True)', why: 'The gradients of all uses are added up, not averaged.' },
    ],
  },
  {
    name: 'counts_sum',
    shape: ['n', '1'],
    forward: 'counts.sum(1, keepdim=True)',
    backward: '-counts_sum ** -2 * dcounts_sum_inv',
    tex: '\\grad{\\overline{\\text{counts\\_sum}}} = -\\text{counts\\_sum}^{-2} \\cdot \\grad{\\overline{\\text{counts\\_sum\\_inv}}}',
    rule: 'elementwise',
    hints: [
      'The slope of x to the power −1 is −x to the power −2.',
      'Multiply the gradient that arrives, dcounts_sum_inv, by this slope.',
    ],
    mistakes: [
      { line: 'counts_sum ** -2 * dcounts_sum_inv', why: 'The slope of 1/x is negative: the sign is missing.' },
      {
        line: '-counts_sum ** -1 * dcounts_sum_inv',
        why: 'The exponent falls by one: the slope of x to the power −1 has the power −2.',
      },
      {
        line: '-counts_sum ** -2',
        why: 'This is the slope alone: multiply it by the gradient that arrives, dcounts_sum_inv.',
      },
      {
        line: '-counts_sum ** -2 * dcounts_sum_inv / n',
        why: 'Nothing is averaged here; the 1/n has come in with dlogprobs.',
      },
    ],
  },
  {
    name: 'counts',
    shape: ['n', 'K'],
    forward: 'exp(norm_logits)',
    backward: 'dprobs * counts_sum_inv + dcounts_sum',
    tex: '\\grad{\\overline{\\text{counts}}_{ij}} = \\grad{\\overline{\\text{probs}}_{ij}} \\, \\text{counts\\_sum\\_inv}_i + \\grad{\\overline{\\text{counts\\_sum}}_i}',
    rule: 'twice',
    hints: [
      'counts is used twice: as a factor of probs, and in counts_sum.',
      'The sum hands its gradient back to all its terms: dcounts_sum is broadcast over the row.',
    ],
    mistakes: [
      {
        line: 'dprobs * counts_sum_inv',
        why: 'This is one of two ways: counts also goes into counts_sum, and that branch is missing.',
      },
      {
        line: 'onesLike(counts) * dcounts_sum',
        why: 'This is one of two ways: counts is also a factor of probs, and that branch is missing.',
      },
      {
        line: 'dprobs * counts_sum_inv + counts * dcounts_sum',
        why: 'In a sum every term has slope 1: the second branch needs no factor counts.',
      },
      {
        line: 'dprobs * counts_sum_inv - dcounts_sum',
        why: 'The minus of the power −1 is already in dcounts_sum: the two branches are added.',
      },
      {
        line: 'dprobs * counts_sum_inv + dcounts_sum / K',
        why: 'A sum hands its whole gradient to each of its terms; it is not divided among them.',
      },
    ],
  },
  {
    name: 'norm_logits',
    shape: ['n', 'K'],
    forward: 'logits - logit_maxes',
    backward: 'counts * dcounts',
    tex: '\\grad{\\overline{\\text{norm\\_logits}}} = \\text{counts} \\cdot \\grad{\\overline{\\text{counts}}}',
    rule: 'elementwise',
    hints: [
      'The slope of the exponential is the exponential itself, and that was already computed.',
      'It is counts: multiply the gradient that arrives by it.',
    ],
    mistakes: [
      { line: 'exp(counts) * dcounts', why: 'counts is already the exponential; it is not taken again.' },
      { line: 'norm_logits * dcounts', why: 'The slope of exp(x) is exp(x), which is counts, not x.' },
      { line: 'dcounts / counts', why: 'The gradient is multiplied by the slope, not divided by it.' },
      { line: 'counts', why: 'This is the slope alone: multiply it by the gradient that arrives, dcounts.' },
    ],
  },
  {
    name: 'logit_maxes',
    shape: ['n', '1'],
    forward: 'logits.max(1, keepdim=True)',
    backward: '-dnorm_logits.sum(1, keepdim=True)',
    tex: '\\grad{\\overline{\\text{logit\\_maxes}}_i} = -\\sum_j \\grad{\\overline{\\text{norm\\_logits}}_{ij}}',
    rule: 'broadcast',
    hints: [
      'It is subtracted from every logit of its row: slope −1, and broadcast.',
      'Add up dnorm_logits along each row, keep the column, and mind the sign.',
    ],
    mistakes: [
      {
        line: 'dnorm_logits.sum(1, keepdim=True)',
        why: 'It is subtracted, so the slope is −1. Here both are nearly 0 and look alike.',
      },
      { line: '-dnorm_logits', why: UNSUMMED },
      { line: '-dnorm_logits.sum(0, keepdim=True)', why: WRONG_AXIS },
      {
        line: '-dnorm_logits.sum(1)',
        why: 'The sum is right, but it has lost its column: keepdim=True keeps the shape (n, 1).',
      },
      {
        line: 'zerosLike(logit_maxes)',
        why: 'With these numbers it is 0 but for rounding, since no probability depends on it. The line that is asked for is right for any dnorm_logits.',
      },
    ],
  },
  {
    name: 'logits',
    shape: ['n', 'K'],
    forward: 'h @ W2 + b2',
    backward: 'dnorm_logits + oneHot(argmax(logits, 1), K) * dlogit_maxes',
    tex: '\\grad{\\overline{\\text{logits}}_{ij}} = \\grad{\\overline{\\text{norm\\_logits}}_{ij}} + [\\, j = \\text{argmax}_k \\, \\text{logits}_{ik} \\,] \\, \\grad{\\overline{\\text{logit\\_maxes}}_i}',
    rule: 'twice',
    hints: [
      'logits is used twice: in norm_logits, and where the largest of each row is picked.',
      'argmax(logits, 1) tells the place of the largest, and oneHot marks it.',
    ],
    mistakes: [
      {
        line: 'dnorm_logits',
        why: 'This is one of two ways: the largest logit of each row also goes into logit_maxes. (With these numbers that branch is 0 but for rounding.)',
      },
      {
        line: 'dnorm_logits + dlogit_maxes',
        why: 'Only the largest logit of a row was picked; the others get nothing from dlogit_maxes.',
      },
      {
        line: 'dnorm_logits - oneHot(argmax(logits, 1), K) * dlogit_maxes',
        why: 'The minus is already in dlogit_maxes; picking the largest has slope 1.',
      },
      {
        line: 'oneHot(argmax(logits, 1), K) * dlogit_maxes',
        why: 'This is one of two ways: logits also goes into norm_logits, with slope 1.',
      },
    ],
  },
  {
    name: 'h',
    shape: ['n', 'H'],
    forward: 'tanh(hpreact)',
    backward: 'dlogits @ W2.T',
    tex: '\\grad{\\bar h} = \\grad{\\overline{\\text{logits}}} \\, W_2^\\top',
    rule: 'matMul',
    hints: [
      'Look at the shapes: from (n, K) and (H, K) there is one way to (n, H).',
      'Each unit goes into all K logits of its row, with the weights of its row of W2.',
    ],
    mistakes: [
      { line: 'dlogits @ W2', why: 'The transpose is missing.' },
      { line: 'W2 @ dlogits.T', why: 'This is the transpose of what is asked for.' },
      { line: 'dlogits @ W2.T / n', why: 'The 1/n has come in with dlogprobs; it is not divided by again.' },
    ],
  },
  {
    name: 'W2',
    shape: ['H', 'K'],
    backward: 'h.T @ dlogits',
    tex: '\\grad{\\overline{W_2}} = h^\\top \\, \\grad{\\overline{\\text{logits}}}',
    rule: 'matMul',
    hints: [
      'Look at the shapes: from (n, H) and (n, K) there is one way to (H, K).',
      'Each weight is used once per example, so the product adds up over the examples.',
    ],
    mistakes: [
      { line: 'h @ dlogits', why: 'The transpose is missing.' },
      { line: 'dlogits.T @ h', why: 'This is the transpose of what is asked for.' },
      { line: 'h.T @ dlogits / n', why: 'The 1/n has come in with dlogprobs; it is not divided by again.' },
    ],
  },
  {
    name: 'b2',
    shape: ['K'],
    backward: 'dlogits.sum(0)',
    tex: '\\grad{\\overline{b_2}_j} = \\sum_i \\grad{\\overline{\\text{logits}}_{ij}}',
    rule: 'broadcast',
    hints: ['The same bias is added to all n rows: it was broadcast over the examples.'],
    mistakes: [
      { line: 'dlogits', why: UNSUMMED },
      { line: 'dlogits.sum(1)', why: WRONG_AXIS },
      {
        line: 'dlogits.mean(0)',
        why: 'The gradients of all uses are added up, not averaged: the 1/n is already in dlogits.',
      },
      {
        line: 'dlogits.sum(0, keepdim=True)',
        why: 'The sum is right, but b2 has the shape (K): without keepdim the axis goes.',
      },
    ],
  },
  {
    name: 'hpreact',
    shape: ['n', 'H'],
    forward: 'bngain * bnraw + bnbias',
    backward: '(1 - h**2) * dh',
    tex: '\\grad{\\overline{\\text{hpreact}}} = (1 - h^2) \\cdot \\grad{\\bar h}',
    rule: 'elementwise',
    hints: ['The slope of tanh is 1 − tanh², and tanh was already computed: it is h.'],
    mistakes: [
      {
        line: '(1 - hpreact**2) * dh',
        why: 'The slope is 1 minus the square of the output of tanh, h, not of its input.',
      },
      { line: '(1 - h)**2 * dh', why: 'The square belongs to h alone: 1 − h², not (1 − h)².' },
      { line: '1 - h**2', why: 'This is the slope alone: multiply it by the gradient that arrives, dh.' },
      { line: '(1 + h**2) * dh', why: 'The slope of tanh is at most 1: it is 1 − h².' },
    ],
  },
  {
    name: 'bngain',
    shape: ['1', 'H'],
    backward: '(dhpreact * bnraw).sum(0, keepdim=True)',
    tex: '\\grad{\\overline{\\text{bngain}}_j} = \\sum_i \\grad{\\overline{\\text{hpreact}}_{ij}} \\, \\text{bnraw}_{ij}',
    rule: 'broadcast',
    hints: ['It is a factor beside bnraw, and one row that was broadcast over n examples.'],
    mistakes: [
      { line: 'dhpreact * bnraw', why: UNSUMMED },
      { line: 'dhpreact.sum(0, keepdim=True)', why: 'The other factor of the product, bnraw, is missing.' },
      { line: '(dhpreact * bnraw).sum(1, keepdim=True)', why: WRONG_AXIS },
      {
        line: '(dhpreact * bnraw).sum(0)',
        why: 'The sum is right, but it has lost its row: keepdim=True keeps the shape (1, H).',
      },
    ],
  },
  {
    name: 'bnbias',
    shape: ['1', 'H'],
    backward: 'dhpreact.sum(0, keepdim=True)',
    tex: '\\grad{\\overline{\\text{bnbias}}_j} = \\sum_i \\grad{\\overline{\\text{hpreact}}_{ij}}',
    rule: 'broadcast',
    hints: ['It is added, with slope 1, and one row that was broadcast over n examples.'],
    mistakes: [
      { line: 'dhpreact', why: UNSUMMED },
      { line: 'dhpreact.sum(1, keepdim=True)', why: WRONG_AXIS },
      {
        line: '(dhpreact * bnraw).sum(0, keepdim=True)',
        why: 'bnbias is added, and not multiplied by bnraw: its slope is 1.',
      },
      { line: 'dhpreact.mean(0, keepdim=True)', why: 'The gradients of all uses are added up, not averaged.' },
    ],
  },
  {
    name: 'bnraw',
    shape: ['n', 'H'],
    forward: 'bndiff * bnvar_inv',
    backward: 'bngain * dhpreact',
    tex: '\\grad{\\overline{\\text{bnraw}}} = \\text{bngain} \\cdot \\grad{\\overline{\\text{hpreact}}}',
    rule: 'product',
    hints: ['It is multiplied by bngain. The shapes already fit: bngain is broadcast over the rows again.'],
    mistakes: [
      { line: 'dhpreact', why: 'The other factor of the product, bngain, is missing.' },
      { line: 'dhpreact / bngain', why: 'A factor gets the gradient times the other factor, not divided by it.' },
      {
        line: '(bngain * dhpreact).sum(0, keepdim=True)',
        why: 'bnraw has a number for each example, and was not broadcast: nothing is added up.',
      },
    ],
  },
  {
    name: 'bnvar_inv',
    shape: ['1', 'H'],
    forward: '(bnvar + 1e-5) ** -0.5',
    backward: '(dbnraw * bndiff).sum(0, keepdim=True)',
    tex: '\\grad{\\overline{\\text{bnvar\\_inv}}_j} = \\sum_i \\grad{\\overline{\\text{bnraw}}_{ij}} \\, \\text{bndiff}_{ij}',
    rule: 'broadcast',
    hints: ['It is a factor beside bndiff, and one row that was broadcast over n examples.'],
    mistakes: [
      { line: 'dbnraw * bndiff', why: UNSUMMED },
      { line: '(dbnraw * bndiff).sum(1, keepdim=True)', why: WRONG_AXIS },
      { line: 'dbnraw.sum(0, keepdim=True)', why: 'The other factor of the product, bndiff, is missing.' },
      {
        line: '(dbnraw * bnraw).sum(0, keepdim=True)',
        why: 'The other factor is bndiff; bnraw is the product itself.',
      },
    ],
  },
  {
    name: 'bnvar',
    shape: ['1', 'H'],
    forward: 'bndiff2.sum(0, keepdim=True) / (n - 1)',
    backward: '-0.5 * (bnvar + 1e-5) ** -1.5 * dbnvar_inv',
    tex: '\\grad{\\overline{\\text{bnvar}}} = -\\tfrac12 \\, (\\text{bnvar} + \\varepsilon)^{-3/2} \\cdot \\grad{\\overline{\\text{bnvar\\_inv}}}',
    rule: 'elementwise',
    hints: [
      'The slope of x to the power −1/2 is −1/2 times x to the power −3/2.',
      'The ε is inside the power, here as there.',
    ],
    mistakes: [
      { line: '0.5 * (bnvar + 1e-5) ** -1.5 * dbnvar_inv', why: 'The exponent −1/2 comes down with its sign.' },
      { line: '-0.5 * (bnvar + 1e-5) ** -0.5 * dbnvar_inv', why: 'The exponent falls by one, from −1/2 to −3/2.' },
      { line: '-0.5 * bnvar ** -1.5 * dbnvar_inv', why: 'The ε of the forward pass is missing: (bnvar + 1e-5).' },
      { line: '-1 * (bnvar + 1e-5) ** -1.5 * dbnvar_inv', why: 'The exponent comes down as a factor: −1/2.' },
    ],
  },
  {
    name: 'bndiff2',
    shape: ['n', 'H'],
    forward: 'bndiff ** 2',
    backward: 'onesLike(bndiff2) * dbnvar / (n - 1)',
    tex: '\\grad{\\overline{\\text{bndiff2}}_{ij}} = \\frac{1}{n-1} \\, \\grad{\\overline{\\text{bnvar}}_j}',
    rule: 'sum',
    hints: [
      'All n squares of a column go into its variance with the same slope.',
      'onesLike(bndiff2) * … broadcasts the row of dbnvar to all examples.',
    ],
    mistakes: [
      {
        line: 'onesLike(bndiff2) * dbnvar / n',
        why: 'The variance divides by n − 1 here (Bessel’s correction), not by n.',
      },
      { line: 'onesLike(bndiff2) * dbnvar', why: 'The 1/(n − 1) of the variance is missing.' },
      {
        line: 'dbnvar / (n - 1)',
        why: 'The numbers are right, but there has to be one for each example: broadcast the row, for instance by onesLike(bndiff2).',
      },
      {
        line: 'bndiff2 * dbnvar / (n - 1)',
        why: 'The squares are only added up: their slope is the same for all, and has no factor bndiff2.',
      },
    ],
  },
  {
    name: 'bndiff',
    shape: ['n', 'H'],
    forward: 'hprebn - bnmeani',
    backward: 'bnvar_inv * dbnraw + 2 * bndiff * dbndiff2',
    tex: '\\grad{\\overline{\\text{bndiff}}} = \\text{bnvar\\_inv} \\cdot \\grad{\\overline{\\text{bnraw}}} + 2 \\, \\text{bndiff} \\cdot \\grad{\\overline{\\text{bndiff2}}}',
    rule: 'twice',
    hints: ['bndiff is used twice: as a factor of bnraw, and squared.', 'The slope of the square is 2 bndiff.'],
    mistakes: [
      {
        line: 'bnvar_inv * dbnraw',
        why: 'This is one of two ways: bndiff is also squared, and that branch is missing.',
      },
      {
        line: '2 * bndiff * dbndiff2',
        why: 'This is one of two ways: bndiff is also a factor of bnraw, and that branch is missing.',
      },
      {
        line: 'bnvar_inv * dbnraw + bndiff * dbndiff2',
        why: 'The slope of the square is twice the number: the 2 is missing.',
      },
      {
        line: 'bnvar_inv * dbnraw + 2 * dbndiff2',
        why: 'The slope of the square is 2 bndiff: the number itself is missing.',
      },
    ],
  },
  {
    name: 'bnmeani',
    shape: ['1', 'H'],
    forward: 'hprebn.sum(0, keepdim=True) / n',
    backward: '-dbndiff.sum(0, keepdim=True)',
    tex: '\\grad{\\overline{\\text{bnmeani}}_j} = -\\sum_i \\grad{\\overline{\\text{bndiff}}_{ij}}',
    rule: 'broadcast',
    hints: ['It is subtracted from every example of its column: slope −1, and broadcast.'],
    mistakes: [
      { line: 'dbndiff.sum(0, keepdim=True)', why: 'It is subtracted, so the slope is −1.' },
      { line: '-dbndiff', why: UNSUMMED },
      { line: '-dbndiff.sum(1, keepdim=True)', why: WRONG_AXIS },
      {
        line: '-dbndiff.mean(0, keepdim=True)',
        why: 'The gradients of all uses are added up, not averaged. The 1/n of the mean comes with the next line.',
      },
    ],
  },
  {
    name: 'hprebn',
    shape: ['n', 'H'],
    forward: 'embcat @ W1 + b1',
    backward: 'dbndiff + dbnmeani / n',
    tex: '\\grad{\\overline{\\text{hprebn}}_{ij}} = \\grad{\\overline{\\text{bndiff}}_{ij}} + \\frac1n \\, \\grad{\\overline{\\text{bnmeani}}_j}',
    rule: 'twice',
    hints: ['hprebn is used twice: in bndiff with slope 1, and in its own mean with slope 1/n.'],
    mistakes: [
      { line: 'dbndiff', why: 'This is one of two ways: hprebn also goes into its mean, and that branch is missing.' },
      { line: 'dbndiff + dbnmeani', why: 'Each example goes into the mean with slope 1/n, which is missing.' },
      { line: 'dbndiff + dbnmeani / (n - 1)', why: 'The mean divides by n; n − 1 belongs to the variance.' },
      {
        line: 'onesLike(hprebn) * dbnmeani / n',
        why: 'This is one of two ways: hprebn also goes into bndiff, with slope 1.',
      },
    ],
  },
  {
    name: 'embcat',
    shape: ['n', 'TD'],
    forward: 'emb.view(n, -1)',
    backward: 'dhprebn @ W1.T',
    tex: '\\grad{\\overline{\\text{embcat}}} = \\grad{\\overline{\\text{hprebn}}} \\, W_1^\\top',
    rule: 'matMul',
    hints: [
      'embcat is the left factor of a product, as h was: its gradient is that of the product times the transpose of the right one.',
      'From (n, H) and (T·D, H) there is one way to (n, T·D).',
    ],
    mistakes: [
      { line: 'dhprebn @ W1', why: 'The transpose is missing.' },
      { line: 'W1 @ dhprebn.T', why: 'This is the transpose of what is asked for.' },
      { line: 'dhprebn @ W1.T / n', why: 'The 1/n has come in with dlogprobs; it is not divided by again.' },
    ],
  },
  {
    name: 'W1',
    shape: ['TD', 'H'],
    backward: 'embcat.T @ dhprebn',
    tex: '\\grad{\\overline{W_1}} = \\text{embcat}^\\top \\, \\grad{\\overline{\\text{hprebn}}}',
    rule: 'matMul',
    hints: [
      'W1 is the right factor of a product, as W2 was: its gradient is the transpose of the left one times that of the product.',
      'From (n, T·D) and (n, H) there is one way to (T·D, H).',
    ],
    mistakes: [
      { line: 'embcat @ dhprebn', why: 'The transpose is missing.' },
      { line: 'dhprebn.T @ embcat', why: 'This is the transpose of what is asked for.' },
      { line: 'embcat.T @ dhprebn / n', why: 'The 1/n has come in with dlogprobs; it is not divided by again.' },
    ],
  },
  {
    name: 'b1',
    shape: ['H'],
    backward: 'dhprebn.sum(0)',
    tex: '\\grad{\\overline{b_1}_j} = \\sum_i \\grad{\\overline{\\text{hprebn}}_{ij}}',
    rule: 'broadcast',
    hints: ['As for b2. The result is 0 but for rounding: what a bias adds before BatchNorm is subtracted again.'],
    mistakes: [
      { line: 'dhprebn', why: UNSUMMED },
      { line: 'dhprebn.sum(1)', why: WRONG_AXIS },
      {
        line: 'dhprebn.mean(0)',
        why: 'The gradients of all uses are added up, not averaged. (Here both are nearly 0.)',
      },
      {
        line: 'zerosLike(b1)',
        why: 'With these numbers it is 0 but for rounding, as the last post showed. The line that is asked for is right for any dhprebn.',
      },
    ],
  },
  {
    name: 'emb',
    shape: ['n', 'T', 'D'],
    forward: 'gather(C, X)',
    backward: 'dembcat.view(emb.shape)',
    tex: '\\grad{\\overline{\\text{emb}}_{i,t,k}} = \\grad{\\overline{\\text{embcat}}_{i,\\,tD + k}}',
    rule: 'reshape',
    hints: ['No number was changed, they were only joined to longer rows.', 'emb.shape is the shape to go back to.'],
    mistakes: [
      {
        line: 'dembcat',
        why: 'The numbers are right, but they have to be cut into the T vectors of each example again.',
      },
      { line: 'dembcat.view(n, 10, 3)', why: 'There are three characters of ten numbers each: T comes before D.' },
      { line: 'dembcat.T.view(emb.shape)', why: 'A transpose changes the order of the numbers; joining did not.' },
    ],
  },
  {
    name: 'C',
    shape: ['K', 'D'],
    backward: 'scatterAdd(demb, X, K)',
    tex: '\\grad{\\bar C_s} = \\sum_{i,t \\,:\\, x_{it} = s} \\grad{\\overline{\\text{emb}}_{it}}',
    rule: 'gather',
    hints: [
      'A symbol that stands at several places has its row read several times.',
      'scatterAdd(x, indices, rows) adds each row of x to the row that its index points at.',
    ],
    mistakes: [
      {
        line: 'gather(demb, X)',
        why: 'Reading rows was the forward pass; backward they are added to where they came from: scatterAdd.',
      },
      { line: 'scatterAdd(demb, X, n)', why: 'The table has K rows, one for each symbol.' },
      { line: 'scatterAdd(demb, X, K) / n', why: 'The 1/n has come in with dlogprobs; it is not divided by again.' },
      { line: 'demb.sum(0)', why: 'Each symbol gets only what came back to its own places.' },
    ],
  },
];

/** Two passages of many steps, each in one line. */
export interface FusedStep extends Omit<Step, 'forward' | 'rule' | 'name'> {
  readonly name: 'logits' | 'hprebn';
  /** The tensors that it may be made of, besides the forward pass up to it. */
  readonly from: readonly string[];
}

export const FUSED_STEPS: readonly FusedStep[] = [
  {
    name: 'logits',
    shape: ['n', 'K'],
    from: [],
    backward: '(softmax(logits, 1) - oneHot(Y, K)) / n',
    tex: '\\grad{\\overline{\\text{logits}}_{ij}} = \\frac{p_{ij} - [\\, j = y_i \\,]}{n}',
    hints: [
      'Each row is a distribution, from which 1 is taken off at the target.',
      'softmax(logits, 1) makes the distributions.',
    ],
    mistakes: [
      { line: 'softmax(logits, 1) - oneHot(Y, K)', why: 'The loss is a mean over n examples: the 1/n is missing.' },
      { line: '(softmax(logits, 0) - oneHot(Y, K)) / n', why: WRONG_AXIS.replace('broadcast', 'normalized') },
      { line: 'softmax(logits, 1) / n', why: 'The target’s logit is missing: at its place 1 is taken off.' },
      {
        line: '(oneHot(Y, K) - softmax(logits, 1)) / n',
        why: 'The sign is turned: the probability is pulled down, and the target up, when the gradient is subtracted.',
      },
    ],
  },
  {
    name: 'hprebn',
    shape: ['n', 'H'],
    from: ['dhpreact'],
    backward:
      'bngain * bnvar_inv / n * (n * dhpreact - dhpreact.sum(0) - n / (n - 1) * bnraw * (dhpreact * bnraw).sum(0))',
    tex: '\\grad{\\overline{\\text{hprebn}}_{ij}} = \\frac{\\gamma_j}{n \\sqrt{v_j + \\varepsilon}} \\Bigl( n \\, \\grad{\\bar y_{ij}} - \\sum_k \\grad{\\bar y_{kj}} - \\frac{n}{n-1} \\, \\hat x_{ij} \\sum_k \\grad{\\bar y_{kj}} \\, \\hat x_{kj} \\Bigr)',
    hints: [
      'The post on batch normalization derived it for one column: the gradient, less its mean, less what points along the normalized numbers.',
      'dhpreact.sum(0) adds up each column, and (dhpreact * bnraw).sum(0) does with the normalized numbers as weights, divided by n − 1.',
    ],
    mistakes: [
      {
        line: 'bngain * bnvar_inv / n * (n * dhpreact - dhpreact.sum(0) - bnraw * (dhpreact * bnraw).sum(0))',
        why: 'The variance divides by n − 1, which leaves a factor n/(n − 1) before the last term.',
      },
      {
        line: 'bnvar_inv / n * (n * dhpreact - dhpreact.sum(0) - n / (n - 1) * bnraw * (dhpreact * bnraw).sum(0))',
        why: 'The gain multiplies what was normalized: the factor bngain is missing.',
      },
      {
        line: 'bngain * bnvar_inv * (n * dhpreact - dhpreact.sum(0) - n / (n - 1) * bnraw * (dhpreact * bnraw).sum(0))',
        why: 'The whole is n times too large: the 1/n is missing.',
      },
      {
        line: 'bngain * bnvar_inv * dhpreact',
        why: 'Mean and variance depend on every example: the two terms that they send back are missing.',
      },
      {
        line: 'bngain * bnvar_inv / n * (n * dhpreact - n / (n - 1) * bnraw * (dhpreact * bnraw).sum(0))',
        why: 'The term that the mean sends back is missing: minus the sum of the column.',
      },
    ],
  },
];

/** The parameters, in PyTorch’s order. */
export const PARAMETERS = ['C', 'W1', 'b1', 'W2', 'b2', 'bngain', 'bnbias'] as const;
