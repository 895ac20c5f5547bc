export { backwardSteps, topologicalOrder } from './graph.ts';
export { type Activation, Layer, MLP, Neuron } from './mlp.ts';
export { Value } from './value.ts';
