/**
 * What numbers fresh from the generator are multiplied (`*`) or divided (`/`) by, one factor after the other, each result
 * rounded to single precision as PyTorch rounds it.
 */
export type Scaling = readonly (readonly ['*' | '/', number])[];

/** A lookup table: symbol number i becomes row i. Weight (in, out): one row of `out` numbers for each of `in` symbols. */
export interface Embedding {
  readonly kind: 'Embedding';
  readonly in: number;
  readonly out: number;
}

/** Joins every `n` consecutive positions: (batch, positions, channels) becomes (batch, positions / n, n * channels). */
export interface FlattenConsecutive {
  readonly kind: 'FlattenConsecutive';
  readonly n: number;
}

/** `x @ weight (+ bias)`. Weight (in, out), as in the notebooks; `torch.nn.Linear` keeps the transpose. */
export interface Linear {
  readonly kind: 'Linear';
  readonly in: number;
  readonly out: number;
  readonly bias: boolean;
  /** Nothing unless told: the weight stays as drawn. */
  readonly scaleWeight?: Scaling;
  /** `zeros` draws nothing for the bias, a scaling changes what was drawn. */
  readonly initialBias?: Scaling | 'zeros';
}

/**
 * Normalizes each channel over batch and positions, then scales and shifts it. In evaluation the running mean and variance
 * take the place of the minibatch’s; `momentum` is the share of the new minibatch in them. The variance is unbiased.
 */
export interface BatchNorm1d {
  readonly kind: 'BatchNorm1d';
  readonly size: number;
  readonly eps: number;
  readonly momentum: number;
  /** What runs along beside the mean: the variance, as in PyTorch, unless told; or its root, as in makemore’s third notebook. */
  readonly keeps?: 'running_var' | 'running_std';
  /**
   * Normalizes each of so many positions apart, over the batch alone, with running statistics of its own: what the axis 0 of
   * (batch, positions, channels) gives, where 0 and 1 were meant. Gamma and beta are still those of the channel.
   */
  readonly positions?: number;
  /** What the weight (gamma) begins at; 1 unless told. */
  readonly initialWeight?: number;
}

export interface Tanh {
  readonly kind: 'Tanh';
}

/** One layer, named and shaped as in PyTorch. */
export type Layer = Embedding | FlattenConsecutive | Linear | BatchNorm1d | Tanh;

/** A network is data: it can be sent to a worker, put in a link, drawn, and run by any engine. */
export type Network = readonly Layer[];

/** PyTorch’s defaults of BatchNorm1d. */
export const batchNorm1d = (size: number, initialWeight = 1): BatchNorm1d => ({
  kind: 'BatchNorm1d',
  size,
  eps: 1e-5,
  momentum: 0.1,
  initialWeight,
});
