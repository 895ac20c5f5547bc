import type { Network } from './layers.ts';

/** The bigram model as a network: one linear layer on one-hot input, without a bias. @param symbols the size of the vocabulary. */
export const bigram = (symbols = 27): Network => [{ kind: 'Linear', in: symbols, out: symbols, bias: false }];
