export { bigram } from './bigram.ts';
export { countParameters, initialize, type Layer, type Network } from './network.ts';
