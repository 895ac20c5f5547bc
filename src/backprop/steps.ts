/*
 * The forward pass of the MLP with batch normalization in small steps, as makemore’s fourth notebook takes it, and by hand
 * the backward pass: every line in the language of src/backprop/language.
 */

/** A letter for each length of a shape: n examples, K symbols, T places of D numbers each, H hidden units. */
export type Length = 'n' | 'K' | 'T' | 'D' | 'TD' | 'H' | '1';

export interface Step {
  /** The tensor, as in the notebook. */
  readonly name: string;
  readonly shape: readonly Length[];
  /** How it is computed; a parameter is not. */
  readonly forward?: string;
  /** The gradient of the loss by it, from those of the tensors that it is used in. */
  readonly backward: string;
  /** The rule that it is an instance of. */
  readonly rule: RuleName;
  /** For a reader who is stuck, one after the other. */
  readonly hints: readonly string[];
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

/** In the order of the backward pass: from the loss to the table. */
export const STEPS: readonly Step[] = [
  {
    name: 'logprobs',
    shape: ['n', 'K'],
    forward: 'log(probs)',
    backward: '-oneHot(Y, K) / n',
    rule: 'pick',
    hints: [
      'The loss is minus the mean of n numbers, one picked from each row. What is its slope by a picked number, and by one that was not picked?',
      'oneHot(Y, K) has a 1 at every number that was picked. The mean divides by n, and the loss is its negative.',
    ],
  },
  {
    name: 'probs',
    shape: ['n', 'K'],
    forward: 'counts * counts_sum_inv',
    backward: 'dlogprobs / probs',
    rule: 'elementwise',
    hints: ['The slope of log(x) is 1/x.', 'Multiply the gradient that arrives, dlogprobs, by this slope.'],
  },
  {
    name: 'counts_sum_inv',
    shape: ['n', '1'],
    forward: 'counts_sum ** -1',
    backward: '(dprobs * counts).sum(1, keepdim=True)',
    rule: 'broadcast',
    hints: [
      'It is a factor of probs, so multiply dprobs by the other factor.',
      'It has a single column and was broadcast over K of them: add up along each row, and keep the column.',
    ],
  },
  {
    name: 'counts_sum',
    shape: ['n', '1'],
    forward: 'counts.sum(1, keepdim=True)',
    backward: '-counts_sum ** -2 * dcounts_sum_inv',
    rule: 'elementwise',
    hints: [
      'The slope of x to the power −1 is −x to the power −2.',
      'Multiply the gradient that arrives, dcounts_sum_inv, by this slope.',
    ],
  },
  {
    name: 'counts',
    shape: ['n', 'K'],
    forward: 'exp(norm_logits)',
    backward: 'dprobs * counts_sum_inv + dcounts_sum',
    rule: 'twice',
    hints: [
      'counts is used twice: as a factor of probs, and in counts_sum.',
      'The sum hands its gradient back to all its terms: dcounts_sum is broadcast over the row.',
    ],
  },
  {
    name: 'norm_logits',
    shape: ['n', 'K'],
    forward: 'logits - logit_maxes',
    backward: 'counts * dcounts',
    rule: 'elementwise',
    hints: [
      'The slope of the exponential is the exponential itself, and that was already computed.',
      'It is counts: multiply the gradient that arrives by it.',
    ],
  },
  {
    name: 'logit_maxes',
    shape: ['n', '1'],
    forward: 'logits.max(1, keepdim=True)',
    backward: '-dnorm_logits.sum(1, keepdim=True)',
    rule: 'broadcast',
    hints: [
      'It is subtracted from every logit of its row: slope −1, and broadcast.',
      'Add up dnorm_logits along each row, keep the column, and mind the sign.',
    ],
  },
  {
    name: 'logits',
    shape: ['n', 'K'],
    forward: 'h @ W2 + b2',
    backward: 'dnorm_logits + oneHot(argmax(logits, 1), K) * dlogit_maxes',
    rule: 'twice',
    hints: [
      'logits is used twice: in norm_logits, and where the largest of each row is picked.',
      'argmax(logits, 1) tells the place of the largest, and oneHot marks it.',
    ],
  },
  {
    name: 'h',
    shape: ['n', 'H'],
    forward: 'tanh(hpreact)',
    backward: 'dlogits @ W2.T',
    rule: 'matMul',
    hints: [
      'Look at the shapes: from (n, K) and (H, K) there is one way to (n, H).',
      'Each unit goes into all K logits of its row, with the weights of its row of W2.',
    ],
  },
  {
    name: 'W2',
    shape: ['H', 'K'],
    backward: 'h.T @ dlogits',
    rule: 'matMul',
    hints: [
      'Look at the shapes: from (n, H) and (n, K) there is one way to (H, K).',
      'Each weight is used once per example, so the product adds up over the examples.',
    ],
  },
  {
    name: 'b2',
    shape: ['K'],
    backward: 'dlogits.sum(0)',
    rule: 'broadcast',
    hints: ['The same bias is added to all n rows: it was broadcast over the examples.'],
  },
  {
    name: 'hpreact',
    shape: ['n', 'H'],
    forward: 'bngain * bnraw + bnbias',
    backward: '(1 - h**2) * dh',
    rule: 'elementwise',
    hints: ['The slope of tanh is 1 − tanh², and tanh was already computed: it is h.'],
  },
  {
    name: 'bngain',
    shape: ['1', 'H'],
    backward: '(dhpreact * bnraw).sum(0, keepdim=True)',
    rule: 'broadcast',
    hints: ['It is a factor beside bnraw, and one row that was broadcast over n examples.'],
  },
  {
    name: 'bnbias',
    shape: ['1', 'H'],
    backward: 'dhpreact.sum(0, keepdim=True)',
    rule: 'broadcast',
    hints: ['It is added, with slope 1, and one row that was broadcast over n examples.'],
  },
  {
    name: 'bnraw',
    shape: ['n', 'H'],
    forward: 'bndiff * bnvar_inv',
    backward: 'bngain * dhpreact',
    rule: 'product',
    hints: ['It is multiplied by bngain. The shapes already fit: bngain is broadcast over the rows again.'],
  },
  {
    name: 'bnvar_inv',
    shape: ['1', 'H'],
    forward: '(bnvar + 1e-5) ** -0.5',
    backward: '(dbnraw * bndiff).sum(0, keepdim=True)',
    rule: 'broadcast',
    hints: ['It is a factor beside bndiff, and one row that was broadcast over n examples.'],
  },
  {
    name: 'bnvar',
    shape: ['1', 'H'],
    forward: 'bndiff2.sum(0, keepdim=True) / (n - 1)',
    backward: '-0.5 * (bnvar + 1e-5) ** -1.5 * dbnvar_inv',
    rule: 'elementwise',
    hints: [
      'The slope of x to the power −1/2 is −1/2 times x to the power −3/2.',
      'The ε is inside the power, here as there.',
    ],
  },
  {
    name: 'bndiff2',
    shape: ['n', 'H'],
    forward: 'bndiff ** 2',
    backward: 'onesLike(bndiff2) * dbnvar / (n - 1)',
    rule: 'sum',
    hints: [
      'All n squares of a column go into its variance with the same slope.',
      'onesLike(bndiff2) * … broadcasts the row of dbnvar to all examples.',
    ],
  },
  {
    name: 'bndiff',
    shape: ['n', 'H'],
    forward: 'hprebn - bnmeani',
    backward: 'bnvar_inv * dbnraw + 2 * bndiff * dbndiff2',
    rule: 'twice',
    hints: ['bndiff is used twice: as a factor of bnraw, and squared.', 'The slope of the square is 2 bndiff.'],
  },
  {
    name: 'bnmeani',
    shape: ['1', 'H'],
    forward: 'hprebn.sum(0, keepdim=True) / n',
    backward: '-dbndiff.sum(0, keepdim=True)',
    rule: 'broadcast',
    hints: ['It is subtracted from every example of its column: slope −1, and broadcast.'],
  },
  {
    name: 'hprebn',
    shape: ['n', 'H'],
    forward: 'embcat @ W1 + b1',
    backward: 'dbndiff + dbnmeani / n',
    rule: 'twice',
    hints: ['hprebn is used twice: in bndiff with slope 1, and in its own mean with slope 1/n.'],
  },
  {
    name: 'embcat',
    shape: ['n', 'TD'],
    forward: 'emb.view(n, -1)',
    backward: 'dhprebn @ W1.T',
    rule: 'matMul',
    hints: [
      'embcat is the left factor of a product, as h was: its gradient is that of the product times the transpose of the right one.',
      'From (n, H) and (T·D, H) there is one way to (n, T·D).',
    ],
  },
  {
    name: 'W1',
    shape: ['TD', 'H'],
    backward: 'embcat.T @ dhprebn',
    rule: 'matMul',
    hints: [
      'W1 is the right factor of a product, as W2 was: its gradient is the transpose of the left one times that of the product.',
      'From (n, T·D) and (n, H) there is one way to (T·D, H).',
    ],
  },
  {
    name: 'b1',
    shape: ['H'],
    backward: 'dhprebn.sum(0)',
    rule: 'broadcast',
    hints: ['As for b2. The result is 0 but for rounding: what a bias adds before BatchNorm is subtracted again.'],
  },
  {
    name: 'emb',
    shape: ['n', 'T', 'D'],
    forward: 'gather(C, X)',
    backward: 'dembcat.view(emb.shape)',
    rule: 'reshape',
    hints: ['No number was changed, they were only joined to longer rows.', 'emb.shape is the shape to go back to.'],
  },
  {
    name: 'C',
    shape: ['K', 'D'],
    backward: 'scatterAdd(demb, X, K)',
    rule: 'gather',
    hints: [
      'A symbol that stands at several places has its row read several times.',
      'scatterAdd(x, indices, rows) adds each row of x to the row that its index points at.',
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
    hints: [
      'Each row is a distribution, from which 1 is taken off at the target.',
      'softmax(logits, 1) makes the distributions.',
    ],
  },
  {
    name: 'hprebn',
    shape: ['n', 'H'],
    from: ['dhpreact'],
    backward:
      'bngain * bnvar_inv / n * (n * dhpreact - dhpreact.sum(0) - n / (n - 1) * bnraw * (dhpreact * bnraw).sum(0))',
    hints: [
      'The post on batch normalization derived it for one column: the gradient, less its mean, less what points along the normalized numbers.',
      'dhpreact.sum(0) adds up each column, and (dhpreact * bnraw).sum(0) does with the normalized numbers as weights, divided by n − 1.',
    ],
  },
];

/** The parameters, in PyTorch’s order. */
export const PARAMETERS = ['C', 'W1', 'b1', 'W2', 'b2', 'bngain', 'bnbias'] as const;
