/** What the benchmark uses of convnetjs, which has no types of its own. */
declare module 'convnetjs' {
  class Vol {
    constructor(width: number, height: number, depth: number, fill: number);
    readonly w: Float64Array;
  }

  interface Layer {
    readonly layer_type: string;
    /** One of the weights of each unit, in layers of type `fc`. */
    readonly filters: readonly Vol[];
    readonly biases: Vol;
  }

  class Net {
    readonly layers: readonly Layer[];
    makeLayers(definitions: readonly Readonly<Record<string, string | number>>[]): void;
  }

  class Trainer {
    constructor(net: Net, options: Readonly<Record<string, string | number>>);
    /** One example; after every `batch_size` of them, an update. */
    train(input: Vol, target: number): { readonly cost_loss: number };
  }

  const convnetjs: { readonly Vol: typeof Vol; readonly Net: typeof Net; readonly Trainer: typeof Trainer };
  export default convnetjs;
}
