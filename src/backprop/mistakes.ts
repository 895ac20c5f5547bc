/*
 * What a reader might write in the place of a right line, so that the judge can tell what is wrong with it. Only the judge
 * has use for it: a page does without.
 */

/** A line that someone might write in the place of the right one, and what to tell them. */
export interface Mistake {
  readonly line: string;
  readonly why: string;
}

const UNSUMMED = 'It was broadcast in the forward pass, so the gradients of all its uses have to be added up.';
const WRONG_AXIS = 'The sum goes along the wrong axis: add up over the axis along which it was broadcast.';

/** Of each task, by `idOf`. */
export const MISTAKES: Readonly<Record<string, readonly Mistake[]>> = {
  dlogprobs: [
    { line: 'oneHot(Y, K) / n', why: 'The loss is minus the mean: the sign is missing.' },
    { line: '-oneHot(Y, K)', why: 'The loss is a mean over n examples, so every slope is divided by n.' },
    { line: '-oneHot(Y, K) / (n - 1)', why: 'The mean divides by n; n − 1 belongs to the variance.' },
    {
      line: '-onesLike(logprobs) / n',
      why: 'Only the logarithms at the targets are in the loss; all others have slope 0.',
    },
  ],
  dprobs: [
    { line: 'dlogprobs * probs', why: 'The slope of the logarithm is 1/x, not x.' },
    { line: '1 / probs', why: 'This is the slope alone: multiply it by the gradient that arrives, dlogprobs.' },
    { line: 'dlogprobs / logprobs', why: 'The slope of log(x) is 1 over its input x, which is probs.' },
    { line: 'dlogprobs * log(probs)', why: 'This multiplies by the logarithm itself; its slope is 1/probs.' },
  ],
  dcounts_sum_inv: [
    { line: 'dprobs * counts', why: UNSUMMED },
    { line: '(dprobs * counts).sum(0, keepdim=True)', why: WRONG_AXIS },
    { line: 'dprobs.sum(1, keepdim=True)', why: 'The other factor of the product, counts, is missing.' },
    {
      line: '(dprobs * counts).sum(1)',
      why: 'The sum is right, but it has lost its column: keepdim=True keeps the shape (n, 1).',
    },
    { line: '(dprobs * counts).mean(1, keepdim=True)', why: 'The gradients of all uses are added up, not averaged.' },
  ],
  dcounts_sum: [
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
  dcounts: [
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
  dnorm_logits: [
    { line: 'exp(counts) * dcounts', why: 'counts is already the exponential; it is not taken again.' },
    { line: 'norm_logits * dcounts', why: 'The slope of exp(x) is exp(x), which is counts, not x.' },
    { line: 'dcounts / counts', why: 'The gradient is multiplied by the slope, not divided by it.' },
    { line: 'counts', why: 'This is the slope alone: multiply it by the gradient that arrives, dcounts.' },
  ],
  dlogit_maxes: [
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
  dlogits: [
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
  dh: [
    { line: 'dlogits @ W2', why: 'The transpose is missing.' },
    { line: 'W2 @ dlogits.T', why: 'This is the transpose of what is asked for.' },
    { line: 'dlogits @ W2.T / n', why: 'The 1/n has come in with dlogprobs; it is not divided by again.' },
  ],
  dW2: [
    { line: 'h @ dlogits', why: 'The transpose is missing.' },
    { line: 'dlogits.T @ h', why: 'This is the transpose of what is asked for.' },
    { line: 'h.T @ dlogits / n', why: 'The 1/n has come in with dlogprobs; it is not divided by again.' },
  ],
  db2: [
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
  dhpreact: [
    {
      line: '(1 - hpreact**2) * dh',
      why: 'The slope is 1 minus the square of the output of tanh, h, not of its input.',
    },
    { line: '(1 - h)**2 * dh', why: 'The square belongs to h alone: 1 − h², not (1 − h)².' },
    { line: '1 - h**2', why: 'This is the slope alone: multiply it by the gradient that arrives, dh.' },
    { line: '(1 + h**2) * dh', why: 'The slope of tanh is at most 1: it is 1 − h².' },
  ],
  dbngain: [
    { line: 'dhpreact * bnraw', why: UNSUMMED },
    { line: 'dhpreact.sum(0, keepdim=True)', why: 'The other factor of the product, bnraw, is missing.' },
    { line: '(dhpreact * bnraw).sum(1, keepdim=True)', why: WRONG_AXIS },
    {
      line: '(dhpreact * bnraw).sum(0)',
      why: 'The sum is right, but it has lost its row: keepdim=True keeps the shape (1, H).',
    },
  ],
  dbnbias: [
    { line: 'dhpreact', why: UNSUMMED },
    { line: 'dhpreact.sum(1, keepdim=True)', why: WRONG_AXIS },
    {
      line: '(dhpreact * bnraw).sum(0, keepdim=True)',
      why: 'bnbias is added, and not multiplied by bnraw: its slope is 1.',
    },
    { line: 'dhpreact.mean(0, keepdim=True)', why: 'The gradients of all uses are added up, not averaged.' },
  ],
  dbnraw: [
    { line: 'dhpreact', why: 'The other factor of the product, bngain, is missing.' },
    { line: 'dhpreact / bngain', why: 'A factor gets the gradient times the other factor, not divided by it.' },
    {
      line: '(bngain * dhpreact).sum(0, keepdim=True)',
      why: 'bnraw has a number for each example, and was not broadcast: nothing is added up.',
    },
  ],
  dbnvar_inv: [
    { line: 'dbnraw * bndiff', why: UNSUMMED },
    { line: '(dbnraw * bndiff).sum(1, keepdim=True)', why: WRONG_AXIS },
    { line: 'dbnraw.sum(0, keepdim=True)', why: 'The other factor of the product, bndiff, is missing.' },
    {
      line: '(dbnraw * bnraw).sum(0, keepdim=True)',
      why: 'The other factor is bndiff; bnraw is the product itself.',
    },
  ],
  dbnvar: [
    { line: '0.5 * (bnvar + 1e-5) ** -1.5 * dbnvar_inv', why: 'The exponent −1/2 comes down with its sign.' },
    { line: '-0.5 * (bnvar + 1e-5) ** -0.5 * dbnvar_inv', why: 'The exponent falls by one, from −1/2 to −3/2.' },
    { line: '-0.5 * bnvar ** -1.5 * dbnvar_inv', why: 'The ε of the forward pass is missing: (bnvar + 1e-5).' },
    { line: '-1 * (bnvar + 1e-5) ** -1.5 * dbnvar_inv', why: 'The exponent comes down as a factor: −1/2.' },
  ],
  dbndiff2: [
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
  dbndiff: [
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
  dbnmeani: [
    { line: 'dbndiff.sum(0, keepdim=True)', why: 'It is subtracted, so the slope is −1.' },
    { line: '-dbndiff', why: UNSUMMED },
    { line: '-dbndiff.sum(1, keepdim=True)', why: WRONG_AXIS },
    {
      line: '-dbndiff.mean(0, keepdim=True)',
      why: 'The gradients of all uses are added up, not averaged. The 1/n of the mean comes with the next line.',
    },
  ],
  dhprebn: [
    { line: 'dbndiff', why: 'This is one of two ways: hprebn also goes into its mean, and that branch is missing.' },
    { line: 'dbndiff + dbnmeani', why: 'Each example goes into the mean with slope 1/n, which is missing.' },
    { line: 'dbndiff + dbnmeani / (n - 1)', why: 'The mean divides by n; n − 1 belongs to the variance.' },
    {
      line: 'onesLike(hprebn) * dbnmeani / n',
      why: 'This is one of two ways: hprebn also goes into bndiff, with slope 1.',
    },
  ],
  dembcat: [
    { line: 'dhprebn @ W1', why: 'The transpose is missing.' },
    { line: 'W1 @ dhprebn.T', why: 'This is the transpose of what is asked for.' },
    { line: 'dhprebn @ W1.T / n', why: 'The 1/n has come in with dlogprobs; it is not divided by again.' },
  ],
  dW1: [
    { line: 'embcat @ dhprebn', why: 'The transpose is missing.' },
    { line: 'dhprebn.T @ embcat', why: 'This is the transpose of what is asked for.' },
    { line: 'embcat.T @ dhprebn / n', why: 'The 1/n has come in with dlogprobs; it is not divided by again.' },
  ],
  db1: [
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
  demb: [
    {
      line: 'dembcat',
      why: 'The numbers are right, but they have to be cut into the T vectors of each example again.',
    },
    { line: 'dembcat.view(n, 10, 3)', why: 'There are three characters of ten numbers each: T comes before D.' },
    { line: 'dembcat.T.view(emb.shape)', why: 'A transpose changes the order of the numbers; joining did not.' },
  ],
  dC: [
    {
      line: 'gather(demb, X)',
      why: 'Reading rows was the forward pass; backward they are added to where they came from: scatterAdd.',
    },
    { line: 'scatterAdd(demb, X, n)', why: 'The table has K rows, one for each symbol.' },
    { line: 'scatterAdd(demb, X, K) / n', why: 'The 1/n has come in with dlogprobs; it is not divided by again.' },
    { line: 'demb.sum(0)', why: 'Each symbol gets only what came back to its own places.' },
  ],
  'dlogits in one line': [
    { line: 'softmax(logits, 1) - oneHot(Y, K)', why: 'The loss is a mean over n examples: the 1/n is missing.' },
    { line: '(softmax(logits, 0) - oneHot(Y, K)) / n', why: WRONG_AXIS.replace('broadcast', 'normalized') },
    { line: 'softmax(logits, 1) / n', why: 'The target’s logit is missing: at its place 1 is taken off.' },
    {
      line: '(oneHot(Y, K) - softmax(logits, 1)) / n',
      why: 'The sign is turned: the probability is pulled down, and the target up, when the gradient is subtracted.',
    },
  ],
  'dhprebn in one line': [
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
};
