import { Value } from './value.ts';

export type Activation = 'tanh' | 'relu' | 'linear';

/** Where the first weights come from: any generator that can draw between two bounds, such as `PythonRandom`. */
export interface UniformSource {
  uniform(low: number, high: number): number;
}

/** One neuron: weights . inputs + bias, and an activation over it. Weights are drawn between -1 and 1; the bias starts at 0. */
export class Neuron {
  readonly weights: Value[];
  readonly bias = new Value(0);
  readonly activation: Activation;

  constructor(inputs: number, random: UniformSource, activation: Activation = 'tanh') {
    this.activation = activation;
    this.weights = Array.from({ length: inputs }, () => new Value(random.uniform(-1, 1)));
  }

  forward(x: readonly Value[]): Value {
    let sum = this.bias;
    this.weights.forEach((weight, i) => {
      sum = sum.add(weight.mul(x[i]!));
    });
    return this.activation === 'linear' ? sum : sum[this.activation]();
  }

  parameters(): Value[] {
    return [...this.weights, this.bias];
  }
}

/** Neurons side by side: all see the same inputs, each gives one output. */
export class Layer {
  readonly neurons: Neuron[];

  constructor(inputs: number, outputs: number, random: UniformSource, activation: Activation = 'tanh') {
    this.neurons = Array.from({ length: outputs }, () => new Neuron(inputs, random, activation));
  }

  forward(x: readonly Value[]): Value[] {
    return this.neurons.map((neuron) => neuron.forward(x));
  }

  parameters(): Value[] {
    return this.neurons.flatMap((neuron) => neuron.parameters());
  }
}

/** A multilayer perceptron: layers one after another. `widths` holds the number of neurons of each layer, the last being the outputs. */
export class MLP {
  readonly layers: Layer[];

  constructor(
    inputs: number,
    widths: readonly number[],
    random: UniformSource,
    { hidden = 'tanh', output = 'linear' }: { hidden?: Activation; output?: Activation } = {},
  ) {
    const sizes = [inputs, ...widths];
    this.layers = widths.map(
      (width, i) => new Layer(sizes[i]!, width, random, i === widths.length - 1 ? output : hidden),
    );
  }

  forward(x: readonly (Value | number)[]): Value[] {
    let activations = x.map(Value.from);
    for (const layer of this.layers) activations = layer.forward(activations);
    return activations;
  }

  parameters(): Value[] {
    return this.layers.flatMap((layer) => layer.parameters());
  }

  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.grad = 0;
  }

  /** The outputs alone, as numbers and without a graph: for drawing what the network says of many points. */
  predict(x: readonly number[]): number[] {
    let activations = x;
    for (const { neurons } of this.layers) {
      activations = neurons.map(({ weights, bias, activation }) => {
        const sum = weights.reduce((total, weight, i) => total + weight.data * activations[i]!, bias.data);
        if (activation === 'tanh') return Math.tanh(sum);
        return activation === 'relu' ? Math.max(0, sum) : sum;
      });
    }
    return [...activations];
  }
}
