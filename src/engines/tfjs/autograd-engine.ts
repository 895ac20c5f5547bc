import './gradients.ts';
import {
  clone,
  keep,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  valueAndGrads,
} from '@tensorflow/tfjs-core';
import type { Examples } from '../engine.ts';
import { crossEntropy } from './cross-entropy.ts';
import { type BothPasses, TfjsEngine } from './engine.ts';
import { forward } from './layers.ts';
import { oneHotRows } from './one-hot.ts';
import { tap } from './tap.ts';

/**
 * Goes forward as `TfjsEngine` does, and leaves the way back to TensorFlow.js: it records every operation on a tape and
 * multiplies their derivatives, last one first. Nothing that is written by hand in layers.ts for the way back is used.
 */
export class AutogradEngine extends TfjsEngine {
  protected override backward({ contexts, targets }: Examples, activations: boolean): BothPasses {
    const outs: Tensor2D[] = [];
    const byOuts: Tensor2D[] = [];
    const buffers: Tensor1D[] = [];
    const forwardLayer: typeof forward = (...given) => {
      const pass = forwardDifferentiably(...given);
      if (!activations) return pass;
      // The tape is read backward: the gradient of the last layer comes first.
      const out = tap(pass.out, (gradient) => byOuts.unshift(gradient));
      outs.push(keep(out));
      return { ...pass, out };
    };
    const lossOf = (): Scalar => {
      const passes = this.passes(contexts, true, forwardLayer);
      buffers.push(...passes.flatMap((pass) => pass.buffers ?? []).map((one) => keep(one)));
      return crossEntropy(passes.at(-1)!.out, tensor1d(targets.slice(), 'int32')).loss;
    };
    const { value: loss, grads: gradients } = valueAndGrads(lossOf)(this.parameters);
    return {
      loss,
      gradients,
      buffers: buffers.map(release),
      outs: outs.map(release),
      byOuts: byOuts.map(release),
    };
  }
}

/** An Embedding as what it is, a Linear layer on one-hot rows: the WASM backend cannot differentiate the picking of rows. */
const forwardDifferentiably: typeof forward = (layer, own, input, training) =>
  layer.kind === 'Embedding'
    ? forward({ ...layer, kind: 'Linear', bias: false }, own, oneHotRows(input as Tensor1D, layer.in), training)
    : forward(layer, own, input, training);

/** TensorFlow.js disposes of all but the loss when the forward pass is over, so the rest was kept; a tidy may have it now. */
function release<T extends Tensor>(kept: T): T {
  const free = clone(kept);
  kept.dispose();
  return free;
}
