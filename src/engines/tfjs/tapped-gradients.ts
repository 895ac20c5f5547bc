import './gradients.ts';
import {
  add,
  dispose,
  exp,
  log,
  matMul,
  max,
  mean,
  mul,
  neg,
  reciprocal,
  reshape,
  rsqrt,
  type Scalar,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  tanh,
  tensor,
  tensor1d,
  tidy,
  valueAndGrads,
} from '@tensorflow/tfjs-core';
import { EPS, PARAMETERS, STEPS } from '../../backprop/steps.ts';
import type { Examples } from '../engine.ts';
import { oneHotRows } from './one-hot.ts';
import { tap } from './tap.ts';

/** Numbers in single precision, row after row. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** By their names in `PARAMETERS`; bngain and bnbias have the shape (1, H). */
export type BackpropParameters = Readonly<Record<(typeof PARAMETERS)[number], Values>>;

export interface TappedGradients {
  /** Mean negative log-likelihood in nats. */
  readonly loss: number;
  /** The gradient of the loss by each tensor of `STEPS`, under its name and in its shape. */
  readonly gradients: Readonly<Record<string, Values>>;
}

/**
 * The gradients that src/backprop derives by hand, by TensorFlow.js’s autograd on whatever backend is set: the same forward
 * pass in the same steps, and a tap at each of them.
 * @param examples X and Y of the steps: contexts (n, T) and targets (n).
 */
export async function tappedGradients(parameters: BackpropParameters, examples: Examples): Promise<TappedGradients> {
  const byName = new Map<string, Tensor>();
  const tapped: Tapped = (name, x) => tap(x, (gradient) => byName.set(name, gradient));
  const loss = tidy(() => {
    const given = PARAMETERS.map((name) => tensor(parameters[name].data.slice(), [...parameters[name].shape]));
    return valueAndGrads((...own: Tensor[]) => lossOf(own, examples, tapped))(given).value;
  });
  const gradients: Record<string, Values> = {};
  for (const { name } of STEPS) {
    const gradient = byName.get(name)!;
    // The cpu backend hands out its own memory: hence the copy.
    gradients[name] = { shape: gradient.shape, data: ((await gradient.data()) as Float32Array).slice() };
  }
  const [value] = await loss.data();
  dispose([loss, ...byName.values()]);
  return { loss: value!, gradients };
}

/** The same tensor, whose gradient will be known by this name. */
type Tapped = <T extends Tensor>(name: string, x: T) => T;

/**
 * The forward pass of `STEPS`, line by line. Powers of -1 and -0.5 are written as functions of their own, since WebGL
 * takes powers by way of a logarithm, and a gather as a product, since the WASM backend cannot differentiate it.
 */
function lossOf(own: readonly Tensor[], { contexts, targets }: Examples, tapped: Tapped): Scalar {
  const [C, W1, b1, W2, b2, bngain, bnbias] = PARAMETERS.map((name, i) => tapped(name, own[i]!)) as Seven;
  const [symbols, columns] = C.shape as [number, number];
  const n = targets.length;
  const picked = matMul(oneHotRows(tensor1d(contexts.slice(), 'int32'), symbols), C);

  const emb = tapped('emb', reshape(picked, [n, contexts.length / n, columns]));
  const embcat = tapped('embcat', reshape(emb, [n, -1]));
  const hprebn = tapped('hprebn', add(matMul(embcat, W1), b1));
  const bnmeani = tapped('bnmeani', mul(sum(hprebn, 0, true), 1 / n));
  const bndiff = tapped('bndiff', sub(hprebn, bnmeani));
  const bndiff2 = tapped('bndiff2', square(bndiff));
  const bnvar = tapped('bnvar', mul(sum(bndiff2, 0, true), 1 / (n - 1)));
  const bnvar_inv = tapped('bnvar_inv', rsqrt(add(bnvar, Number(EPS))));
  const bnraw = tapped('bnraw', mul(bndiff, bnvar_inv));
  const hpreact = tapped('hpreact', add(mul(bngain, bnraw), bnbias));
  const h = tapped('h', tanh(hpreact));
  const logits = tapped('logits', add(matMul(h, W2), b2));
  const logit_maxes = tapped('logit_maxes', max(logits, 1, true));
  const norm_logits = tapped('norm_logits', sub(logits, logit_maxes));
  const counts = tapped('counts', exp(norm_logits));
  const counts_sum = tapped('counts_sum', sum(counts, 1, true));
  const counts_sum_inv = tapped('counts_sum_inv', reciprocal(counts_sum));
  const probs = tapped('probs', mul(counts, counts_sum_inv));
  const logprobs = tapped('logprobs', log(probs));

  const expected = oneHotRows(tensor1d(targets.slice(), 'int32') as Tensor1D, symbols);
  return neg(mean(sum(mul(logprobs, expected), 1)));
}

/** As many as `PARAMETERS`. */
type Seven = [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
